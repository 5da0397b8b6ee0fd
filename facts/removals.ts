/** Which files commands delete. */
import { memo } from '../core/memo.ts';
import { nameOf } from '../core/path.ts';
import type { Word } from '../core/shell-tree.ts';
import { programRunBy } from '../shell/interpreters.ts';
import type { Invocation } from '../shell/invocations.ts';
import { type Arguments, readArguments } from '../shell/programs/index.ts';

/** How many strings one word with braces may stand for. */
const MOST_ALTERNATIVES = 64;

/** The paths that a command deletes, as written (globs and `~` stay, unknown parts are `UNRESOLVED`s); `undefined` when it deletes none. */
export const removedPaths: (invocation: Invocation) => readonly string[] | undefined = memo(invocation => {
  const given = readArguments(invocation);
  if (REMOVERS.has(given.program)) return given.operands.flatMap(word => alternatives(textOf(word)));
  return given.program === 'find' && deletes(given)
    ? given.operands.map(textOf).filter(text => !/^[(!),]$/.test(text))
    : undefined;
});

const REMOVERS: ReadonlySet<string> = new Set(['rm', 'unlink', 'shred']);

const textOf = ({ literal, value }: Word): string => literal ?? value.text;

/** `find … -delete`, `find … -exec rm {} +` */
function deletes(given: Arguments): boolean {
  const run = given.all('-exec', '-execdir').flatMap(({ words }) => words.slice(1));
  return given.has('-delete') || run.some(({ literal }) => literal !== undefined && nameOf(literal) === 'rm');
}

/** What `{a,b}` in a word stands for; nested braces are left as they are. */
function alternatives(text: string): string[] {
  let found = [text];
  for (let i = 0; i < 4; i++) {
    const next = found.flatMap(one => {
      const open = one.lastIndexOf('{');
      const close = open < 0 ? -1 : one.indexOf('}', open);
      const inner = one.slice(open + 1, close);
      if (close < 0 || !inner.includes(',')) return [one];
      return inner.split(',').map(part => one.slice(0, open) + part + one.slice(close + 1));
    });
    if (next.length === found.length || next.length > MOST_ALTERNATIVES) return found;
    found = next;
  }
  return found;
}

/** Whether a deleted path takes the directory with it: it is the directory, one above it, or a glob of what is in one of them. */
export function takesAway(removed: string, folder: string): boolean {
  const wanted = folder.split('/').filter(Boolean);
  const given = removed.split('/').filter(Boolean);
  if (!removed.startsWith('/') || given.length === 0) return false;
  for (let i = 0; i < given.length; i++) {
    const segment = given[i]!;
    const glob = /[*?[]/.test(segment);
    // What is after the directory counts when it is a glob of its content.
    if (i >= wanted.length) return glob;
    if (segment !== wanted[i] && !glob) return false;
  }
  return true;
}

/** Whether it runs a script whose name says that it cleans up: what that deletes is not known. */
export function runsCleaner(invocation: Invocation): boolean {
  const { program } = invocation;
  if (CLEANER.test(program)) return !/^apt/.test(program);
  const run = programRunBy(invocation);
  if (!run?.shell || run.from !== 'file') return false;
  return readArguments(invocation).operands.some(({ literal }) => CLEANER.test(literal ?? ''));
}
const CLEANER = /clean|purge|shrink|minimi[sz]e/i;
