/** Which first names exist where: Packer evaluates each part of a template and of a variables file with other names. */
import type { Attribute, Body, Call, Traversal, Variable } from './hcl/ast.ts';
import { UNKNOWN_NAME } from './hcl/unknown.ts';
import { eachName, iteratorOf } from './references.ts';
import { isBroken } from './schema.ts';
import type { PackerFile } from './tree.ts';

/**
 * What may be referred to. `template`: everything; `default`: nothing, but `env()` may be called; `constant` (a variables file)
 * and `settings` (the `packer` block): nothing.
 */
export type Context = 'template' | 'default' | 'constant' | 'settings';

/** What references in a template may start with. https://developer.hashicorp.com/packer/docs/templates/hcl_templates/contextual-variables */
export const ROOTS: ReadonlySet<string> = new Set([
  'var',
  'local',
  'data',
  'source',
  'sources',
  'build',
  'path',
  'packer',
]);

/** A name, reference or call in an expression, and what its place allows. */
export interface NamedUse {
  readonly use: Variable | Traversal | Call;
  readonly context: Context;
  /** The attribute that it is in. */
  readonly attribute: Attribute;
  /** Directly in `${ … }` of a string. */
  readonly interpolated: boolean;
  /** In `try` or `can`, which catch errors. */
  readonly sheltered: boolean;
  /** In an arm of a conditional. */
  readonly conditional: boolean;
  /** Names that `dynamic` blocks around it bring. */
  readonly iterators: readonly string[];
  /** The type of the outermost block around it; empty in a variables file. */
  readonly block: string;
}

/** A use of a first name that does not exist in its place. */
export interface StrayName extends NamedUse {
  readonly use: Variable | Traversal;
  readonly root: Variable;
}

/** Blocks whose expressions Packer evaluates; others are reported as a whole. */
const EVALUATED: ReadonlySet<string> = new Set([
  'packer',
  'source',
  'variable',
  'variables',
  'locals',
  'local',
  'data',
  'build',
  'hcp_packer_registry',
]);

/** Every name, reference and call of a file whose place is certain, in the order of the text. */
export function eachUseIn(file: PackerFile, found: (use: NamedUse) => void): void {
  const { hcl, kind, top } = file;
  // A file with only assignments is a variables file with another name, which `-var-file` accepts.
  if (kind === 'variables' || top.blocks().length === 0) {
    for (const item of hcl.body.items)
      if (item.kind === 'attribute') uses(item, 'constant', [], use => found({ ...use, block: '' }));
    return;
  }
  let type = '';
  const foundIn = (use: Omit<NamedUse, 'block'>): void => found({ ...use, block: type });
  for (const block of top.blocks()) {
    type = block.type;
    if (!block.hcl || !EVALUATED.has(block.type) || isBroken(block, hcl.problems)) continue;
    const context = block.type === 'packer' ? 'settings' : block.type === 'variables' ? 'default' : 'template';
    inBody(block.hcl.body, context, block.type, [], foundIn);
  }
}

/** Names that do not exist where they are. */
export function strayNames(file: PackerFile): readonly StrayName[] {
  const stray: StrayName[] = [];
  eachUseIn(file, use => {
    if (use.use.kind === 'call' || use.sheltered) return;
    const root = rootOf(use.use);
    // A known root where nothing may be referred to is another mistake.
    if (!root || root.name === UNKNOWN_NAME || ROOTS.has(root.name) || use.iterators.includes(root.name)) return;
    stray.push({ ...use, use: use.use, root });
  });
  return stray;
}

/** The names that appear without what they should start with: `region` for `var.region`. Uses, whatever they were meant to be. */
export function bareNames(file: PackerFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { root, use } of strayNames(file)) {
    names.add(root.name);
    const step = use.kind === 'traversal' ? use.steps[0] : undefined;
    if (step?.kind === 'attribute-step') names.add(step.name.text);
  }
  return names;
}

export function rootOf(use: Variable | Traversal): Variable | undefined {
  if (use.kind === 'variable') return use;
  return use.source.kind === 'variable' ? use.source : undefined;
}

function inBody(
  body: Body,
  context: Context,
  type: string,
  iterators: readonly string[],
  found: (use: Omit<NamedUse, 'block'>) => void,
): void {
  for (const item of body.items) {
    if (item.kind === 'attribute') {
      const name = item.name.text;
      // Types and the names of iterators are words of their own.
      if ((type === 'variable' && name === 'type') || (type === 'dynamic' && name === 'iterator')) continue;
      uses(item, type === 'variable' && name === 'default' ? 'default' : context, iterators, found);
    } else {
      const inner = item.type.text === 'dynamic' ? iteratorOf(item) : undefined;
      inBody(item.body, context, item.type.text, inner === undefined ? iterators : [...iterators, inner], found);
    }
  }
}

function uses(
  attribute: Attribute,
  context: Context,
  iterators: readonly string[],
  found: (use: Omit<NamedUse, 'block'>) => void,
): void {
  eachName(attribute.value, (use, { conditional, interpolated, sheltered }) =>
    found({ use, context, attribute, conditional, interpolated, sheltered, iterators }),
  );
}
