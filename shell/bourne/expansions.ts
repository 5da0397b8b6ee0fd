/** What the shell fills in: `$x`, `${…}`, `$(…)`, `$((…))`, backquotes, and the templates of other tools. */
import type { Expansion } from '../../core/shell-tree.ts';
import { UNRESOLVED } from '../../core/text.ts';
import { added, WordNode, within } from '../tree/nodes.ts';
import { readList } from './lists.ts';
import type { Reader } from './reader.ts';
import { stopBits } from './reserved.ts';

const PARENTHESIS = stopBits(')');

/** How far a template's `}}` may be from its `{{`, and the end of `$[` from its start. */
const LONGEST_TEMPLATE = 300;
const LONGEST_OLD_ARITHMETIC = 300;

/** Notes an expansion that ends where the reader is. */
export function expand(
  r: Reader,
  word: WordNode,
  kind: Expansion['kind'],
  start: number,
  name: string | undefined = undefined,
): void {
  word.special = true;
  word.expansions = added(word.expansions, { kind, name, start, end: r.at });
}

/** Reads what starts with the `$` at the reader's place. */
export function readDollar(r: Reader, word: WordNode, inDouble: boolean): void {
  const { text, at } = r;
  const next = at + 1 < r.limit ? text[at + 1]! : '';
  if (next === '(') {
    if (text[at + 2] === '(' && readArithmetic(r, 3)) expand(r, word, 'arithmetic', at);
    else readSubstitution(r, word, 'command');
  } else if (next === '{') readBraces(r, word, inDouble);
  else if (next === "'" && !inDouble) readAnsi(r, word);
  else if (next === '"' && !inDouble) {
    r.at++;
    readDouble(r, word);
  } else if (next === '[' && r.bash) readOldArithmetic(r, word);
  else {
    const end = nameEnd(text, at + 1, r.limit);
    r.at = end > at + 1 || !isSpecialParameter(next) ? end : at + 2;
    if (r.at > at + 1) expand(r, word, 'parameter', at, text.slice(at + 1, r.at));
  }
}

/** After the name of a variable at `i`, or `i`. */
export function nameEnd(text: string, i: number, limit: number): number {
  let end = i;
  for (; end < limit; end++) {
    const c = text.charCodeAt(end) | 32;
    const letter = (c >= 97 && c <= 122) || text[end] === '_';
    if (!letter && (end === i || !isDigit(text[end]!))) break;
  }
  return end;
}

function isDigit(c: string): boolean {
  return c >= '0' && c <= '9';
}

function isSpecialParameter(c: string): boolean {
  return c !== '' && '@*#?-$!0123456789'.includes(c);
}

/** `$'…'` */
function readAnsi(r: Reader, word: WordNode): void {
  word.special = word.quoted = true;
  const { text, limit } = r;
  let i = r.at + 2;
  while (i < limit && text[i] !== "'") i += text[i] === '\\' ? 2 : 1;
  if (i >= limit) r.broken = true;
  r.at = Math.min(limit, i + 1);
}

/** `'…'`, whose end the templates inside may not go beyond. */
export function readSingle(r: Reader, word: WordNode): void {
  word.special = word.quoted = true;
  const close = r.text.indexOf("'", r.at + 1);
  const closed = close >= 0 && close < r.limit;
  if (!closed) r.broken = true;
  const end = closed ? close : r.limit;
  for (r.at++; r.at < end; ) {
    const c = r.text[r.at];
    if ((c !== '{' && c !== UNRESOLVED) || !readTemplate(r, word, "'")) r.at++;
  }
  r.at = closed ? end + 1 : end;
}

/** From the opening `"` to after the closing one. */
export function readDouble(r: Reader, word: WordNode): void {
  word.special = word.quoted = true;
  r.at++;
  if (r.enter()) {
    readUntil(r, word, '"');
    if (r.ended) r.broken = true;
    else r.at++;
  }
  r.leave();
}

/** Reads text in which only `$`, backquotes and `\` mean something, up to a character or the end. */
export function readUntil(r: Reader, word: WordNode, close: string): void {
  while (!r.ended) {
    const c = r.text[r.at]!;
    if (c === close) return;
    if (c === '\\') {
      word.special = true;
      r.at = Math.min(r.limit, r.at + 2);
    } else if (c === '$') readDollar(r, word, true);
    else if (c === '`') readBackquotes(r, word, true);
    else if ((c !== '{' && c !== UNRESOLVED) || !readTemplate(r, word, close)) r.at++;
  }
}

/** A placeholder of the host or a template of another tool, if one is here; `quote` would end it. */
export function readTemplate(r: Reader, word: WordNode, quote: string): boolean {
  const { at, text } = r;
  if (text[at] === UNRESOLVED) {
    while (!r.ended && text[r.at] === UNRESOLVED) r.at++;
  } else {
    const end = templateEnd(r, at, quote);
    if (end < 0) return false;
    r.at = end;
  }
  expand(r, word, 'unknown', at);
  return true;
}

/** After the `}}` of the `{{` at `i`; -1 when there is none. */
function templateEnd(r: Reader, i: number, quote: string): number {
  if (r.text[i] !== '{' || r.text[i + 1] !== '{') return -1;
  const inside = r.text.slice(i + 2, Math.min(r.limit, i + LONGEST_TEMPLATE));
  const close = inside.indexOf('}}');
  if (close < 0) return -1;
  const body = inside.slice(0, close);
  if (body.includes('\n') || body.includes('{{') || (quote !== '' && body.includes(quote))) return -1;
  return i + close + 4;
}

/** `${…}`: everything up to the brace that closes it is one expansion. */
function readBraces(r: Reader, word: WordNode, inDouble: boolean): void {
  const { at, text } = r;
  const template = templateEnd(r, at + 1, inDouble ? '"' : '');
  if (template >= 0) {
    r.at = template;
    expand(r, word, 'unknown', at);
    return;
  }
  r.at += 2;
  const prefixed = text[r.at] === '!' || text[r.at] === '#';
  const start = prefixed && nameEnd(text, r.at + 1, r.limit) > r.at + 1 ? r.at + 1 : r.at;
  const end = nameEnd(text, start, r.limit);
  if (end > start) r.at = end;
  else if (start < r.limit && isSpecialParameter(text[start]!) && !r.has('${') && !r.has('$(')) r.at = start + 1;
  const name = r.at > start ? text.slice(start, r.at) : undefined;
  // Quotes are quotes inside double quotes too where a pattern is expected.
  const quotes = !inDouble || '#%/^,'.includes(text[r.at] || ' ');
  readBalanced(r, word.source, quotes, '', '}');
  expand(r, word, 'parameter', at, name);
}

/**
 * Reads up to and over a closing character, with what is quoted or expands in between left alone. Characters of `open`
 * want one of their own. The expansions found belong to what is being read; returns how many there are.
 */
export function readBalanced(
  r: Reader,
  source: WordNode['source'],
  quotes: boolean,
  open: string,
  close: string,
): number {
  const inside = new WordNode(source, r.at);
  let depth = 1;
  if (r.enter()) {
    while (!r.ended) {
      const c = r.text[r.at]!;
      if (c === close) {
        r.at++;
        if (--depth === 0) break;
      } else {
        if (c === open) depth++;
        readPart(r, inside, quotes);
      }
    }
    if (depth > 0) r.broken = true;
  }
  r.leave();
  return inside.expansions.length;
}

/** One character, quoted text or expansion. */
function readPart(r: Reader, word: WordNode, quotes: boolean): void {
  const c = r.text[r.at]!;
  if (c === '\\') r.at = Math.min(r.limit, r.at + 2);
  else if (c === '"') readDouble(r, word);
  else if (c === '$') readDollar(r, word, !quotes);
  else if (c === '`') readBackquotes(r, word, !quotes);
  else if (c === "'" && quotes) {
    const close = r.text.indexOf("'", r.at + 1);
    r.at = close < 0 || close >= r.limit ? r.limit : close + 1;
  } else r.at++;
}

/** `$(…)`, `<(…)` and `>(…)` */
export function readSubstitution(r: Reader, word: WordNode, kind: 'command' | 'process'): void {
  const { at, pending } = r;
  r.at += 2;
  // A newline inside starts no here-document of the outside, but one that is left over starts there.
  r.pending = [];
  r.substitutions++;
  r.inside('substitution', PARENTHESIS, () => readList(r));
  r.substitutions--;
  for (const one of r.pending) pending.push(one);
  r.pending = pending;
  if (r.ended) r.broken = true;
  else r.at++;
  expand(r, word, kind, at);
}

/** What is between backquotes has escapes of its own, so it is read as a text of its own. */
export function readBackquotes(r: Reader, word: WordNode, inDouble: boolean): void {
  const { at, text, limit } = r;
  let i = at + 1;
  while (i < limit && text[i] !== '`') i += text[i] === '\\' ? 2 : 1;
  if (i >= limit) r.broken = true;
  const end = Math.min(limit, i);
  r.backquotes.push({ start: at + 1, end, inDouble, context: within(r.context, 'substitution') });
  r.at = Math.min(limit, end + 1);
  expand(r, word, 'command', at);
}

/** `$[…]`, the old way to write arithmetic: on one line and without quotes, for anything else is a plain `$`. */
function readOldArithmetic(r: Reader, word: WordNode): void {
  const { at, text } = r;
  const limit = Math.min(r.limit, at + LONGEST_OLD_ARITHMETIC);
  let open = 0;
  for (let i = at + 1; i < limit && OLD_ARITHMETIC.includes(text[i]!.toLowerCase()); i++) {
    if (text[i] === '[') open++;
    if (text[i] !== ']' || --open > 0) continue;
    r.at = i + 1;
    expand(r, word, 'arithmetic', at);
    return;
  }
  r.at++;
}
const OLD_ARITHMETIC = '[]$_ abcdefghijklmnopqrstuvwxyz0123456789+-*/%<>=!&|^~?:,';

/** The inside of `((…))` and what closes it; false, and nothing is read, when that is not what it is. */
export function readArithmetic(r: Reader, opening: number): boolean {
  if (!r.mayTry) return false;
  const mark = r.mark();
  const inside = new WordNode(r.source, r.at);
  r.at += opening;
  let open = 2;
  if (r.enter()) {
    while (!r.ended) {
      const c = r.text[r.at];
      if (c === '(') open++;
      else if (c === ')' && --open < 2) break;
      readPart(r, inside, true);
    }
  }
  r.leave();
  if (r.has('))')) {
    r.at += 2;
    return true;
  }
  r.reset(mark);
  return false;
}
