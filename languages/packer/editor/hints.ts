import type { InlineHint } from '../../../core/editor.ts';
import { eachUse } from '../references.ts';
import type { Evaluated, PackerBlock, PackerTree } from '../tree.ts';
import { placesOf, shownValue } from './shown-values.ts';

/** Attributes that name what is built: `ami_name`, `name`. */
const NAMES = /(?:^|_)name$/;

/** What names that are made of variables and functions are, with the defaults of the variables. */
export function hintsOf(tree: PackerTree): readonly InlineHint[] {
  if (tree.kind !== 'template') return [];
  const hints: InlineHint[] = [];
  const visit = (block: PackerBlock): void => {
    for (const { name, value, hcl } of block.attributes) {
      const text = NAMES.test(name) && isComputed(value) ? shownValue(value, tree) : undefined;
      const places = text === undefined ? undefined : placesOf(value, tree);
      if (places) hints.push({ offset: hcl.value.end, text: `= ${text}`, places });
    }
    for (const inner of block.blocks()) visit(inner);
  };
  for (const block of tree.file.top.blocks()) if (block.type !== 'variable') visit(block);
  return hints;
}

function isComputed({ expression }: Evaluated): boolean {
  let found = false;
  eachUse(expression, () => {
    found = true;
  });
  return found;
}
