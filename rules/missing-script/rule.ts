import type { Span } from '../../core/text.ts';
import { definePackerRule } from '../../languages/packer/rule.ts';
import type { Evaluated, PackerBlock, PackerTree } from '../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'missing-script',
  summary: 'A file that the template names is not there',
  policy: 'G13',
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  *check(tree) {
    if (tree.kind !== 'template') return;
    for (const { span, value } of tree.missingScripts)
      yield {
        message: `There is no file ${shown(value.literal)} beside the template or above it, so Packer refuses the build.`,
        span,
      };
    for (const span of missingFiles(tree))
      yield { message: 'The file that is read here is not there, so Packer refuses the template.', span };
  },
});

function shown(path: string | undefined): string {
  return path !== undefined && /^[\w./ -]{1,120}$/.test(path) ? `\`${path}\`` : 'of this name';
}

/** Calls of `file` and `templatefile`, as values of attributes and in their objects and lists. */
function missingFiles({ file, module }: PackerTree): readonly Span[] {
  const missing: Span[] = [];
  const look = (value: Evaluated, depth: number): void => {
    const behind = module.fileBehind(value);
    if (behind?.missing && behind.span.file === undefined) missing.push(behind.span);
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
  return missing;
}
