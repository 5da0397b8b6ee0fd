import { UNRESOLVED } from '../../../core/text.ts';
import type { Invocation } from '../../../shell/invocations.ts';

/** Other names of a file: from the directory that the script has gone to, and in the home directory of root. */
export function namesOf(path: string, { command, script }: Invocation): readonly string[] {
  if (path.startsWith('~/')) return [path, `/root${path.slice(1)}`];
  if (path.startsWith('/root/')) return [path, `~${path.slice('/root'.length)}`];
  // `$HOME/.ssh/id_rsa`
  if (path.startsWith(`${UNRESOLVED}/`)) return [path, `~${path.slice(1)}`, `/root${path.slice(1)}`];
  if (path.startsWith('/') || path.startsWith(UNRESOLVED)) return [path];
  const gone = script.commands.findLast(({ start, words }) => start < command.start && words[0]?.literal === 'cd');
  const directory = gone?.words[1]?.text;
  return directory === undefined ? [path] : [path, `${directory}/${path}`];
}

/** Whether a deletion takes a file along, by its whole path or by its name alone. Both may have globs. */
export function takes(deleted: string, path: string): boolean {
  // `$HOME/.step`
  const isHome = path.startsWith('~/') && deleted.startsWith(`${UNRESOLVED}/`);
  const removed = isHome ? `~${deleted.slice(UNRESOLVED.length)}` : deleted;
  const [given, wanted] = [removed, path].map(one => one.split('/').filter(part => part !== '' && part !== '.'));
  if (given!.length === 0) return false;
  if (given!.at(-1) === wanted!.at(-1)) return true;
  if (removed.startsWith('/') !== path.startsWith('/') || given!.length > wanted!.length) return false;
  return given!.every((segment, i) => matches(segment, wanted![i]!));
}

/** Whether a glob may match a name, which may be a glob too. */
function matches(glob: string, name: string): boolean {
  // A glob is for names in a directory, and not for the directory that `~` or a variable stands for.
  if (!/[*?[]/.test(glob) || name === '~' || name === UNRESOLVED) return glob === name;
  const [head, tail] = endsOf(glob);
  const [first, last] = endsOf(name);
  return (first.startsWith(head) || head.startsWith(first)) && (last.endsWith(tail) || tail.endsWith(last));
}

/** What precedes the first wildcard, and what follows the last. */
function endsOf(glob: string): readonly [string, string] {
  const head = /^[^*?[]{0,200}/.exec(glob)![0];
  return [head, glob.slice(Math.max(glob.lastIndexOf('*'), glob.lastIndexOf('?'), glob.lastIndexOf(']')) + 1)];
}
