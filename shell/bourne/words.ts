/** Words: plain text, quotes, escapes and expansions up to a space or an operator. */

import { type AssignmentNode, WordNode } from '../tree/nodes.ts';
import { ENDS, endsWord, kindOf, PLAIN } from './characters.ts';
import {
  expand,
  nameEnd,
  readBackquotes,
  readBalanced,
  readDollar,
  readDouble,
  readSingle,
  readSubstitution,
  readTemplate,
} from './expansions.ts';
import type { Reader } from './reader.ts';
import { continuation } from './values.ts';

/** What a word is read for, where that changes what belongs to it. */
export type Position =
  /** A program, a target, an element: `!(` is not a pattern here. */
  | 'first'
  | 'argument'
  /** What follows `=~` has parentheses and `|` of its own. */
  | 'regex';

/** Reads a word, which is empty where none can start. */
export function readWord(r: Reader, position: Position = 'first'): WordNode {
  const word = new WordNode(r.source, r.at);
  const { text } = r;
  while (!r.ended) {
    const kind = kindOf(text.charCodeAt(r.at));
    if (kind === PLAIN) r.at++;
    else if (kind === ENDS) {
      if (position !== 'regex' || text[r.at] !== '|') break;
      r.at++;
    } else if (!readSpecial(r, word, position)) break;
  }
  word.end = r.at;
  return word;
}

/** What is not just text; false where the word ends. */
function readSpecial(r: Reader, word: WordNode, position: Position): boolean {
  const { text, at } = r;
  switch (text[at]) {
    case "'":
      readSingle(r, word);
      return true;
    case '"':
      readDouble(r, word);
      return true;
    case '$':
      readDollar(r, word, false);
      return true;
    case '`':
      readBackquotes(r, word, false);
      return true;
    case '\\':
      return readEscape(r, word);
    case '(':
      return readGroup(r, word, position);
    case '<':
    case '>':
      if (text[at + 1] !== '(' || at + 1 >= r.limit) return false;
      readSubstitution(r, word, 'process');
      return true;
    case '\r':
      if (r.newline(at) > 0) return false;
      r.at++;
      return true;
    default:
      if (!readTemplate(r, word, '')) r.at++;
      return true;
  }
}

/** `\` and a character, or `\`+newline, which ends the word only where a space follows. */
function readEscape(r: Reader, word: WordNode): boolean {
  const { text, at, limit } = r;
  let end = at;
  for (let next = continuation(text, end); next > end && next <= limit; next = continuation(text, end)) end = next;
  if (end === at) {
    word.special = word.quoted = true;
    r.at = Math.min(limit, at + 2);
    return true;
  }
  if (endsWord(text, end, limit)) return false;
  word.special = true;
  r.at = end;
  return true;
}

/** An array's `(…)`, the `(…|…)` of a pattern or of a regular expression. */
function readGroup(r: Reader, word: WordNode, position: Position): boolean {
  const { text, at } = r;
  const before = at > word.start ? text[at - 1]! : '';
  if (before === '=' && position !== 'regex') {
    readElements(r);
    expand(r, word, 'unknown', at);
    return true;
  }
  const pattern = before !== '' && ('?*+@'.includes(before) || (before === '!' && isPattern(at, word, position)));
  if (!pattern && position !== 'regex') return false;
  r.at++;
  if (readBalanced(r, word.source, true, '(', ')') > 0) expand(r, word, 'unknown', at);
  return true;
}

/** Whether the `!` in front of a parenthesis belongs to a pattern and is not the one that negates. */
function isPattern(at: number, word: WordNode, position: Position): boolean {
  return position === 'argument' || at - 1 > word.start;
}

/** The elements of an array, from its parenthesis to after the one that closes it. */
function readElements(r: Reader): readonly WordNode[] {
  const elements: WordNode[] = [];
  r.at++;
  if (r.enter()) {
    while (!r.ended && r.text[r.at] !== ')') {
      r.skipBlanks();
      const { at } = r;
      if (r.text[at] === '#') r.skipLine();
      else if (!r.takeNewline() && !r.ended && r.text[at] !== ')') {
        const element = readWord(r, 'argument');
        if (r.at > at) elements.push(element);
        else {
          r.broken = true;
          r.at++;
        }
      }
    }
    if (r.ended) r.broken = true;
    else r.at++;
  }
  r.leave();
  return elements;
}

/** How long a subscript may be in front of `=`; it ends on its line. */
const LONGEST_SUBSCRIPT = 200;

/** Reads `NAME=…` where it may be; `undefined`, and nothing is read, where none starts. */
export function readAssignment(r: Reader): AssignmentNode | undefined {
  const { text, at } = r;
  const end = nameEnd(text, at, r.limit);
  if (end === at || end >= r.limit) return undefined;
  const mark = r.mark();
  r.at = end;
  if (text[end] === '[' && !readSubscript(r)) {
    r.at = at;
    return undefined;
  }
  if (r.has('+=')) r.at++;
  if (!r.has('=')) {
    r.reset(mark);
    return undefined;
  }
  r.at++;
  const name = text.slice(at, end);
  const start = r.at;
  if (r.has('(')) {
    const elements = readElements(r);
    return { start: at, end: r.at, name, value: undefined, elements };
  }
  const value = readWord(r);
  return { start: at, end: r.at, name, value: r.at > start ? value : undefined, elements: undefined };
}

/** `[…]`; false, and nothing is read, when it has no end nearby. */
function readSubscript(r: Reader): boolean {
  const near = r.text.slice(r.at, Math.min(r.limit, r.at + LONGEST_SUBSCRIPT)).split('\n', 1)[0]!;
  if (!near.includes(']')) {
    if (r.bash) r.broken = true;
    return false;
  }
  r.at++;
  readBalanced(r, r.source, true, '[', ']');
  return true;
}
