/**
 * From a YAML scalar as written to its text and back.
 *
 * Decoding gives the text that the YAML library gives, with the place of every character. Writing back is checked
 * rather than trusted: the result of an edit is decoded again, and rejected unless it reads as asked.
 */
import { Decoder, type Encode, type SourceText, UNRESOLVED } from '../../core/text.ts';
import { type BlockHeader, readBlock } from './block-scalar.ts';
import { readDouble, readPlain, readSingle } from './flow-scalar.ts';
import { BREAK_MARK } from './lexer.ts';
import { ESCAPE_MARK } from './masking.ts';
import type { Piece } from './piece.ts';
import { resolvePlain } from './resolve.ts';

/** How a scalar is written. `inFlow`: inside `[…]` or `{…}`, where a plain scalar may hold less. */
export type Writing =
  | { readonly style: 'plain' | 'single' | 'double'; readonly inFlow: boolean }
  | { readonly style: 'literal' | 'folded'; readonly header: BlockHeader };

/** For text that can be read but not written. */
export const UNWRITTEN: Encode = () => undefined;

/** The text of the scalar that `parent.text[start, end)` is: with its quotes, or the body of a block scalar. */
export function decodeScalar(parent: SourceText, start: number, end: number, writing: Writing): SourceText {
  const raw = parent.text.slice(start, end).replaceAll(BREAK_MARK, '\n');
  const pieces = read(raw, writing);
  if (!pieces) return new Decoder(parent, UNWRITTEN, start).verbatim(start, end).done();
  const text = plainText(raw, pieces);
  // Whether spaces after a block scalar become part of it depends on its last line: do not write to such a scalar.
  const after = /^\s*/.exec(parent.text.slice(end, end + 1_000))![0];
  const writable = !('header' in writing) || !/[ \t]\r?\n/.test(after);
  const encode = writable ? encoder(raw, start, text, writing) : UNWRITTEN;
  const decoder = new Decoder(parent, encode, start + (pieces[0]?.start ?? 0));
  for (const piece of pieces) {
    if (piece.text === undefined) eachStretch(raw, piece, (from, to, as) => emit(decoder, start, from, to, as));
    else if (piece.end > piece.start) decoder.as(piece.text, start + piece.start, start + piece.end);
    else decoder.insert(piece.text, start + piece.start);
  }
  return decoder.done();
}

function emit(decoder: Decoder, base: number, from: number, to: number, as: string | undefined): void {
  if (as === undefined) decoder.verbatim(base + from, base + to);
  else decoder.as(as, base + from, base + to);
}

/** A verbatim piece in parts: text as written, each template expression as one `UNRESOLVED`, an escaped `$${` as `${`. */
function eachStretch(raw: string, piece: Piece, visit: (from: number, to: number, as?: string) => void): void {
  const marks = new RegExp(`${UNRESOLVED}+|${ESCAPE_MARK}[$%]`, 'g');
  let from = piece.start;
  marks.lastIndex = from;
  for (let mark = marks.exec(raw); mark && mark.index < piece.end; mark = marks.exec(raw)) {
    const to = Math.min(mark.index + mark[0].length, piece.end);
    if (mark.index > from) visit(from, mark.index);
    visit(mark.index, to, mark[0].startsWith(UNRESOLVED) ? UNRESOLVED : mark[0].slice(1));
    from = to;
  }
  if (from < piece.end) visit(from, piece.end);
}

function read(raw: string, writing: Writing): readonly Piece[] | undefined {
  switch (writing.style) {
    case 'plain':
      return readPlain(raw);
    case 'single':
      return readSingle(raw);
    case 'double':
      return readDouble(raw);
    default:
      return readBlock(raw, writing.header, writing.style === 'folded').pieces;
  }
}

function plainText(raw: string, pieces: readonly Piece[]): string {
  const out: string[] = [];
  for (const piece of pieces) {
    if (piece.text !== undefined) out.push(piece.text);
    else eachStretch(raw, piece, (from, to, as) => out.push(as ?? raw.slice(from, to)));
  }
  return out.join('');
}

/** Characters that YAML does not allow unescaped, or that PyYAML reads as line breaks; lone surrogates. */
const UNWRITABLE =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\uE000-\uE002\uFEFF\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

function encoder(raw: string, start: number, text: string, writing: Writing): Encode {
  return (newText, at) => {
    const from = at.parentStart - start;
    const to = at.parentEnd - start;
    if (newText === text.slice(at.start, at.end)) return raw.slice(from, to);
    const wanted = text.slice(0, at.start) + newText + text.slice(at.end);
    for (const written of spellings(newText, raw, from, wanted.slice(at.start + newText.length), writing)) {
      const whole = raw.slice(0, from) + written + raw.slice(to);
      if (readsAs(whole, wanted, text, raw, writing)) return written;
    }
    return undefined;
  };
}

/** Ways to write the text in this style, the plainest first; whether one is right is for the caller to check. */
function spellings(text: string, raw: string, at: number, rest: string, writing: Writing): readonly string[] {
  if (writing.style === 'double') {
    const escaped = text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
    const written = escaped.replace(new RegExp(UNWRITABLE, 'g'), escapeOf);
    return text.includes(UNRESOLVED) || text.includes(ESCAPE_MARK) ? [] : [written, written.replaceAll('\t', '\\t')];
  }
  if (UNWRITABLE.test(text)) return [];
  if (writing.style === 'literal') return [reindented(text, raw, at, rest, writing.header)];
  if (text.includes('\n')) return [];
  return [writing.style === 'single' ? text.replaceAll("'", "''") : text];
}

function escapeOf(character: string): string {
  const code = character.charCodeAt(0);
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** Text for the body of a literal block: every line that says something gets the block's indentation. */
function reindented(text: string, raw: string, at: number, rest: string, header: BlockHeader): string {
  const { indent } = readBlock(raw, header, false);
  const newline = raw.includes('\r\n') ? '\r\n' : '\n';
  const column = at - (raw.lastIndexOf('\n', at - 1) + 1);
  const missing = text === '' || text.startsWith('\n') ? 0 : Math.max(0, indent - column);
  const lines = text.split('\n');
  const last = lines.length - 1;
  const filled = (line: string, i: number) => (i < last ? line !== '' : line !== '' || !/^(?:\n|$)/.test(rest));
  return (
    ' '.repeat(missing) +
    lines.map((line, i) => (i > 0 && filled(line, i) ? ' '.repeat(indent) : '') + line).join(newline)
  );
}

/** Whether the scalar written as `raw` reads as `wanted` and still ends where it did. */
function readsAs(raw: string, wanted: string, before: string, rawBefore: string, writing: Writing): boolean {
  switch (writing.style) {
    case 'plain':
      if (!isPlain(raw, writing.inFlow) || resolvePlain(wanted).type !== resolvePlain(before).type) return false;
      break;
    case 'single':
    case 'double':
      break;
    default: {
      const block = readBlock(raw, writing.header, writing.style === 'folded');
      const old = readBlock(rawBefore, writing.header, writing.style === 'folded');
      const same = old.sound && old.indent === block.indent;
      if (!block.sound || !same || (rawBefore.endsWith('\n') && !raw.endsWith('\n'))) return false;
    }
  }
  const pieces = read(raw, writing);
  return pieces !== undefined && plainText(raw, pieces) === wanted;
}

/** Whether YAML reads the text as one plain scalar (https://yaml.org/spec/1.1/#id907281). */
function isPlain(raw: string, inFlow: boolean): boolean {
  if (/^[\s,[\]{}#&*!|>'"%@`]|^[-?:](?:\s|$)|^(?:---|\.\.\.)(?:\s|$)/.test(raw)) return false;
  if (/:(?:\s|$)|\s#|\s$/.test(raw)) return false;
  return !inFlow || (!/[,[\]{}?]/.test(raw) && !/:[,[\]{}]/.test(raw) && !/^[-:]/.test(raw));
}
