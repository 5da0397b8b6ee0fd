/** Of which parts of a document does nothing come? */
import type { Idleness } from '../../core/build.ts';
import { memo } from '../../core/memo.ts';
import { contains, type Span } from '../../core/text.ts';
import type { PackerSource, PackerTree } from './tree.ts';
import { neverUsed } from './unused.ts';

interface Idle {
  readonly span: Span;
  readonly idleness: Idleness;
}

/** Sources of the module that no build uses. Packer registers those and evaluates nothing in them. */
export const idleSources: (tree: PackerTree) => ReadonlySet<PackerSource> = memo(tree => {
  const { duplicates, sources } = tree.module;
  // A second source of the same name is an error, used or not.
  const isTwice = ({ name, type }: PackerSource): boolean =>
    duplicates.some(one => one.kind === 'source' && one.name === `${type}.${name}`);
  return new Set(neverUsed(tree, 'source', sources, uses => uses.length === 0).filter(one => !isTwice(one)));
});

/** The idle sources of the document, and variables that nothing but those refers to. */
const idleIn: (tree: PackerTree) => readonly Idle[] = memo(tree => {
  const sources = [...idleSources(tree)];
  const isInIdle = ({ span }: { readonly span: Span }): boolean => sources.some(source => contains(source.span, span));
  const variables = neverUsed(tree, 'var', tree.module.variables, uses => uses.every(isInIdle));
  return [
    ...sources.map(({ span }): Idle => ({ span, idleness: 'unread' })),
    ...variables.map(({ span }): Idle => ({ span, idleness: 'unused' })),
  ].filter(({ span }) => span.file === undefined);
});

/** Whether nothing comes of a place of the document. */
export function idlenessOf(tree: PackerTree, place: Span): Idleness | undefined {
  return idleIn(tree).find(({ span }) => contains(span, place))?.idleness;
}
