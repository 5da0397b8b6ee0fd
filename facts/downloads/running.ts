/** Who runs what was fetched. */
import { memo } from '../../core/memo.ts';
import { nameOf } from '../../core/path.ts';
import type { Script } from '../../core/script.ts';
import type { Command } from '../../core/shell-tree.ts';
import { operands } from '../../shell/arguments.ts';
import { type Invocation, invocationsOf } from '../../shell/invocations.ts';
import type { Destination } from './tools.ts';

/** How the content becomes a program: `curl | sh`, `sh -c "$(curl)"`, `bash <(curl)`, `curl -o x && sh x`. */
export interface Runner {
  readonly how: 'pipe' | 'substitution' | 'file';
  readonly invocation: Invocation;
}

const SHELLS = /^(?:ba|da|a|k|z|c|tc|fi)?sh$/;
const INTERPRETERS = /^(?:python|perl|ruby|node|php|pwsh|lua|deno|bun)(?:\d+(?:\.\d+)*)?$/;
const SOURCES = new Set(['source', '.', 'eval']);
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
]);

export function runnerOf(fetch: Invocation, to: Destination): Runner | undefined {
  return byPipe(fetch) ?? bySubstitution(fetch) ?? byFile(fetch, to);
}

/** The programs that the content is piped into, in order. */
export function pipedInto({ command, script }: Invocation): readonly Invocation[] {
  const behind = membersBehind(command);
  const known = byCommand(script);
  return behind.flatMap(member => known.get(member) ?? []);
}

/** Nobody writes longer pipelines; the cap keeps the cost linear. */
const LONGEST_PIPELINE = 50;

function membersBehind(command: Command): readonly Command[] {
  const { pipeline } = command;
  return pipeline.length > LONGEST_PIPELINE ? [] : pipeline.slice(pipeline.indexOf(command) + 1);
}

function byPipe(fetch: Invocation): Runner | undefined {
  const { command, script } = fetch;
  const known = byCommand(script);
  for (const member of membersBehind(command)) {
    const invocation = known.get(member);
    if (!invocation) return undefined;
    if (readsProgram(invocation)) return { how: 'pipe', invocation };
    if (!PASSING.has(invocation.program)) return undefined;
  }
  return undefined;
}

/** Whether it runs its standard input. */
function readsProgram(invocation: Invocation): boolean {
  const { program, args } = invocation;
  const shell = SHELLS.test(program);
  if (!shell && !INTERPRETERS.test(program)) return false;
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!.literal;
    if (word === '-' || word === '/dev/stdin' || (shell && word !== undefined && /^-[a-z]*s$/.test(word))) return true;
    // A program is given otherwise: `-c text`, `-m module`, `-e text`, a file.
    if (word === undefined || /^-[a-z]*[ceErm]$/.test(word) || !/^[-+]/.test(word)) return false;
    if (shell && /^[-+][a-z]*[oO]$/.test(word)) i++;
  }
  return true;
}

function bySubstitution(fetch: Invocation): Runner | undefined {
  if (fetch.command.within.at(-1) !== 'substitution') return undefined;
  const known = byCommand(fetch.script);
  let outer = parents(fetch.script).get(fetch.command);
  // Inside `sh -c "$(…)"` stands the string's own command, which nobody knows.
  while (outer && !known.has(outer)) outer = parents(fetch.script).get(outer);
  const invocation = outer && known.get(outer);
  if (!invocation) return undefined;
  const { program, args } = invocation;
  const at = args.findIndex(word => word.start <= fetch.command.start && word.end >= fetch.command.end);
  const expansion = args[at]?.expansions.find(
    ({ start, end }) => start <= fetch.command.start && end >= fetch.command.end,
  );
  if (!expansion) return undefined;
  const { kind } = expansion;
  if (SOURCES.has(program)) return { how: 'substitution', invocation };
  if (!SHELLS.test(program) && !INTERPRETERS.test(program)) return undefined;
  const before = args[at - 1]?.literal ?? '';
  const runs =
    kind === 'process'
      ? !args.slice(0, at).some(word => !/^[-+]/.test(word.literal ?? ''))
      : /^-[a-z]*[ce]$/.test(before);
  return runs ? { how: 'substitution', invocation } : undefined;
}

function byFile(fetch: Invocation, to: Destination): Runner | undefined {
  if (to === undefined || to === 'output' || to.path === '') return undefined;
  const name = nameOf(to.path);
  const invocation = firstBehind(runs(fetch.script).get(name) ?? [], fetch.command.start);
  return invocation && { how: 'file', invocation };
}

/** The first that starts behind an offset, of invocations in the order of the script. */
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
  for (const invocation of invocationsOf(script)) {
    const { program, programWord } = invocation;
    const path = programWord.literal ?? '';
    if (path.includes('/')) note(nameOf(path), invocation);
    if (!SHELLS.test(program) && !INTERPRETERS.test(program) && program !== 'source' && program !== '.') continue;
    const file = operands(invocation, ['-o', '-O', '-c', '-m', '-e'])[0];
    if (file) note(nameOf(file.literal ?? file.value.text), invocation);
  }
  return found;
});

const byCommand: (script: Script) => ReadonlyMap<Command, Invocation> = memo(
  script => new Map(invocationsOf(script).map(invocation => [invocation.command, invocation])),
);

/** The command whose words a command stands in. */
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
