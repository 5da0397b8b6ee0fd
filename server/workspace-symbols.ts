/** Names of the whole workspace: what open documents and the files on disk declare. */
import type { Connection, WorkspaceSymbol } from 'vscode-languageserver';
import type { Checked } from './checked.ts';
import { rangeOf } from './convert.ts';
import { normalized } from './files.ts';
import { SYMBOLS } from './language-features.ts';
import type { Subject, Subjects } from './subjects.ts';
import type { KnownName, SymbolIndex } from './symbol-index.ts';

export interface SymbolParts {
  readonly subjects: Subjects;
  readonly index: SymbolIndex;
  isOpen(uri: string): boolean;
}

const MOST_SYMBOLS = 1_000;

export function serveWorkspaceSymbols(connection: Connection, { subjects, index, isOpen }: SymbolParts): void {
  const ofOpen = new WeakMap<Checked, readonly KnownName[]>();
  connection.onWorkspaceSymbol(async ({ query }, token) => {
    const open = await subjects.each(ofOpen, subject => namesIn(subject, subjects));
    const closed = await index.names(() => token.isCancellationRequested);
    const found = new Map<string, WorkspaceSymbol>();
    const add = ({ name, detail, kind, uri, range }: KnownName): void => {
      if (found.size >= MOST_SYMBOLS || !matches(name, query)) return;
      const key = JSON.stringify([normalized(uri), range, name]);
      if (!found.has(key))
        found.set(key, { name, kind: SYMBOLS[kind], containerName: detail, location: { uri, range } });
    };
    for (const names of open) names.forEach(add);
    for (const [uri, names] of closed) if (!isOpen(uri)) names.forEach(add);
    return [...found.values()];
  });
}

/** The names of an open document and of the files that belong to it. */
function namesIn({ document, build, editor }: Subject, subjects: Subjects): readonly KnownName[] {
  return (editor.foundNames?.(build) ?? []).flatMap(({ name, detail, kind, span }) => {
    const home = subjects.fileOf(document, span);
    return home ? { name, detail, kind, uri: home.uri, range: rangeOf(home, span) } : [];
  });
}

/** Whether the characters of a query are in a name in this order, as editors look for symbols. */
function matches(name: string, query: string): boolean {
  const lower = name.toLowerCase();
  let at = 0;
  for (const character of query.toLowerCase().replaceAll(/\s/g, '')) {
    const found = lower.indexOf(character, at);
    if (found < 0) return false;
    at = found + 1;
  }
  return true;
}
