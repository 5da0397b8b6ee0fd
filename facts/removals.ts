/** Which files commands delete. */
import { memo } from '../core/memo.ts';
import { operands } from '../shell/arguments.ts';
import type { Invocation } from '../shell/invocations.ts';

/** How many texts one word with braces may stand for. */
const MOST_ALTERNATIVES = 64;

/** The paths that a command deletes, as written (globs and `~` stay, unknown parts are `HOLE`s); `undefined` when it deletes none. */
export const removedPaths: (invocation: Invocation) => readonly string[] | undefined = memo(invocation => {
  const { program, args } = invocation;
  if (program === 'rm' || program === 'unlink' || program === 'shred')
    return operands(invocation).flatMap(word => alternatives(word.literal ?? word.value.text));
  if (program !== 'find') return undefined;
  const words = args.map(word => word.literal ?? word.value.text);
  if (!words.includes('-delete') && !words.includes('rm')) return undefined;
  const end = words.findIndex(word => /^[-(!]/.test(word));
  return words.slice(0, end < 0 ? words.length : end);
});

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

/** Whether a deleted path takes the folder with it: it is the folder, one above it, or a glob of what is in one of them. */
export function takesAway(removed: string, folder: string): boolean {
  const wanted = folder.split('/').filter(Boolean);
  const given = removed.split('/').filter(Boolean);
  if (!removed.startsWith('/') || given.length === 0) return false;
  for (let i = 0; i < given.length; i++) {
    const segment = given[i]!;
    const glob = /[*?[]/.test(segment);
    // What is behind the folder counts when it is a glob of its content.
    if (i >= wanted.length) return glob;
    if (segment !== wanted[i] && !glob) return false;
  }
  return true;
}

/** Whether it runs a script whose name says that it cleans up: what that deletes is not known. */
export function runsCleaner({ program, args }: Invocation): boolean {
  if (CLEANER.test(program)) return !/^apt/.test(program);
  return /^(?:(?:ba|da|a|k)?sh|source|\.)$/.test(program) && args.some(({ literal }) => CLEANER.test(literal ?? ''));
}
const CLEANER = /clean|purge|shrink|minimi[sz]e/i;
