/** Attributes by dotted paths, as the table of source types writes them. */
import type { Evaluated, PackerAttribute, PackerBlock } from './tree.ts';

/** Anything with attributes and nested blocks by name: a block, or a source with the overrides of a build. */
export interface Attributes {
  attribute(name: string): PackerAttribute | undefined;
  blocks(type: string): readonly PackerBlock[];
}

/** A value and where it is set. */
export interface Found {
  readonly value: Evaluated;
  /** From the name to the end of the value. */
  readonly span: PackerAttribute['span'];
}

/** The values at a path; `null` counts as not set. */
export function valuesAt(from: Attributes, path: string): readonly Found[] {
  const [first = '', ...rest] = path.split('.');
  const attribute = from.attribute(first);
  const found: Found[] = [];
  if (attribute) {
    const inside = within(attribute, rest);
    if (inside && inside.value.kind !== 'null') found.push(inside);
  }
  if (rest.length > 0) for (const block of from.blocks(first)) found.push(...valuesAt(block, rest.join('.')));
  return found;
}

/** Whether an attribute or block is set. */
export function isSet(from: Attributes, name: string): boolean {
  const attribute = from.attribute(name);
  return (attribute !== undefined && attribute.value.kind !== 'null') || from.blocks(name).length > 0;
}

function within(from: Found, path: readonly string[]): Found | undefined {
  let here: Found | undefined = from;
  for (const key of path) here = here?.value.entry(key);
  return here;
}
