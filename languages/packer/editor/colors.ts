import type { ColoredName, NameKind } from '../../../core/editor.ts';
import type { Span } from '../../../core/text.ts';
import { eachCallIn } from '../calls.ts';
import { componentOfBlock } from '../components/resolve.ts';
import type { HclNode } from '../hcl/ast.ts';
import { eachName } from '../references.ts';
import { knownBlocks } from '../schema.ts';
import type { PackerBlock, PackerTree } from '../tree.ts';
import { signatureOf } from './facts.ts';
import { declarations, inQuotes, usesByName } from './names.ts';

/** Names that are known: what the module declares, components, their attributes, functions and types. */
export function coloredNames(tree: PackerTree): readonly ColoredName[] {
  if (tree.kind === 'legacy-json' || tree.file.hcl.body.json) return [];
  const found = [...declared(tree), ...components(tree), ...attributes(tree), ...types(tree), ...functions(tree)];
  const sorted = found.filter(({ span }) => span.file === undefined).sort((a, b) => a.span.start - b.span.start);
  return sorted.filter(({ span }, i) => span.start < span.end && (i === 0 || sorted[i - 1]!.span.end <= span.start));
}

function declared(tree: PackerTree): readonly ColoredName[] {
  const kindOf = (kind: string): NameKind => (kind === 'source' || kind === 'data' ? 'class' : 'variable');
  return [...usesByName(declarations(tree), tree)].flatMap(([{ kind, nameSpan }, uses]) => [
    { kind: kindOf(kind), span: nameSpan, isDeclaration: true as const },
    ...uses.map(span => ({ kind: kindOf(kind), span })),
  ]);
}

/** The types of components in the labels of blocks. */
function components({ file, module }: PackerTree): readonly ColoredName[] {
  const colors: ColoredName[] = [];
  const visit = (block: PackerBlock): void => {
    const span = componentOfBlock(block, module) && inQuotes(block.labels[0]);
    if (span) colors.push({ kind: 'type', span });
    if (block.type === 'build' || block.type === 'post-processors') for (const inner of block.blocks()) visit(inner);
  };
  for (const block of file.top.blocks()) visit(block);
  return colors;
}

/** The names of attributes that blocks may have. */
function attributes(tree: PackerTree): readonly ColoredName[] {
  return knownBlocks(tree).flatMap(({ block, schema }) =>
    block.attributes
      .filter(({ name }) => schema.attributes.has(name))
      .map(({ name, nameSpan }) => ({
        kind: 'property' as const,
        span: nameSpan,
        ...(schema.contents?.deprecated.has(name) ? { isDeprecated: true as const } : {}),
      })),
  );
}

function functions({ file }: PackerTree): readonly ColoredName[] {
  return eachCallIn(file.hcl.body).flatMap(({ call: { name } }) =>
    signatureOf(name.text) ? { kind: 'function' as const, span: spanOf(name) } : [],
  );
}

const TYPES: ReadonlySet<string> = new Set([
  'string',
  'number',
  'bool',
  'any',
  'list',
  'set',
  'map',
  'object',
  'tuple',
]);

/** The words of type constraints: `list(string)`. */
function types({ file }: PackerTree): readonly ColoredName[] {
  const colors: ColoredName[] = [];
  const add = (text: string, node: HclNode): void => {
    if (TYPES.has(text)) colors.push({ kind: 'type', span: spanOf(node) });
  };
  for (const variable of file.top.blocks('variable')) {
    const type = variable.attribute('type')?.hcl.value;
    if (!type) continue;
    eachName(type, use => {
      if (use.kind === 'call') add(use.name.text, use.name);
      else if (use.kind === 'variable') add(use.name, use);
    });
  }
  return colors;
}

const spanOf = ({ start, end }: HclNode): Span => ({ start, end });
