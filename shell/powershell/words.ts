/** Words, strings and variables. https://learn.microsoft.com/powershell/scripting/lang-spec/chapter-02 */
import type { Expansion } from '../../core/shell-tree.ts';
import { UNRESOLVED } from '../../core/text.ts';
import { WordNode } from '../tree/nodes.ts';
import { Pieces, type QuoteStyle } from '../tree/pieces.ts';
import { readMembers } from './expressions.ts';
import { DOUBLE, isBlank, isUnresolved, type Reader, SINGLE } from './reader.ts';
import { readArray, readBlock, readHashtable, readParentheses } from './statements.ts';

/** A word while it is read. */
export class WordBuilder {
  readonly start: number;
  private readonly pieces = new Pieces();
  private readonly expansions: Expansion[] = [];
  private special = false;
  quoted = false;
  /** Where the literal text starts. */
  private plain: number;

  constructor(private readonly r: Reader) {
    this.start = this.plain = r.at;
  }

  /** What was stepped over since the last piece is literal. */
  flush(style: QuoteStyle): void {
    this.pieces.verbatim(this.plain, this.r.at, style);
    this.plain = this.r.at;
  }

  /** Takes the next characters for a text of their own. */
  take(text: string, length: number, style: QuoteStyle): void {
    this.flush(style);
    this.r.at = Math.min(this.r.limit, this.r.at + length);
    if (text !== '') this.pieces.as(text, this.plain, this.r.at, style);
    this.plain = this.r.at;
    this.special = true;
  }

  /** What is between `from` and the reader is filled in when the script runs. */
  hole(from: number, kind: Expansion['kind'], name: string | undefined, style: QuoteStyle): void {
    this.pieces.verbatim(this.plain, from, style);
    this.pieces.as(UNRESOLVED, from, this.r.at, style);
    this.expansions.push({ kind, name, start: from, end: this.r.at });
    this.plain = this.r.at;
    this.special = true;
  }

  done(style: QuoteStyle = 'bare'): WordNode {
    this.flush(style);
    const word = new WordNode(this.r.source, this.start);
    word.end = this.r.at;
    word.special = this.special;
    word.quoted = this.quoted;
    if (this.special) word.kept = this.pieces.list;
    if (this.expansions.length > 0) word.expansions = this.expansions;
    return word;
  }
}

/** What ends a bare word. */
const ENDS: ReadonlySet<string> = new Set(';|&(){},<>\n\r');

/** Reads the word that starts here, with the elements of a list after commas; `undefined` where none does. */
export function readWord(r: Reader): WordNode | undefined {
  const word = new WordBuilder(r);
  if (!readElement(r, word)) return undefined;
  while (takeComma(r, word)) if (!readElement(r, word)) break;
  return word.done();
}

/** `,` and the spaces and newlines around it. */
function takeComma(r: Reader, word: WordBuilder): boolean {
  const { at } = r;
  r.skipBlanks();
  if (r.c !== ',') {
    r.at = at;
    return false;
  }
  const spaces = r.at - at;
  r.at = at;
  if (spaces > 0) word.take('', spaces, 'bare');
  r.at++;
  word.flush('bare');
  const after = r.at;
  r.skipLines();
  const length = r.at - after;
  r.at = after;
  if (length > 0) word.take('', length, 'bare');
  return true;
}

function readElement(r: Reader, word: WordBuilder): boolean {
  const { at } = r;
  const c = r.c;
  if (c === '' || isBlank(c) || r.newlineAt(at) > 0) return false;
  if (readPrimary(r, word)) return true;
  readBare(r, word);
  return r.at > at;
}

/** A word that is an expression: parentheses, a block, a variable and its members, a string. */
function readPrimary(r: Reader, word: WordBuilder): boolean {
  const { at, c } = r;
  if (c === '(') {
    readParentheses(r);
    readMembers(r, at);
    word.hole(at, 'command', undefined, 'bare');
  } else if (c === '{') {
    readBlock(r, r.blocks);
    word.hole(at, 'unknown', undefined, 'bare');
  } else if (c === '@' && (r.ahead(1) === '(' || r.ahead(1) === '{')) {
    if (r.ahead(1) === '(') readArray(r);
    else readHashtable(r);
    readMembers(r, at);
    word.hole(at, 'unknown', undefined, 'bare');
  } else if (c === '@' && isHereString(r)) readHereString(r, word);
  else if (c === '@' && /\w/.test(r.ahead(1))) {
    r.at++;
    r.at += r.match(NAME).length;
    word.hole(at, 'unknown', r.text.slice(at + 1, r.at), 'bare');
  } else if (c === '$') {
    readVariable(r, word, 'bare', true);
    // `$env:TEMP\x.exe` goes on.
    readBare(r, word);
  } else if (SINGLE.has(c) || DOUBLE.has(c)) {
    readString(r, word);
    // `"a".Length` is an expression, `"C:\x"\y` two words to PowerShell, which nobody means.
    if (r.c !== '.' || !/[A-Za-z]/.test(r.ahead(1))) readBare(r, word);
    else {
      const from = r.at;
      readMembers(r, at);
      word.hole(from, 'unknown', undefined, 'bare');
    }
  } else return false;
  return true;
}

const NAME = /\w{1,200}/y;

/** `-Skip:` in front of `(…)` or `{…}`, which is its value. */
function isParameter(r: Reader, { start }: WordBuilder): boolean {
  return (
    r.text[r.at - 1] === ':' &&
    r.text[start] === '-' &&
    /^-[A-Za-z]\w{0,60}:$/.test(r.text.slice(start, r.at).slice(0, 70))
  );
}

function readBare(r: Reader, word: WordBuilder): void {
  while (!r.ended) {
    const c = r.c;
    if (isBlank(c)) break;
    if (ENDS.has(c)) {
      if ((c !== '(' && c !== '{') || !isParameter(r, word)) break;
      readPrimary(r, word);
      return;
    }
    if (SINGLE.has(c) || DOUBLE.has(c)) readString(r, word);
    else if (c === '$') readVariable(r, word, 'bare', false);
    else if (c === '`') {
      if (r.newlineAt(r.at + 1) > 0 || r.at + 1 >= r.limit) break;
      readEscape(r, word, 'bare');
    } else if (isUnresolved(c)) {
      word.flush('bare');
      r.at++;
      word.hole(r.at - 1, 'unknown', undefined, 'bare');
    } else r.at++;
  }
  word.flush('bare');
}

/** https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_special_characters */
const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function readEscape(r: Reader, word: WordBuilder, style: QuoteStyle): void {
  const newline = r.newlineAt(r.at + 1);
  if (newline > 0) {
    word.take(style === 'bare' ? '' : '\n', 1 + newline, style);
    return;
  }
  const next = r.at + 1 < r.limit ? String.fromCodePoint(r.text.codePointAt(r.at + 1)!) : '';
  word.take(Object.hasOwn(ESCAPES, next) ? ESCAPES[next]! : next || '`', 1 + next.length, style);
}

/** `'…'` or `"…"`. */
export function readString(r: Reader, word: WordBuilder): void {
  word.flush('bare');
  word.quoted = true;
  if (SINGLE.has(r.c)) readQuoted(r, word, SINGLE, 'single');
  else readQuoted(r, word, DOUBLE, 'double');
}

function readQuoted(r: Reader, word: WordBuilder, quotes: ReadonlySet<string>, style: 'single' | 'double'): void {
  word.take('', 1, style);
  while (!r.ended) {
    const c = r.c;
    if (quotes.has(c)) {
      if (!quotes.has(r.ahead(1))) {
        word.take('', 1, style);
        return;
      }
      word.take(r.ahead(1), 2, style);
    } else readInString(r, word, style);
  }
  r.broken = true;
  word.flush(style);
}

/** One character, escape or expansion of a string. */
function readInString(r: Reader, word: WordBuilder, style: 'single' | 'double'): void {
  const c = r.c;
  if (isUnresolved(c)) {
    word.flush(style);
    r.at++;
    word.hole(r.at - 1, 'unknown', undefined, style);
  } else if (style === 'double' && c === '`') readEscape(r, word, style);
  else if (style === 'double' && c === '$') readVariable(r, word, style, false);
  else r.at++;
}

/** Whether `@'` or `@"` with nothing but spaces after it is here. */
export function isHereString(r: Reader): boolean {
  return r.match(HERE) !== '';
}
const HERE = /@(?:['\u2018\u2019\u201a\u201b]|["\u201c\u201d\u201e])[ \t]*\r?\n/y;

/** `@'` … `'@`, each on its line. */
export function readHereString(r: Reader, word: WordBuilder): void {
  word.quoted = true;
  const opening = r.match(HERE);
  const quotes = SINGLE.has(opening[1]!) ? SINGLE : DOUBLE;
  const style = quotes === SINGLE ? 'single' : 'double';
  // The end may follow at once.
  word.take('', opening.length - 1, style);
  while (!r.ended) {
    const newline = r.newlineAt(r.at);
    const next = r.at + newline;
    if (newline > 0 && next + 1 < r.limit && quotes.has(r.text[next]!) && r.text[next + 1] === '@') {
      word.take('', newline + 2, style);
      return;
    }
    if (newline > 0 && r.at === word.start + opening.length - 1) word.take('', newline, style);
    else readInString(r, word, style);
  }
  r.broken = true;
  word.flush(style);
}

const VARIABLE = /\$(?:\{[^}\n]{0,300}\}|(?:[A-Za-z]\w{0,60}:(?=\w))?[\w?]{1,300}|[$^])/y;
/** They are known wherever a script runs. */
const CONSTANT = /^\$(?:true|false|null)$/i;

/** Reads the variable, or the `$(…)`, that starts here. `members`: `.Name` and `[0]` after it belong to it. */
export function readVariable(r: Reader, word: WordBuilder, style: QuoteStyle, members: boolean): void {
  const { at } = r;
  word.flush(style);
  if (r.ahead(1) === '(') {
    r.at++;
    readParentheses(r);
    word.hole(at, 'command', undefined, style);
    return;
  }
  const written = r.match(VARIABLE);
  if (written === '') {
    r.at++;
    return;
  }
  r.at += written.length;
  if (CONSTANT.test(written) && style === 'bare') return;
  if (members) readMembers(r, at);
  word.hole(at, 'parameter', variableName(written), style);
}

/** `env:NAME` and `script:name` without what is in front of the colon. */
export function variableName(written: string): string {
  const bare = written.startsWith('${') ? written.slice(2, -1) : written.slice(1);
  return bare.slice(bare.lastIndexOf(':') + 1);
}
