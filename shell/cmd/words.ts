/** Words of a cmd line, as the programs take them apart. */
import type { Expansion } from '../../core/shell-tree.ts';
import { UNRESOLVED } from '../../core/text.ts';
import { WordNode } from '../tree/nodes.ts';
import { Pieces, type QuoteStyle } from '../tree/pieces.ts';
import { endsCommand, isBlank, type Reader } from './reader.ts';

/** `%NAME%`, `%NAME:~0,3%`, `%1`, `%~dp0`, `%%i`, `%%~nxi`. */
const EXPANSION = /%%(?:~[a-z]{0,9})?[A-Za-z#]|%(?:~[a-z]{0,9})?[\d*]|%[A-Za-z_(][^%\s=:]{0,200}(?::[^%\n]{0,200})?%/iy;
const DELAYED = /![A-Za-z_][^!\s=:]{0,200}(?::[^!\n]{0,200})?!/y;

class Text {
  private readonly pieces = new Pieces();
  private readonly expansions: Expansion[] = [];
  private special = false;
  private plain: number;
  quoted = false;

  constructor(
    private readonly r: Reader,
    readonly start = r.at,
  ) {
    this.plain = start;
  }

  get style(): QuoteStyle {
    return this.quoted ? 'double' : 'bare';
  }

  flush(): void {
    this.pieces.verbatim(this.plain, this.r.at, this.style);
    this.plain = this.r.at;
  }

  /** Takes the next characters for a text of their own. */
  take(text: string, length: number): void {
    this.flush();
    this.r.at = Math.min(this.r.limit, this.r.at + length);
    if (text !== '') this.pieces.as(text, this.plain, this.r.at, this.style);
    this.plain = this.r.at;
    this.special = true;
  }

  hole(length: number, kind: Expansion['kind'], name: string | undefined): void {
    const start = this.r.at;
    this.take(UNRESOLVED, length);
    this.expansions.push({ kind, name, start, end: this.r.at });
  }

  done(end = this.r.at, quoted = false): WordNode {
    const { at } = this.r;
    this.r.at = end;
    this.flush();
    this.r.at = at;
    const word = new WordNode(this.r.source, this.start);
    word.end = end;
    word.special = this.special;
    word.quoted = quoted;
    if (this.special) word.kept = this.pieces.list;
    if (this.expansions.length > 0) word.expansions = this.expansions;
    return word;
  }
}

/** Reads one word; of at most `longest` characters where that is given. */
export function readWord(r: Reader, longest = Number.POSITIVE_INFINITY): WordNode {
  const word = new Text(r);
  let quotes = false;
  while (!r.ended && r.at - word.start < longest && !endsWord(r, word)) {
    quotes ||= r.c === '"';
    readPart(r, word);
  }
  word.flush();
  return word.done(r.at, quotes);
}

function endsWord(r: Reader, { quoted }: Text): boolean {
  const { c } = r;
  if (r.newlineAt(r.at) > 0) return true;
  return !quoted && (isBlank(c) || c === '>' || c === '<' || endsCommand(r));
}

function readPart(r: Reader, word: Text): void {
  const { c } = r;
  if (c === '"') {
    word.take('', 1);
    word.quoted = !word.quoted;
  } else if (c === '\\' && r.has('\\"')) word.take('"', 2);
  else if (c === '^' && !word.quoted) readCaret(r, word);
  else if (c === UNRESOLVED) word.hole(1, 'unknown', undefined);
  else if (c === '%') readExpansion(r, word, r.match(EXPANSION));
  else if (c === '!' && r.delayed) readExpansion(r, word, r.match(DELAYED));
  else r.at++;
}

function readCaret(r: Reader, word: Text): void {
  const newline = r.newlineAt(r.at + 1);
  if (newline > 0) word.take('', 1 + newline);
  else if (r.at + 1 >= r.limit) r.at++;
  else word.take(r.text[r.at + 1]!, 2);
}

function readExpansion(r: Reader, word: Text, found: string): void {
  if (found === '') r.at++;
  else word.hole(found.length, 'parameter', /[A-Za-z_]\w*/.exec(found)?.[0]);
}

/** What `set` is given: the name, and the value up to the end of the command. Quotes around both belong to neither. */
export function readRest(r: Reader): { readonly name: string; readonly value: WordNode | undefined } | undefined {
  const around = r.c === '"';
  const from = around ? r.at + 1 : r.at;
  if (around) r.at++;
  const equals = nameEnd(r, from);
  if (equals === undefined) return undefined;
  r.at = equals + 1;
  const value = new Text(r);
  let last = r.at;
  let quoted = around;
  while (!r.ended && r.newlineAt(r.at) === 0) {
    if (!quoted && endsCommand(r)) break;
    const { c } = r;
    if (c === '"') {
      quoted = !quoted;
      r.at++;
    } else if (c === '^' && !quoted) readCaret(r, value);
    else if (c === UNRESOLVED) value.hole(1, 'unknown', undefined);
    else if (c === '%') readExpansion(r, value, r.match(EXPANSION));
    else if (c === '!' && r.delayed) readExpansion(r, value, r.match(DELAYED));
    else r.at++;
    if (quoted || !around) last = r.at;
  }
  const end = Math.max(last, equals + 1);
  return { name: r.text.slice(from, equals).trim(), value: end > value.start ? value.done(end) : undefined };
}

/** Where the `=` after the name is; `undefined` when there is none, and then what is there is read over. */
function nameEnd(r: Reader, from: number): number | undefined {
  for (r.at = from; !r.ended && r.newlineAt(r.at) === 0; r.at++) {
    if (r.c === '=') return r.at > from ? r.at : undefined;
    if (endsCommand(r) || r.c === '"') break;
  }
  while (!r.ended && !endsCommand(r)) r.at++;
  return undefined;
}
