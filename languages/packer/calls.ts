/** Finds calls of functions. */
import type { Attribute, Block, Call } from './hcl/ast.ts';
import { eachUse } from './references.ts';

/** A call and the name of the attribute that contains it. */
export interface FoundCall {
  readonly call: Call;
  readonly attribute: string;
}

/** Every call in a body and the blocks in it, calls in the arguments of others included. */
export function eachCallIn(body: { readonly items: readonly (Attribute | Block)[] }): readonly FoundCall[] {
  const found: FoundCall[] = [];
  collectIn(body.items, found);
  return found;
}

function collectIn(items: readonly (Attribute | Block)[], found: FoundCall[]): void {
  for (const item of items) {
    if (item.kind === 'block') collectIn(item.body.items, found);
    else eachUse(item.value, use => use.kind === 'call' && found.push({ call: use, attribute: item.name.text }));
  }
}
