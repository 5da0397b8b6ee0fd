import type { Span } from '../../../core/text.ts';
import { isOwn } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { Evaluated, PackerBlock, PackerTree, ScriptUse } from '../../../languages/packer/tree.ts';

/** When more than this are missing, and all of them, the cause is one. */
const FEW = 3;

export default definePackerRule({
  id: 'missing-script',
  summary: 'A file that the template names is not there',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  *check(tree) {
    if (tree.kind !== 'template') return;
    const uses = [...scriptsOf(tree), ...filesOf(tree)];
    const isFixed = ({ span }: ScriptUse): boolean => saysWhere(tree.source.text.slice(span.start, span.end));
    const missing = uses.filter(use => use.missing && use.span.file === undefined);
    const relative = missing.filter(use => !isFixed(use));
    // Packer is called in another folder, evidently, when none of several names leads anywhere from here.
    const isElsewhere = relative.length > 1 && !uses.some(use => use.text !== undefined && !isFixed(use));
    const certain = isElsewhere ? missing.filter(isFixed) : missing;
    if (certain.length > FEW && !uses.some(use => use.text !== undefined)) {
      yield {
        message: `None of the ${certain.length} files that this template reads and runs is there, so Packer refuses the build.`,
        span: certain[0]!.span,
      };
      return;
    }
    for (const use of certain) yield finding(use);
  },
});

function finding({ span, value }: ScriptUse): { message: string; span: Span } {
  const path = value.literal;
  const shown = path !== undefined && /^[\w./ -]{1,120}$/.test(path) ? `\`${path}\`` : 'of this name';
  return { message: `There is no file ${shown} beside the template or above it, so Packer refuses the build.`, span };
}

/** Whether a name does not depend on where Packer is called. */
function saysWhere(written: string): boolean {
  return written.includes('path.root') || written.startsWith('"/');
}

function scriptsOf(tree: PackerTree): readonly ScriptUse[] {
  return tree.module.builds
    .flatMap(({ cleanups, provisioners }) => [...provisioners, ...cleanups])
    .flatMap(({ block, scripts }) => (isOwn(tree, block) ? scripts : []));
}

/** What `file` and `templatefile` read, as values of attributes and in their objects and lists. */
function filesOf({ file, module }: PackerTree): readonly ScriptUse[] {
  const uses: ScriptUse[] = [];
  const look = (value: Evaluated, depth: number): void => {
    const behind = module.fileBehind(value);
    if (behind) uses.push(behind);
    const { kind } = value.expression;
    if (depth > 3 || (kind !== 'object' && kind !== 'tuple')) return;
    for (const entry of value.entries) look(entry.value, depth + 1);
    for (const item of value.items) look(item, depth + 1);
  };
  const visit = (block: PackerBlock): void => {
    for (const { value } of block.attributes) look(value, 0);
    for (const inner of block.blocks()) visit(inner);
  };
  visit(file.top);
  return uses;
}
