/** Which documents hold what cloud-init's modules read. */
import type { ImageBuild } from '../../core/build.ts';
import type { Span } from '../../core/text.ts';
import { PROGRAMS } from './dialects.ts';
import type { CloudInitForm, CloudInitTree } from './tree.ts';

const USER_DATA: ReadonlySet<CloudInitForm> = new Set([
  'cloud-config',
  'jinja cloud-config',
  'unknown header',
  'autoinstall',
]);

/**
 * User-data or vendor-data in cloud-init's own dialect; with a misspelled header too, since its intention is clear, and what the
 * installer reads without cloud-init.
 */
export function isUserData(tree: CloudInitTree): boolean {
  return USER_DATA.has(tree.form);
}

/** User-data, or a piece of `cloud.cfg`. */
export function isConfig(tree: CloudInitTree): boolean {
  return tree.form === 'cloud.cfg' || isUserData(tree);
}

/** A whole document in another program's dialect: the program, by its own name, and the line that says `#cloud-config`. */
export interface OtherDialect {
  readonly program: string;
  readonly header: Span;
}

/** Whose dialect a document is in; `undefined` for cloud-init's own and for other languages. */
export function otherDialect({ language, syntax }: ImageBuild): OtherDialect | undefined {
  if (language !== 'cloud-init') return undefined;
  const { dialect, header } = syntax as CloudInitTree;
  return dialect && { program: PROGRAMS[dialect], header: header ?? { start: 0, end: 0 } };
}
