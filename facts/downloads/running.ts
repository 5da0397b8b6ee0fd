/** Who runs what was fetched. */
import { memo } from '../../core/memo.ts';
import { nameOf } from '../../core/path.ts';
import { isBourne, type Script } from '../../core/script.ts';
import type { Command } from '../../core/shell-tree.ts';
import { UNRESOLVED } from '../../core/text.ts';
import { programRunBy } from '../../shell/interpreters.ts';
import { type Invocation, invocationBy, invocationsOf } from '../../shell/invocations.ts';
import { isOnWindows, startedProcess, windowsPath } from '../../shell/windows-files.ts';
import type { Destination } from './tools.ts';

/** How the content becomes a program: `curl | sh`, `sh -c "$(curl)"`, `bash <(curl)`, `curl -o x && sh x`. */
export interface Runner {
  readonly how: 'pipe' | 'substitution' | 'file';
  readonly invocation: Invocation;
}

/** What hands on its input as it is, or nearly. */
const PASSING = new Set([
  'tee',
  'cat',
  'sed',
  'gunzip',
  'gzip',
  'zcat',
  'xz',
  'xzcat',
  'bzcat',
  'base64',
  'tr',
  'awk',
  'head',
  'tail',
  'pv',
  'zstd',
  'envsubst',
  'Select-Object',
  'Out-String',
]);

export function runnerOf(fetch: Invocation, to: Destination): Runner | undefined {
  return byPipe(fetch) ?? bySubstitution(fetch) ?? byFile(fetch, to);
}

/** The programs that the content is piped into, in order. */
export function pipedInto({ command, script }: Invocation): readonly Invocation[] {
  const behind = membersBehind(command);
  return behind.flatMap(member => invocationBy(member, script) ?? []);
}

/** Longer pipelines do not occur in practice; the cap keeps the cost linear. */
const LONGEST_PIPELINE = 50;

function membersBehind(command: Command): readonly Command[] {
  const { pipeline } = command;
  return pipeline.length > LONGEST_PIPELINE ? [] : pipeline.slice(pipeline.indexOf(command) + 1);
}

function byPipe({ command, script }: Pick<Invocation, 'command' | 'script'>): Runner | undefined {
  for (const member of membersBehind(command)) {
    const invocation = invocationBy(member, script);
    if (!invocation) return undefined;
    if (programRunBy(invocation)?.from === 'input') return { how: 'pipe', invocation };
    if (!PASSING.has(invocation.program)) return undefined;
  }
  return undefined;
}

function bySubstitution(fetch: Invocation): Runner | undefined {
  if (fetch.command.within.at(-1) !== 'substitution') return undefined;
  let outer = parents(fetch.script).get(fetch.command);
  // Inside `sh -c "$(…)"` is the string's own command, which is unknown.
  while (outer && !invocationBy(outer, fetch.script)) {
    // `(irm …).Content | iex`: what writes into the pipe is an expression.
    const runner = outer.words.length === 0 ? byPipe({ command: outer, script: fetch.script }) : undefined;
    if (runner) return runner;
    outer = parents(fetch.script).get(outer);
  }
  const invocation = outer && invocationBy(outer, fetch.script);
  if (!invocation) return undefined;
  const word = invocation.args.find(({ start, end }) => start <= fetch.command.start && end >= fetch.command.end);
  const kind = word?.expansions.find(
    ({ start, end }) => start <= fetch.command.start && end >= fetch.command.end,
  )?.kind;
  if (kind === undefined) return undefined;
  const run = programRunBy(invocation);
  const runs =
    invocation.program === 'eval' ||
    invocation.program === '[scriptblock]::create' ||
    (run?.word === word && run?.from === (kind === 'process' ? 'file' : 'text'));
  return runs ? { how: 'substitution', invocation } : undefined;
}

function byFile(fetch: Invocation, to: Destination): Runner | undefined {
  if (to === undefined || to === 'output' || to.path === '') return undefined;
  const name = nameOf(to.path);
  const all = runs(fetch.script).get(name) ?? [];
  // Of names that are not known those are the same that are written alike.
  const same = name.includes(UNRESOLVED) ? all.filter(one => isWrittenIn(fetch, one)) : all;
  const invocation = firstBehind(same, fetch.command.start);
  return invocation && { how: 'file', invocation };
}

function isWrittenIn({ args, command: { redirects } }: Invocation, run: Invocation): boolean {
  const word = programRunBy(run)?.word;
  // In the text of `su -c "… $file"` its name is gone.
  if (!word || word.raw.includes(UNRESOLVED)) return true;
  const written = lastPart(word.raw);
  return (
    args.some(({ raw }) => lastPart(raw) === written) ||
    redirects.some(({ target }) => target !== undefined && lastPart(target.raw) === written)
  );
}

/** Of `--output="$dir/$name"` the name, without quotes. */
const lastPart = (raw: string): string =>
  nameOf(
    raw
      .slice(0, 400)
      .replace(/^-{1,2}[\w-]{1,30}=?(?=["'$])/, '')
      .replace(/["'{}]/g, ''),
  );

/** The first that starts after an offset, of invocations in the order of the script. */
function firstBehind(list: readonly Invocation[], offset: number): Invocation | undefined {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.command.start > offset) high = middle;
    else low = middle + 1;
  }
  return list[low];
}

/** The invocations that run a file, by its name. */
const runs: (script: Script) => ReadonlyMap<string, readonly Invocation[]> = memo(script => {
  const found = new Map<string, Invocation[]>();
  const note = (name: string, invocation: Invocation) => {
    const list = found.get(name);
    if (list) list.push(invocation);
    else found.set(name, [invocation]);
  };
  for (const invocation of windowsRuns(script)) note(fileRunOnWindows(invocation)!, invocation);
  for (const invocation of invocationsOf(script)) {
    if (isOnWindows(invocation)) continue;
    const path = invocation.programWord.literal ?? '';
    if (path.includes('/')) note(nameOf(path), invocation);
    const run = programRunBy(invocation);
    if (run?.from === 'file' && run.word) note(nameOf(run.word.literal ?? run.word.value.text), invocation);
  }
  return found;
});

/** The commands of PowerShell and cmd that run a file, `& $file` among them. */
function windowsRuns(script: Script): readonly Invocation[] {
  return script.commands.flatMap(command => {
    const [programWord, ...args] = command.words;
    if (!programWord || isBourne(command.dialect)) return [];
    const invocation = invocationBy(command, script) ?? { program: '', programWord, args, command, script, via: [] };
    return fileRunOnWindows(invocation) === undefined ? [] : [invocation];
  });
}

/** The file that a command of PowerShell or cmd runs, by its name or the variable that holds its path; `undefined` for a program that is known by its name. */
export function fileRunOnWindows(invocation: Invocation): string | undefined {
  if (!isOnWindows(invocation)) return undefined;
  const started = startedProcess(invocation)?.file;
  const path = started ?? windowsPath(invocation.programWord);
  const name = nameOf(path);
  if (name === '' || name.includes(UNRESOLVED)) return undefined;
  return path !== name || /^\$|\.\w{2,4}$/.test(name) ? name : undefined;
}

/** The command whose words a command is in. */
const parents: (script: Script) => ReadonlyMap<Command, Command> = memo(script => {
  const found = new Map<Command, Command>();
  const open: Command[] = [];
  for (const command of script.commands) {
    while (open.length > 0 && open.at(-1)!.end < command.end) open.pop();
    const outer = open.at(-1);
    if (outer) found.set(command, outer);
    open.push(command);
  }
  return found;
});
