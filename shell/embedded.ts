/**
 * Scripts that a command hands to a shell: the argument of `sh -c`, the body of `bash <<EOF`, what follows
 * `powershell -Command`, and what `ssh` gives to another machine.
 */
import { decodeUtf16 } from '../core/base64.ts';
import { isBourne, isPowerShell, type ReadDialect, type ShellDialect } from '../core/script.ts';
import type { Nesting } from '../core/shell-tree.ts';
import type { Arguments } from './programs/arguments.ts';
import { START_PROCESS, TASK_ACTION } from './programs/cmdlets.ts';
import { FIND } from './programs/find.ts';
import { CAPSH, NIX_SHELL, PARALLEL, SCL, WATCH } from './programs/handing-over.ts';
import { PWSH } from './programs/interpreters.ts';
import { readWords } from './programs/reader.ts';
import { RECORDER, SHELL, SWITCHERS } from './programs/sh.ts';
import { SSH, SSHPASS } from './programs/ssh.ts';
import { type CommandNode, type HeredocNode, type WordNode, WordsNode } from './tree/nodes.ts';
import { Pieces } from './tree/pieces.ts';
import { commandName } from './windows-names.ts';
import { unwrap } from './wrappers.ts';

const SHELLS = new Set(['sh', 'bash', 'dash', 'ash', 'ksh', 'zsh']);
/** The programs that may hand a script to a shell. */
const HANDS_OVER: ReadonlySet<string> = new Set([
  ...SHELLS,
  ...SWITCHERS.names,
  ...['powershell', 'pwsh', 'cmd', 'Invoke-Expression', 'eval', 'trap', 'find', 'ssh', 'sshpass'],
  ...PARALLEL.names,
  ...['watch', 'scl', 'nix-shell', 'capsh'],
  ...['at', 'batch', 'sg', 'script', 'schtasks', 'Start-Process', 'New-ScheduledTaskAction'],
  // After `flock FILE`.
  '-c',
]);

/** In longer ones nobody looks for what a shell reads; it keeps the cost linear. */
const LONGEST_PIPELINE = 50;

/** A script inside the script. */
export interface EmbeddedScript {
  readonly in: WordNode | WordsNode | HeredocNode;
  readonly nesting: Nesting;
  /** `undefined`: that of the script around it. */
  readonly dialect: ReadDialect | undefined;
}

/** The script that a command hands to a shell. */
export function embeddedScript(command: CommandNode): EmbeddedScript | undefined {
  const { words } = command;
  const outer = words[0]?.source.quoting.dialect ?? 'posix';
  const program = unwrap(words, outer);
  if (!program) return undefined;
  const first = words[program.index]!;
  const name = commandName(first.literal ?? first.text, outer);
  // Most programs hand nothing to a shell.
  if (!HANDS_OVER.has(name)) return undefined;
  const remote =
    name === 'ssh' || name === 'sshpass' ? remoteScript(command, words.slice(program.index), outer) : undefined;
  if (remote) return remote;
  if (name === '-c' && program.via.at(-1) !== 'flock') return undefined;
  const shell = shellOf(name, words.slice(program.index + 1), outer);
  if (!shell || shell.script === 'none') return undefined;
  const { dialect } = shell;
  if (shell.script === 'input') return inputScript(command, dialect);
  return shell.word && (shell.word instanceof WordsNode || shell.word.raw !== '')
    ? { in: shell.word, nesting: 'string-script', dialect }
    : undefined;
}

/** A command line of shells that read their script from the input. */
const READS_INPUT = /^(?:sudo )?(?:\/bin\/)?(?:ba|da|a|k|z)?sh(?: -[a-z]+| -o [a-z]+)*(?: --?(?: .*)?)?$/;

/** What `ssh` gives to the shell of another machine: the words after the host, or the input. */
function remoteScript(
  command: CommandNode,
  program: readonly WordNode[],
  outer: ShellDialect,
): EmbeddedScript | undefined {
  let words = program;
  if (nameOf(words, outer) === 'sshpass') words = [...(readWords(words.slice(1), SSHPASS, 'sshpass').command ?? [])];
  if (nameOf(words, outer) !== 'ssh') return undefined;
  const given = readWords(words.slice(1), SSH, 'ssh');
  const script = given.command ?? [];
  if (script.length === 0 && given.operands.length === 0) return undefined;
  const input = script.length === 0 || READS_INPUT.test(script.map(({ text }) => text).join(' '));
  const found = input ? inputScript(command, 'posix') : undefined;
  if (found) return { ...found, nesting: 'remote-script' };
  if (script.length === 0) return undefined;
  const word = script.length === 1 ? script[0]! : together(script);
  return { in: word, nesting: 'remote-script', dialect: 'posix' };
}

function nameOf([first]: readonly WordNode[], dialect: ShellDialect): string | undefined {
  return first?.literal === undefined ? undefined : commandName(first.literal, dialect);
}

/** What it reads from a here-document or a here-string, by itself or through `cat`. */
function inputScript(command: CommandNode, dialect: ReadDialect | undefined): EmbeddedScript | undefined {
  const { pipeline = [] } = command;
  const producer = pipeline.length <= LONGEST_PIPELINE ? pipeline[pipeline.indexOf(command) - 1] : undefined;
  const printed = producer && printedScript(producer);
  if (printed) return { in: printed, nesting: 'string-script', dialect };
  const fed = producer && producer.words.length === 1 && producer.words[0]!.literal === 'cat' ? producer.redirects : [];
  for (const { heredoc, operator, target } of [...command.redirects, ...fed]) {
    if (heredoc) return { in: heredoc, nesting: 'heredoc-script', dialect };
    if (operator === '<<<') return target && { in: target, nesting: 'string-script', dialect };
  }
  return undefined;
}

/** What `echo '…'` and `printf '%s\\n' '…'` print, where that is what is written. */
function printedScript({ words }: CommandNode): WordNode | WordsNode | undefined {
  const [program, ...args] = words;
  const isEcho = program?.literal === 'echo';
  if (!isEcho && program?.literal !== 'printf') return undefined;
  const printed = isEcho && args[0]?.literal === '-n' ? args.slice(1) : isEcho ? args : args.slice(1);
  // Options and formats make another text of what is written.
  if (!isEcho && args.length === 1) return args[0]!.quoted && !/[%\\]/.test(args[0]!.text) ? args[0] : undefined;
  if (isEcho ? /^-/.test(printed[0]?.literal ?? '') : !/^%s(?:\\n)?$/.test(args[0]?.literal ?? '')) return undefined;
  if (printed.length !== 1 || !printed[0]!.quoted) return undefined;
  return printed[0];
}

/** Where the shell takes its script from, and in which language that is; `undefined` for that of the script around it. */
interface Found {
  readonly script: 'word' | 'input' | 'none';
  readonly word?: WordNode | WordsNode | undefined;
  readonly dialect: ReadDialect | undefined;
}

function shellOf(name: string, args: readonly WordNode[], outer: ShellDialect): Found | undefined {
  if (SHELLS.has(name)) return shellArguments(args, isBourne(outer) ? undefined : 'posix');
  if (name === 'powershell' || name === 'pwsh') return powerShellArguments(args, name);
  if (name === 'cmd') return cmdArguments(args);
  if (name === 'schtasks') return scheduledCommand(args);
  if (name === 'Start-Process' && isPowerShell(outer))
    return startedCommand(readWords(args, START_PROCESS, name), '-filepath', '-argumentlist');
  if (name === 'New-ScheduledTaskAction' && isPowerShell(outer))
    return startedCommand(readWords(args, TASK_ACTION, name), '-execute', '-argument');
  if (name === 'Invoke-Expression' && isPowerShell(outer)) return expressionArguments(args);
  if (!isBourne(outer)) return undefined;
  if (SWITCHERS.names.includes(name)) return switcherArguments(args);
  if (name === 'eval') return { script: 'word', word: args.length === 1 ? args[0] : undefined, dialect: undefined };
  if (name === 'trap')
    return {
      script: 'word',
      word: args.length > 1 && args[0]!.literal !== '-' ? args[0] : undefined,
      dialect: undefined,
    };
  switch (name) {
    case 'find':
      return shellOfFind(args);
    case 'at':
    case 'batch':
      return { script: args.some(({ text }) => NO_JOB.test(text)) ? 'none' : 'input', dialect: undefined };
    case 'parallel':
    case 'env_parallel':
    case 'sem':
      return parallelCommand(args);
    case 'watch':
      return wordOf(togetherOf(readWords(args, WATCH, name).operands));
    case 'scl': {
      const { afterDoubleDash, operands } = readWords(args, SCL, name);
      return wordOf(togetherOf(afterDoubleDash) ?? (operands.at(-1)?.quoted ? operands.at(-1) : undefined));
    }
    case 'nix-shell':
      return wordOf(readWords(args, NIX_SHELL, name).value('--run')?.word);
    case 'capsh': {
      const { afterDoubleDash } = readWords(args, CAPSH, name);
      return afterDoubleDash.length > 0 ? shellArguments(afterDoubleDash, 'bash') : undefined;
    }
    case 'script':
      return wordOf(readWords(args, RECORDER, name).value('--command')?.word);
    case 'sg':
      return wordOf(args.slice(1).find(({ literal }) => literal !== '-c'));
    case '-c':
      return wordOf(args[0]);
    default:
      return undefined;
  }
}

/** Options of at(1) that read no job from the input: a file, a list of jobs, a job to show or to remove. */
const NO_JOB = /^-[A-Za-z]{0,4}[fldrc]/;

const wordOf = (word: WordNode | WordsNode | undefined): Found => ({
  script: word ? 'word' : 'none',
  word,
  dialect: undefined,
});

/** `parallel 'COMMAND {}' ::: a b`; without a command each of what follows `:::` is one. What files hold is not known. */
function parallelCommand(args: readonly WordNode[]): Found | undefined {
  const given = readWords(args, PARALLEL, 'parallel');
  if (given.has('--sshlogin', '--sshloginfile', '--pipe', '--dry-run')) return undefined;
  const words = given.operands;
  const at = words.findIndex(({ text }) => text.startsWith(':::'));
  const command = at < 0 ? words : words.slice(0, at);
  const filledIn = at < 0 || words[at]!.text.startsWith('::::') ? [] : words.slice(at + 1).filter(isFilledIn);
  const joint = command.length === 0 ? '\n' : ' ';
  return wordOf(togetherOf([...command, ...(command.length === 0 ? filledIn : filledIn.slice(0, 1))], joint));
}

const isFilledIn = ({ text }: WordNode): boolean => !text.startsWith(':::');

function shellArguments(args: readonly WordNode[], dialect: ReadDialect | undefined): Found {
  const given = readWords(args, SHELL, 'sh');
  const [first] = given.operands;
  if (given.has('-c')) return first ? { script: 'word', word: first, dialect } : { script: 'none', dialect };
  return { script: given.has('-s') || !first || first.literal === '-' ? 'input' : 'none', dialect };
}

/** Without an option `powershell` takes its first operand for a command, `pwsh` for a file. */
function powerShellArguments(args: readonly WordNode[], dialect: 'powershell' | 'pwsh'): Found {
  const given = readWords(args, PWSH, 'pwsh');
  const encoded = given.value('-encodedcommand')?.word;
  if (encoded) return { script: 'word', word: decodedWord(encoded), dialect };
  const command = given.value('-command')?.word;
  const first = command ?? (dialect === 'powershell' && !given.has('-file') ? given.operands[0] : undefined);
  // A script block is read where it is, and `-` is the input.
  if (!first || first.literal === '-' || first.raw.startsWith('{')) return { script: 'none', dialect };
  const rest = args.slice(args.indexOf(first));
  return { script: 'word', word: rest.length === 1 ? first : together(rest), dialect };
}

/** `schtasks /create /tr "…"` */
function scheduledCommand(args: readonly WordNode[]): Found {
  const at = args.findIndex(({ literal }) => /^\/tr$/i.test(literal ?? ''));
  const word = at < 0 ? undefined : args[at + 1];
  return { script: word ? 'word' : 'none', word, dialect: 'cmd' };
}

/** A program that Windows starts with arguments in one text, or in a list that is one word: `'/i', 'a.msi'`. */
function startedCommand(given: Arguments<WordNode>, file: string, list: string): Found {
  const named = given.value(file)?.word;
  const program = named ?? given.operands[0];
  const args = given.value(list)?.word ?? given.operands[named ? 0 : 1];
  if (!program || (args && args.start < program.end)) return { script: 'none', dialect: 'cmd' };
  const pieces = new Pieces();
  const add = (word: WordNode): void => {
    for (const { text, start, end, style } of word.pieces) {
      if (text !== undefined || style !== 'bare') {
        if (text === undefined) pieces.verbatim(start, end, 'encoded');
        else pieces.as(text, start, end, 'encoded');
        continue;
      }
      const written = word.raw.slice(start - word.start, end - word.start);
      let at = 0;
      for (let comma = written.indexOf(','); comma >= 0; comma = written.indexOf(',', at)) {
        pieces.verbatim(start + at, start + comma, 'encoded');
        pieces.as(' ', start + comma, start + comma + 1, 'encoded');
        at = comma + 1;
      }
      pieces.verbatim(start + at, end, 'encoded');
    }
  };
  add(program);
  if (args) {
    pieces.as(' ', args.start, args.start, 'encoded');
    add(args);
  }
  return { script: 'word', word: new WordsNode(program.start, (args ?? program).end, pieces.list), dialect: 'cmd' };
}

/** What `-EncodedCommand` is given, as one piece that cannot be edited. */
function decodedWord(word: WordNode): WordsNode | undefined {
  const text = word.literal === undefined ? undefined : decodeUtf16(word.literal);
  if (text === undefined) return undefined;
  const pieces = new Pieces();
  pieces.as(text, word.start, word.end, 'encoded');
  return new WordsNode(word.start, word.end, pieces.list);
}

/** `cmd /s /c "…"` */
function cmdArguments(args: readonly WordNode[]): Found {
  const at = args.findIndex(({ literal }) => /^\/[ck]$/i.test(literal ?? ''));
  const rest = at < 0 ? [] : args.slice(at + 1);
  const word = rest.length === 0 ? undefined : rest.length === 1 ? rest[0] : together(rest);
  return { script: word ? 'word' : 'none', word, dialect: 'cmd' };
}

/** `iex '…'` */
function expressionArguments(args: readonly WordNode[]): Found {
  const named = /^-c/i.test(args[0]?.literal ?? '') ? args[1] : args[0];
  return { script: named?.quoted ? 'word' : 'none', word: named, dialect: undefined };
}

/** The same of words that may be none, or from several places: `joint` takes the place of what is between them. */
function togetherOf(words: readonly WordNode[], joint?: string): WordNode | WordsNode | undefined {
  return words.length > 1 ? together(words, joint) : words[0];
}

/** Words as one text, with the spaces that are between them. */
function together(words: readonly WordNode[], joint?: string): WordsNode {
  const pieces = new Pieces();
  let end = words[0]!.start;
  for (const word of words) {
    if (joint === undefined) pieces.verbatim(end, word.start, 'bare');
    else if (word !== words[0]) pieces.as(joint, end, word.start, 'bare');
    for (const piece of word.pieces)
      if (piece.text === undefined) pieces.verbatim(piece.start, piece.end, piece.style);
      else pieces.as(piece.text, piece.start, piece.end, piece.style);
    end = word.end;
  }
  return new WordsNode(words[0]!.start, end, pieces.list);
}

/** `runuser -u USER COMMAND` is a wrapper. */
function switcherArguments(args: readonly WordNode[]): Found {
  const given = readWords(args, SWITCHERS, 'su');
  const command = given.find('--command');
  if (command) return { script: 'word', word: command.words[1], dialect: undefined };
  return { script: given.has('--user') ? 'none' : 'input', dialect: undefined };
}

/** `find … -exec sh -c '…' {} +` */
function shellOfFind(args: readonly WordNode[]): Found | undefined {
  const run = readWords(args, FIND, 'find').all('-exec', '-execdir')[0]?.words;
  const program = run?.[1]?.literal;
  return run && program !== undefined && SHELLS.has(commandName(program, 'posix'))
    ? shellArguments(run.slice(2), undefined)
    : undefined;
}
