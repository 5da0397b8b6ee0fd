import { fix } from '../../../core/finding.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { Evaluated } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'unpinned-plugin',
  summary: 'A plugin may be replaced by any later version',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'strict',
  since: '2026.11',
  *check({ module, source }) {
    for (const { name, nameSpan, value, version } of module.requiredPlugins) {
      // Entries of siblings are their own matter.
      if (value.source !== source) continue;
      if (!version) {
        if (value.complete && value.kind === 'object')
          yield {
            message: `\`packer init\` takes the newest version of \`${name}\`, even one that builds the image in another way.`,
            span: nameSpan,
          };
        continue;
      }
      const constraint = version.text;
      if (constraint === undefined || !isOpen(constraint)) continue;
      yield {
        message: `\`${constraint}\` lets the next major version of \`${name}\` in, which may build the image in another way or not at all.`,
        span: version.span,
        fixes: [boundFix(version, constraint)],
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

function boundFix({ written }: Evaluated, constraint: string) {
  const [, major, minor = '0', patch = '0'] = LOWER_BOUND.exec(constraint) ?? [];
  if (major === undefined || !constraint.includes('=') || written.text !== `"${constraint}"`) return undefined;
  const bound = patch === '0' ? `~> ${major}.${minor}` : `>= ${major}.${minor}.${patch}, < ${Number(major) + 1}.0.0`;
  return fix('suggested', `Stay within version ${major}`, written.replace(0, written.text.length, `"${bound}"`));
}
