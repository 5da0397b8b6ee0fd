import type { Finding } from '../../../core/finding.ts';
import { type Misuse, misusesIn } from '../../../languages/packer/operands.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { isBroken } from '../../../languages/packer/schema.ts';
import type { PackerBlock } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'mistyped-operand',
  summary: 'An operand, condition or collection has the wrong type',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  hclOnly: true,
  *check(tree): Iterable<Finding> {
    const { file, module, source } = tree;
    if (file.kind !== 'template') return;
    for (const block of file.top.blocks()) {
      if (!EVALUATED.has(block.type) || isBroken(block, file.hcl.problems)) continue;
      for (const { hcl } of attributesIn(block, 0))
        for (const misuse of misusesIn(hcl.value, node => module.read(node, source), module))
          yield {
            message: messageFor(misuse),
            help: helpFor(misuse),
            span: source.spanOf(misuse.node.start, misuse.node.end),
          };
    }
  },
});

/** Blocks whose expressions may do more than hold a value. */
const EVALUATED: ReadonlySet<string> = new Set(['source', 'locals', 'local', 'data', 'build']);
/** How deep blocks are read. */
const DEEPEST = 8;

/** What a `dynamic` block makes depends on its list, which may be empty. */
function* attributesIn(block: PackerBlock, depth: number): Iterable<PackerBlock['attributes'][number]> {
  if (block.dynamic || depth > DEEPEST) return;
  yield* block.attributes;
  for (const inner of block.blocks()) yield* attributesIn(inner, depth + 1);
}

const NOUNS: Readonly<Record<Misuse['kind'], string>> = {
  string: 'a string',
  number: 'a number',
  bool: 'a boolean',
  list: 'a list',
  object: 'an object',
  null: '`null`',
};

function messageFor({ kind, operator, wanted }: Misuse): string {
  const noun = NOUNS[kind];
  switch (wanted) {
    case 'collection':
      return `\`for\` cannot iterate over ${noun}`;
    case 'text':
      return `${noun[0]!.toUpperCase()}${noun.slice(1)} cannot be part of a string`;
    case 'arm':
      return `Results of \`? :\` differ in type: this one is ${noun}`;
    case 'bool':
      return operator === undefined
        ? `Condition is ${noun}, not a boolean`
        : `Operand of \`${operator}\` is ${noun}, not a boolean`;
    default:
      return `Operand of \`${operator ?? '-'}\` is ${noun}, not a number`;
  }
}

function helpFor({ kind, operator, wanted }: Misuse): string {
  if (wanted === 'collection') return kind === 'string' ? 'Put it in brackets, or use `split()`' : 'Put it in brackets';
  if (wanted === 'text')
    return kind === 'list'
      ? 'Use `join(", ", …)`'
      : kind === 'object'
        ? 'Use one of its attributes, or `jsonencode(…)`'
        : 'Write a string';
  if (wanted === 'arm') return 'Give both results the same type';
  if (wanted === 'bool') return 'Compare it with a value: `… == "x"`';
  return operator === '+' && kind === 'string' ? 'Join strings in one: `"${var.a}-${var.b}"`' : 'Use numbers';
}
