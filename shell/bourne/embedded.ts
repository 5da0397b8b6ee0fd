/** Scripts that a command hands to a shell: the argument of `sh -c`, the body of `bash <<EOF`, what `ssh` runs. */
import type { Nesting } from '../../core/shell-tree.ts';
import { programName, unwrap } from '../wrappers.ts';
import type { CommandNode, HeredocNode, WordNode } from './tree.ts';

const SHELLS = new Set(['sh', 'bash', 'dash', 'ash', 'ksh', 'zsh']);
const SWITCHERS = new Set(['su', 'runuser']);

/** In longer ones nobody looks for what a shell reads; it keeps the cost linear. */
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

function shellOf(words: readonly WordNode[]): Found | undefined {
  const program = unwrap(words);
  if (!program) return undefined;
  const name = programName(words[program.index]!.literal!);
  const args = words.slice(program.index + 1);
  if (SHELLS.has(name)) return shellArguments(args);
  if (SWITCHERS.has(name)) return switcherArguments(args);
  if (name === 'eval') return { script: 'word', word: args.length === 1 ? args[0] : undefined };
  if (name === 'trap')
    return { script: 'word', word: args.length > 1 && args[0]!.literal !== '-' ? args[0] : undefined };
  if (name === 'find') {
    const at = args.findIndex(word => word.literal === '-exec' || word.literal === '-execdir');
    const inner = at >= 0 ? args[at + 1]?.literal : undefined;
    if (inner !== undefined && SHELLS.has(programName(inner))) return shellArguments(args.slice(at + 2));
  }
  return undefined;
}

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/sh.html */
function shellArguments(args: readonly WordNode[]): Found {
  let command = false;
  for (let i = 0; i < args.length; i++) {
    const literal = args[i]!.literal;
    const option = literal !== undefined && literal.length > 1 && /^[-+]/.test(literal);
    if (!option || literal === '--') {
      if (command) return { script: 'word', word: literal === '--' ? args[i + 1] : args[i] };
      return { script: literal === '-' || literal === '--' ? 'input' : 'none' };
    }
    if (literal.startsWith('--')) {
      if (literal === '--rcfile' || literal === '--init-file') i++;
      continue;
    }
    if (literal.startsWith('-') && literal.includes('c')) command = true;
    if (/s/.test(literal) && !command) return { script: 'input' };
    if (/[oO]/.test(literal)) i++;
  }
  return command ? { script: 'none' } : { script: 'input' };
}

/** https://man7.org/linux/man-pages/man1/su.1.html */
function switcherArguments(args: readonly WordNode[]): Found {
  for (let i = 0; i < args.length; i++) {
    const literal = args[i]!.literal;
    if (literal === undefined) continue;
    if (literal === '-c' || literal === '--command' || literal === '-lc') return { script: 'word', word: args[i + 1] };
    if (literal === '-u' || literal === '--user') {
      // `runuser -u USER [--] COMMAND` runs a program, which may be a shell.
      const rest = args.slice(i + 2);
      return shellOf(rest[0]?.literal === '--' ? rest.slice(1) : rest) ?? { script: 'none' };
    }
    if (/^-[sgGw]$/.test(literal)) i++;
  }
  return { script: 'input' };
}
