/** What does a module declare and never use? */
import { memo } from '../../core/memo.ts';
import { bareNames } from './names.ts';
import type { PackerBlock, PackerModule, PackerReference, PackerTree } from './tree.ts';

/** Names that appear without `var.` or `local.` somewhere: they are meant, whatever Packer says about them. */
const barely = memo(
  ({ files }: PackerModule): ReadonlySet<string> => new Set(files.flatMap(file => [...bareNames(file)])),
);

interface Declared {
  readonly name: string;
  readonly block: PackerBlock | undefined;
  readonly span: PackerBlock['span'];
  readonly uses: readonly PackerReference[];
}

/** All of them at once, `jsonencode(var)` or `{ local = local }`. */
const AS_A_WHOLE = {
  var: /[(,=:]\s{0,9}var\s{0,9}[,)}\n]/,
  local: /[(,=:]\s{0,9}local\s{0,9}[,)}\n]/,
  source: /[(,]\s{0,9}source\s{0,9}[,)]/,
  data: /[(,]\s{0,9}data\s{0,9}[,)]/,
} as const;

/** How many names after the root identify a declaration: `var.x`, `data.type.name`. */
const NAMES = { var: 1, local: 1, source: 2, data: 2 } as const;

/**
 * Those declarations of the linted document that nothing in the module refers to. Empty when that cannot be known: the module
 * is not complete, has no build (so that it is a part of something), or refers to names that are computed.
 */
export function unusedOf<T extends Declared>(
  tree: PackerTree,
  root: keyof typeof NAMES,
  declared: readonly T[],
): readonly T[] {
  const own = declared.filter(({ span }) => span.file === undefined);
  return neverUsed(tree, root, own, uses => uses.length === 0);
}

/** Those declarations of the module whose uses come to nothing, as the caller judges them; like {@link unusedOf}. */
export function neverUsed<T extends Declared>(
  { kind, module }: PackerTree,
  root: keyof typeof NAMES,
  declared: readonly T[],
  isIdle: (uses: readonly PackerReference[]) => boolean,
): readonly T[] {
  if (kind !== 'template' || !module.complete || module.builds.length === 0) return [];
  if (root === 'source' && module.builds.some(({ sourcesKnown }) => !sourcesKnown)) return [];
  const isComputed = module.references.some(
    reference => reference.root === root && reference.path.length < NAMES[root] && !isOfCurrentBuild(reference),
  );
  if (isComputed || module.files.some(({ source }) => AS_A_WHOLE[root].test(source.text))) return [];
  const unused = declared.filter(({ uses }) => isIdle(uses));
  return unused.length === 0 ? unused : unused.filter(({ name }) => !barely(module).has(name));
}

/** `source.name` and `source.type` in a provisioner are those of the current build. */
function isOfCurrentBuild({ path, root }: PackerReference): boolean {
  return root === 'source' && (path[0] === 'name' || path[0] === 'type');
}
