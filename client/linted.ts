/**
 * Which open documents are linted, decided from what the tabs show. The scheme of a document does not decide: Git opens
 * `git:` copies of open files to mark changed lines, the old and the new side of a comparison may have the same scheme,
 * and a comparison of two files has two sides of scheme `file`.
 */

/** What a tab shows. Addresses as `Uri.toString()` writes them. */
export type ShownTab = { readonly text: string } | { readonly original: string; readonly modified: string };

/** Where a document or a workspace folder is kept. */
export interface FileSystem {
  readonly scheme: string;
  /** Tells versions apart in virtual workspaces, so that a copy of an older one does not pass for the folder's own. */
  readonly authority: string;
}

export interface OpenDocument extends FileSystem {
  /** As `Uri.toString()` writes it. */
  readonly uri: string;
}

/**
 * Whether a document is linted: always in a tab of its own and on the new side of a comparison; never where it is the
 * old side alone; without any tab only if it is a file, an untitled document or kept where a workspace folder is.
 */
export function lintedDocuments(
  tabs: readonly ShownTab[],
  folders: readonly FileSystem[],
): (document: OpenDocument) => boolean {
  const current = new Set(tabs.map(tab => ('text' in tab ? tab.text : tab.modified)));
  const old = new Set(tabs.flatMap(tab => ('original' in tab ? [tab.original] : [])));
  const isFile = ({ scheme, authority }: FileSystem): boolean =>
    scheme === 'file' ||
    scheme === 'untitled' ||
    folders.some(folder => folder.scheme === scheme && folder.authority === authority);
  return document => current.has(document.uri) || (!old.has(document.uri) && isFile(document));
}
