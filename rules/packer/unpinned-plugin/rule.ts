import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { Evaluated } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'unpinned-plugin',
  summary: 'A plugin is required without an upper version limit',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'strict',
  needs: { blocks: ['required_plugins'] },
  since: '2026.11',
  hclOnly: true,
  *check({ module, source }) {
    for (const { name, value, version } of module.requiredPlugins) {
      // Entries in other files are reported there.
      if (value.source !== source) continue;
      // `invalid-requirement` reports that there is none.
      if (!version) continue;
      const constraint = version.text;
      if (constraint === undefined || !isOpen(constraint)) continue;
      const bound = boundOf(constraint);
      const change = bound && boundFix(version, constraint, bound);
      yield {
        message: `${quoted(constraint.trim(), 20)} allows any later major version of plugin ${quoted(name, 30)}`,
        ...(!change && {
          help: bound === undefined ? 'Add an upper bound, such as `< 2.0.0`' : `Use \`${bound.constraint}\``,
        }),
        span: version.span,
        fixes: [change],
      };
    }
  },
});

/** https://developer.hashicorp.com/packer/docs/templates/hcl_templates/blocks/packer#version-constraint-syntax */
const LOWER_BOUND = /^\s*>=?\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?\s*$/;

/** Whether every part of a constraint is a lower bound. */
function isOpen(constraint: string): boolean {
  return constraint.length < 200 && constraint.split(',').every(part => LOWER_BOUND.test(part) || /^\s*!=/.test(part));
}

interface Bound {
  readonly major: string;
  readonly constraint: string;
}

/** The constraint that keeps the lower bound and the major version; `undefined` when the bound is not that simple. */
function boundOf(constraint: string): Bound | undefined {
  const [, major, minor = '0', patch = '0'] = LOWER_BOUND.exec(constraint) ?? [];
  // Below version 1 every release may break, and the newest is likely past it.
  if (major === undefined || major === '0' || !constraint.includes('=')) return undefined;
  const bounded = patch === '0' ? `~> ${major}.${minor}` : `>= ${major}.${minor}.${patch}, < ${Number(major) + 1}.0.0`;
  return { major, constraint: bounded };
}

function boundFix({ written }: Evaluated, constraint: string, bound: Bound) {
  if (written.text !== `"${constraint}"`) return undefined;
  const edit = written.replace(0, written.text.length, `"${bound.constraint}"`);
  return fix('suggested', `Change it to \`${bound.constraint}\``, edit);
}
