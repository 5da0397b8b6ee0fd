/**
 * What a syntax error in YAML breaks: the lines from where the broken block begins up to where the document can be read
 * again. They are masked, so that what stands before and behind them is read as if they were not there.
 */
import { Decoder, type Encode, type SourceText, UNRESOLVED } from '../../core/text.ts';
import { userData } from './modules/keys.ts';
import type { Type } from './modules/types.ts';
import { openHeredoc } from './yaml-repairs.ts';

/** Lines without the end of a heredoc among them are not searched further for it. */
const MOST_LINES = 2_000;

/** What is masked is not written. */
const NEVER: Encode = () => undefined;

/** A run of whole lines; the offsets are those of the text. */
export interface BrokenLines {
  /** Where the block begins that is broken: the first of the lines, or a line above them. */
  readonly block: number;
  /** The first of the lines that are masked. */
  readonly start: number;
  readonly end: number;
  /** Whether the lines fell out of a block scalar. */
  readonly stray: boolean;
  /** The item of a list that the first of the lines is misaligned with. */
  readonly sibling?: { readonly start: number; readonly column: number };
  /** Whether an unknown entry stands for them; without one, an entry above them may seem to have no value. */
  readonly standIn: boolean;
}

/** A line that is not blank. */
interface Line {
  readonly start: number;
  readonly end: number;
  readonly column: number;
  readonly text: string;
}

/** Where errors are looked for: the text, and what the lexer knows of it. */
export interface Place {
  readonly text: string;
  readonly blocks: readonly { readonly start: number; readonly end: number }[];
}

/** The lines that the error at `at` breaks; `open`: an unclosed quote or bracket that is the reason. */
export function brokenLines({ text, blocks }: Place, at: number, open: number | undefined): BrokenLines {
  const line = lineAt(text, open ?? at);
  const stray = open === undefined ? strayLines(text, blocks, line) : undefined;
  if (stray) return stray;
  const ends =
    open === undefined
      ? (next: Line) => next.column <= line.column
      : (next: Line) => next.column <= line.column && /^(?:-\s|[\w.-]+\s*:(?:\s|$))/.test(next.text);
  let end = line.end;
  for (const next of linesFrom(text, line.end)) {
    if (ends(next)) break;
    end = next.end;
  }
  return { block: line.start, start: line.start, end, stray: false, standIn: true };
}

/** The lines from the end of a block scalar on, when nothing between it and the error resumes the document. */
function strayLines(text: string, blocks: Place['blocks'], error: Line): BrokenLines | undefined {
  const block = blocks.findLast(({ end }) => end <= error.start);
  if (!block) return undefined;
  const resumes = resumption(text, block.start);
  const first = nextLine(text, block.end);
  // Under an empty block even lines that look like entries may be the text that was meant to be in it.
  const from = isEmptyBlock(text, block) ? error.start : first.start;
  const heredoc = openHeredoc(text, first.start);
  const closed = heredoc && closingLine(text, first.start, heredoc.word);
  let end = first.start;
  for (const line of linesFrom(text, first.start)) {
    if (line.start >= (closed ?? from) && resumes(line, closed !== undefined)) {
      if (line.start <= error.start) return undefined;
      break;
    }
    end = line.end;
  }
  const sibling = siblingOf(text, block.start, first);
  return {
    block: lineAt(text, block.start).start,
    start: first.start,
    end,
    stray: true,
    standIn: false,
    ...(sibling && { sibling }),
  };
}

/** The item above a block scalar that begins with the same key as a line after it, nearly as far in. */
function siblingOf(text: string, header: number, { column, text: words }: Line): BrokenLines['sibling'] {
  const key = /^-[ ]/.test(words) ? keyOf(words.slice(1).trimStart()) : undefined;
  if (key === undefined) return undefined;
  for (let line = lineAt(text, header), count = 0; count < MOST_LINES; line = lineAt(text, line.start - 1), count++) {
    const distance = Math.abs(line.column - column);
    if (/^-[ ]/.test(line.text) && keyOf(line.text.slice(1).trimStart()) === key)
      return distance > 0 && distance <= 2 ? { start: line.start, column: line.column } : undefined;
    if (line.start === 0) break;
  }
  return undefined;
}

function isEmptyBlock(text: string, { start, end }: Place['blocks'][number]): boolean {
  const newline = text.indexOf('\n', start);
  return newline < 0 || text.slice(newline, end).trim() === '';
}

/** Whether a line goes on with what is around the block scalar at `header`: a known key, or an item of a list above it. */
function resumption(text: string, header: number): (line: Line, afterHeredoc: boolean) => boolean {
  const keys = new Set([0]);
  const dashes = new Set<number>();
  /** What the items of the list at the left margin begin with. */
  const beginnings = new Set<string | undefined>();
  let least = Number.POSITIVE_INFINITY;
  for (let start = lineAt(text, header).start; least > 0; start = lineAt(text, start - 1).start) {
    const line = lineAt(text, start);
    if (line.text !== '' && !line.text.startsWith('#') && line.column < least) {
      const lead = /^(?:-[ ]{1,40}){0,20}/.exec(line.text)![0];
      for (let i = 0; i < lead.length; i++) if (lead[i] === '-') dashes.add(line.column + i);
      if (line.column === 0 && lead !== '') beginnings.add(keyOf(line.text.slice(lead.length)));
      if (line.start + line.column + lead.length < header) keys.add(line.column + lead.length);
      least = line.column;
    }
    if (start === 0) break;
  }
  const { keys: top } = userData();
  const known = (column: number, key: string | undefined) =>
    key !== undefined && (column === 0 ? Object.hasOwn(top, key) : knownKeys().has(key));
  return ({ column, text: words }, afterHeredoc) => {
    const item = /^-(?:[ ]+|$)/.exec(words);
    if (!item) return keys.has(column) && known(column, keyOf(words));
    if (!dashes.has(column)) return false;
    // Scripts and the files in them have lists too, but seldom at this very depth or with this key.
    return column > 0 || afterHeredoc || beginnings.has(keyOf(words.slice(item[0].length)));
  };
}

function keyOf(words: string): string | undefined {
  return /^["']?([\w.-]{1,60})["']?[ \t]*:(?:\s|$)/.exec(words)?.[1];
}

let allKeys: ReadonlySet<string> | undefined;

/** The names of all keys that some module reads, at any depth. */
function knownKeys(): ReadonlySet<string> {
  if (allKeys) return allKeys;
  const names = new Set<string>();
  const seen = new Set<Type>();
  const add = (type: Type): void => {
    if (seen.has(type)) return;
    seen.add(type);
    if (type.kind === 'list') add(type.items);
    else if (type.kind === 'old' || type.kind === 'tolerated') add(type.type);
    else if (type.kind === 'one of') type.types.forEach(add);
    else if (type.kind === 'map') {
      for (const [name, key] of Object.entries(type.keys)) {
        names.add(name);
        add(key.type);
      }
      if (type.others) add(type.others);
    }
  };
  add(userData());
  allKeys = names;
  return names;
}

/** Behind the line that closes a heredoc; `undefined` when there is none near. */
function closingLine(text: string, from: number, word: string): number | undefined {
  let count = 0;
  for (const line of linesFrom(text, from)) {
    if (line.text === word) return line.end;
    if (++count > MOST_LINES) break;
  }
  return undefined;
}

/** The text without the lines; all offsets stay. */
export function withoutLines(source: SourceText, broken: readonly BrokenLines[]): SourceText {
  const { text } = source;
  const decoder = new Decoder(source);
  let done = 0;
  for (const { start, end, standIn } of broken) {
    decoder.verbatim(done, start);
    let first = standIn;
    for (let at = start; at < end; ) {
      const newline = text.indexOf('\n', at);
      const stop = newline < 0 || newline >= end ? end : newline;
      const line = text.slice(at, stop);
      const entry = first && line.trim() !== '' ? unknownEntry(line) : undefined;
      if (line !== '') decoder.as(entry ?? ' '.repeat(line.length), at, stop, NEVER);
      if (stop < end) decoder.verbatim(stop, stop + 1);
      if (line.trim() !== '') first = false;
      at = stop + 1;
    }
    done = end;
  }
  return decoder.verbatim(done, text.length).done();
}

/** An entry or item with nothing known of it, as long as the line; `undefined` when it does not fit. */
function unknownEntry(line: string): string | undefined {
  const lead = /^[ ]*/.exec(line)![0];
  const entry = line.startsWith('- ', lead.length) ? `- ${UNRESOLVED}` : `${UNRESOLVED}: ${UNRESOLVED}`;
  return lead.length + entry.length > line.length ? undefined : (lead + entry).padEnd(line.length);
}

/** Behind the first line at or behind a place that is not blank. */
export function nextLineEnd(text: string, at: number): number {
  return nextLine(text, at).end;
}

function lineAt(text: string, at: number): Line {
  const start = at <= 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
  const newline = text.indexOf('\n', start);
  const end = newline < 0 ? text.length : newline + 1;
  const line = text.slice(start, end);
  return { start, end, column: line.length - line.trimStart().length, text: line.trim() };
}

/** The first line at or behind a place that is not blank; an empty one at the end. */
function nextLine(text: string, at: number): Line {
  for (const line of linesFrom(text, lineAt(text, at).start)) return line;
  return { start: text.length, end: text.length, column: 0, text: '' };
}

/** The lines that are neither blank nor comments at the start of a line. */
function* linesFrom(text: string, from: number): Iterable<Line> {
  for (let at = from; at < text.length; ) {
    const line = lineAt(text, at);
    if (line.text !== '') yield line;
    at = line.end;
  }
}
