import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { isOwn } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { Evaluated, PackerBlock, PackerTree, ScriptUse } from '../../../languages/packer/tree.ts';

/** When all files are missing and there are more than this, there is one cause. */
const FEW = 3;

export default definePackerRule({
  id: 'missing-script',
  summary: 'A file that the template refers to does not exist',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(tree) {
    if (tree.kind !== 'template') return;
    const uses = [...scriptsOf(tree), ...filesOf(tree)];
    const isFixed = ({ span }: ScriptUse): boolean => saysWhere(tree.source.text.slice(span.start, span.end));
    const missing = uses.filter(use => use.missing && use.span.file === undefined);
    const relative = missing.filter(use => !isFixed(use));
    // When none of several relative paths exists, Packer is evidently called in another directory.
    const isElsewhere = relative.length > 1 && !uses.some(use => use.text !== undefined && !isFixed(use));
    const certain = isElsewhere ? missing.filter(isFixed) : missing;
    if (certain.length > FEW && !uses.some(use => use.text !== undefined)) {
      yield {
        message: `None of the ${certain.length} files that this template refers to exist`,
        help: 'Check the directory that Packer is called in, or use `${path.root}`',
        span: certain[0]!.span,
      };
      return;
    }
    for (const use of certain) yield finding(use);
  },
});

function finding({ span, value }: ScriptUse): Finding {
  const path = value.literal;
  const shown = path !== undefined && /^[\w./ -]{1,120}$/.test(path) ? ` ${quoted(path)}` : '';
  return {
    message: `File${shown} does not exist`,
    help: 'Correct the path, or start it with `${path.root}`',
    span,
  };
}

/** Whether a path does not depend on the directory that Packer is called in. */
function saysWhere(written: string): boolean {
  return written.includes('path.root') || written.startsWith('"/');
}

function scriptsOf(tree: PackerTree): readonly ScriptUse[] {
  return tree.module.builds
    .flatMap(({ cleanups, provisioners }) => [...provisioners, ...cleanups])
    .flatMap(({ block, scripts }) => (isOwn(tree, block) ? scripts : []));
}

/** The files that `file` and `templatefile` read, in values of attributes and in their objects and lists. */
function filesOf({ file, module }: PackerTree): readonly ScriptUse[] {
  const uses: ScriptUse[] = [];
  const look = (value: Evaluated, depth: number): void => {
    const read = module.fileReadBy(value);
    if (read) uses.push(read);
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
