/** Commands: a name and its arguments. https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing */
import type { Nesting } from '../../core/shell-tree.ts';
import { added, type CommandNode, type Joint, type RedirectNode, type WordNode } from '../tree/nodes.ts';
import { commandName } from '../windows-names.ts';
import { isBlank, type Reader } from './reader.ts';
import { readBlock, readParentheses } from './statements.ts';
import { readWord, WordBuilder } from './words.ts';

/** Reads a command with its arguments and redirections; `undefined`, and nothing is read, where none starts. */
export function readCommand(r: Reader, joint: Joint): CommandNode | undefined {
  const { at } = r;
  const index = r.commands.length;
  const invoked = takeInvocation(r);
  if (invoked && r.c === '{') {
    readBlock(r, 'group');
    skipArguments(r, joint);
    return undefined;
  }
  const command = r.begin(joint, at);
  const name = readName(r, invoked);
  if (!name) {
    r.commands.splice(index, 1);
    return undefined;
  }
  command.words = added(command.words, name);
  command.end = r.at;
  readArguments(r, command, nestingOf(name));
  return command;
}

/** `& ` or `. ` in front of what is to run. */
function takeInvocation(r: Reader): boolean {
  const { at, c } = r;
  if (c !== '&' && !(c === '.' && (isBlank(r.ahead(1)) || '\'"$({'.includes(r.ahead(1) || ' ')))) return false;
  r.at++;
  r.skipBlanks();
  if (r.ended || r.newlineAt(r.at) > 0) r.at = at;
  return r.at > at;
}

function readName(r: Reader, invoked: boolean): WordNode | undefined {
  if (r.c === ',') return undefined;
  const word = new WordBuilder(r);
  if (invoked && r.c === '(') {
    readParentheses(r);
    word.hole(word.start, 'command', undefined, 'bare');
    return word.done();
  }
  return readWord(r);
}

/** What a block that a command is given is to it. */
function nestingOf({ literal, source }: WordNode): Nesting {
  const name = literal === undefined ? '' : commandName(literal, source.quoting.dialect);
  if (name === 'ForEach-Object') return 'loop';
  return name === 'Where-Object' ? 'condition' : 'group';
}

function readArguments(r: Reader, command: CommandNode, block: Nesting): void {
  for (;;) {
    r.skipBlanks();
    const { at, c } = r;
    if (c === '' || c === ';' || c === '|' || c === ')' || c === '}' || r.newlineAt(at) > 0) return;
    if (c === '#') {
      r.skipLine();
      return;
    }
    const redirect = readRedirect(r);
    if (redirect) command.redirects = added(command.redirects, redirect);
    else if (c === '&') return;
    else if (r.has('--%')) readVerbatim(r, command);
    else {
      r.blocks = block;
      const word = readWord(r);
      if (word) command.words = added(command.words, word);
      else if (r.c === ',') {
        r.broken = true;
        r.at++;
      }
    }
    if (r.at === at) return;
    command.end = r.at;
  }
}

/** Arguments of a block that is run at once. */
function skipArguments(r: Reader, joint: Joint): void {
  const command = r.begin(joint);
  readArguments(r, command, 'group');
  if (r.commands.at(-1) === command) r.commands.pop();
}

const REDIRECT = /(?:[1-6*]?>>?(?:&[12])?|<)/y;

function readRedirect(r: Reader): RedirectNode | undefined {
  const { at } = r;
  const found = r.match(REDIRECT);
  if (found === '') return undefined;
  r.at += found.length;
  const sign = found.search(/[><]/);
  const descriptor = /^\d/.test(found) ? Number(found[0]) : undefined;
  const whole = { start: at, operator: found.slice(sign), descriptor, heredoc: undefined };
  if (found.includes('&')) {
    // The stream of `2>&1`.
    r.at--;
    const stream = new WordBuilder(r);
    r.at++;
    return { ...whole, operator: '>&', end: r.at, target: stream.done() };
  }
  const end = r.at;
  r.skipBlanks();
  const target = readWord(r);
  if (!target) r.broken = true;
  return { ...whole, end: target ? r.at : end, target };
}

/** `--%`: what follows on the line goes to the program as it is. */
function readVerbatim(r: Reader, command: CommandNode): void {
  r.at += 3;
  for (;;) {
    r.skipBlanks();
    if (r.ended || r.newlineAt(r.at) > 0 || r.c === '|' || r.has('&&')) return;
    const word = new WordBuilder(r);
    while (!r.ended && !isBlank(r.c) && r.newlineAt(r.at) === 0 && r.c !== '|') r.at++;
    command.words = added(command.words, word.done());
    command.end = r.at;
  }
}
