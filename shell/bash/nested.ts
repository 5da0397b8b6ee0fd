/** Scripts inside a script: the argument of `sh -c`, the body of `bash <<EOF`, the text between backquotes. */
import type { Command, Nesting, Word } from '../../core/shell-tree.ts';
import { Decoder, type SourceText } from '../../core/text.ts';
import { programName, unwrap } from '../wrappers.ts';
import { ShellHeredoc } from './heredoc.ts';
import { type Layer, ShellWord } from './words.ts';

const SHELLS = new Set(['sh', 'bash', 'dash', 'ash', 'ksh', 'zsh']);
const SWITCHERS = new Set(['su', 'runuser']);

/** In longer ones nobody looks for what a shell reads; it keeps the cost linear. */
const LONGEST_PIPELINE = 50;

export interface InnerScript {
  readonly source: SourceText;
  readonly frame: SourceText;
  readonly nesting: Nesting;
}

/** The scripts that a command hands to a shell. `outermost`: the outermost script's text alone. */
export function innerScripts(command: Command, outermost: SourceText): InnerScript[] {
  const shell = shellOf(command.words);
  if (!shell) return [];
  const string = (word: Word | undefined): InnerScript[] =>
    word instanceof ShellWord && word.raw !== ''
      ? [{ source: word.value, frame: word.frame(outermost), nesting: 'string-script' }]
      : [];
  switch (shell.script) {
    case 'word':
      return string(shell.word);
    case 'input': {
      const inputs = [...command.redirects];
      // `cat <<EOF | bash`: what the shell reads is what cat was given.
      const { pipeline } = command;
      const feeder = pipeline.length <= LONGEST_PIPELINE ? pipeline[pipeline.indexOf(command) - 1] : undefined;
      if (feeder && feeder.words.length === 1 && feeder.words[0]!.literal === 'cat') inputs.push(...feeder.redirects);
      for (const { heredoc, operator, target } of inputs) {
        if (heredoc instanceof ShellHeredoc)
          return [{ source: heredoc.body, frame: heredoc.frame(outermost), nesting: 'heredoc-script' }];
        if (operator === '<<<') return string(target);
      }
      return [];
    }
    case 'none':
      return [];
  }
}

type Found = { script: 'word'; word: Word | undefined } | { script: 'input' | 'none' };

function shellOf(words: readonly Word[]): Found | undefined {
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
function shellArguments(args: readonly Word[]): Found {
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
function switcherArguments(args: readonly Word[]): Found {
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

/** The script between two backquotes, where `\` only escapes itself, `$`, and a backquote. */
export function backquoted(layer: Layer & { frame: SourceText }, start: number, end: number, inDouble: boolean): Layer {
  const decode = (parent: SourceText): SourceText => {
    const decoder = new Decoder(parent, text => (/[`\\$"]/.test(text) ? undefined : text), start);
    const raw = parent.text;
    let plain = start;
    for (let i = start; i < end; i++) {
      const next = raw[i + 1] ?? '';
      if (
        raw[i] !== '\\' ||
        i + 1 >= end ||
        !(next === '`' || next === '\\' || next === '$' || (inDouble && next === '"'))
      )
        continue;
      decoder.verbatim(plain, i).as(next, i, i + 2);
      plain = i + 2;
      i++;
    }
    return decoder.verbatim(plain, end).done();
  };
  return { source: decode(layer.source), frame: decode(layer.frame) };
}
