/** Scripts that a command hands to a shell: the argument of `sh -c`, the body of `bash <<EOF`, what `ssh` runs. */
import type { Nesting } from '../../core/shell-tree.ts';
import { FIND } from '../programs/find.ts';
import { readWords } from '../programs/reader.ts';
import { SHELL, SWITCHERS } from '../programs/sh.ts';
import { programName, unwrap } from '../wrappers.ts';
import type { CommandNode, HeredocNode, WordNode } from './tree.ts';

const SHELLS = new Set(['sh', 'bash', 'dash', 'ash', 'ksh', 'zsh']);

/** Longer ones are not searched, which keeps the cost linear. */
const LONGEST_PIPELINE = 50;

/** A script inside the script. */
export interface EmbeddedScript {
  readonly in: WordNode | HeredocNode;
  readonly nesting: Nesting;
}

/** The script that a command hands to a shell. */
export function embeddedScript(command: CommandNode): EmbeddedScript | undefined {
  const shell = shellOf(command.words);
  if (!shell || shell.script === 'none') return undefined;
  if (shell.script === 'input') return inputScript(command);
  return shell.word && shell.word.raw !== '' ? { in: shell.word, nesting: 'string-script' } : undefined;
}

/** What it reads from a here-document or a here-string, by itself or through `cat`. */
function inputScript(command: CommandNode): EmbeddedScript | undefined {
  const { pipeline = [] } = command;
  const feeder = pipeline.length <= LONGEST_PIPELINE ? pipeline[pipeline.indexOf(command) - 1] : undefined;
  const fed = feeder && feeder.words.length === 1 && feeder.words[0]!.literal === 'cat' ? feeder.redirects : [];
  for (const { heredoc, operator, target } of [...command.redirects, ...fed]) {
    if (heredoc) return { in: heredoc, nesting: 'heredoc-script' };
    if (operator === '<<<') return target && { in: target, nesting: 'string-script' };
  }
  return undefined;
}

/** Where the shell takes its script from. */
interface Found {
  readonly script: 'word' | 'input' | 'none';
  readonly word?: WordNode | undefined;
}

/** `runuser -u a runuser -u b …` */
const MOST_SWITCHES = 5;

function shellOf(words: readonly WordNode[], switches = 0): Found | undefined {
  const program = unwrap(words);
  if (!program) return undefined;
  const name = programName(words[program.index]!.literal!);
  const args = words.slice(program.index + 1);
  if (SHELLS.has(name)) return shellArguments(args);
  if (SWITCHERS.names.includes(name)) return switcherArguments(args, switches);
  if (name === 'eval') return { script: 'word', word: args.length === 1 ? args[0] : undefined };
  if (name === 'trap')
    return { script: 'word', word: args.length > 1 && args[0]!.literal !== '-' ? args[0] : undefined };
  return name === 'find' ? shellOfFind(args) : undefined;
}

function shellArguments(args: readonly WordNode[]): Found {
  const given = readWords(args, SHELL, 'sh');
  const [first] = given.operands;
  if (given.has('-c')) return first ? { script: 'word', word: first } : { script: 'none' };
  return { script: given.has('-s') || !first || first.literal === '-' ? 'input' : 'none' };
}

function switcherArguments(args: readonly WordNode[], switches: number): Found {
  const given = readWords(args, SWITCHERS, 'su');
  const command = given.find('--command');
  if (command) return { script: 'word', word: command.words[1] };
  const user = given.find('--user');
  if (!user) return { script: 'input' };
  // `runuser -u USER [--] COMMAND` runs a program, which may be a shell.
  const rest = args.slice(args.indexOf(user.words.at(-1)!) + 1);
  const program = rest[0]?.literal === '--' ? rest.slice(1) : rest;
  return (switches < MOST_SWITCHES && shellOf(program, switches + 1)) || { script: 'none' };
}

/** `find … -exec sh -c '…' {} +` */
function shellOfFind(args: readonly WordNode[]): Found | undefined {
  const run = readWords(args, FIND, 'find').all('-exec', '-execdir')[0]?.words;
  const program = run?.[1]?.literal;
  return run && program !== undefined && SHELLS.has(programName(program)) ? shellArguments(run.slice(2)) : undefined;
}
