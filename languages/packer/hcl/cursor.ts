import type { HclComment, HclProblem, Invalid, Name } from './ast.ts';
import {
  DOT,
  HASH,
  identifierEnd,
  isDigit,
  MINUS,
  NEWLINE,
  PLUS,
  RETURN,
  SLASH,
  SPACE,
  STAR,
  startsIdentifier,
  TAB,
} from './characters.ts';
import { LineIndex } from './lines.ts';

/** Nested brackets, blocks, templates and operators beyond this are a problem; real files stay below 20. */
export const MAX_DEPTH = 200;

/** Further problems are not reported. */
const MAX_PROBLEMS = 1000;

/** What {@link peek} answers where nothing more can be read. */
const END = -1;

/** Thrown by {@link fail} in the strict pass; caught by `parseHcl` only. */
export const STRICT_FAILURE = new Error('not strictly valid HCL');

/** The state of a parse. One object per pass; the parsing functions share and change it. */
export interface Cursor {
  readonly text: string;
  /** False in the strict pass, which stops at the first structural problem. */
  readonly recovering: boolean;
  /** For the recovery pass: where lines start and what they look like. */
  readonly lines: LineIndex;
  /** Starts of `${`/`%{` sequences over several lines that the strict pass read to their end. */
  readonly sound: Set<number>;
  readonly problems: HclProblem[];
  readonly comments: HclComment[];
  pos: number;
  /** The offset at which reading ends: the end of the text, or of a line that a string must not leave. */
  limit: number;
  /** Whether a line break is a token (in bodies and objects) or whitespace (in brackets). */
  newlines: boolean;
  /** In the recovery pass, the start of a line that ends everything open above it; -1 when there is none. */
  barrier: number;
  /** How many constructs are open. */
  depth: number;
  /** How many operators are chained in the expression read last. */
  chain: number;
  /** Comments have been read up to this offset. */
  commentedTo: number;
  /** No block comment is closed beyond this offset. */
  noCommentEnd: number;
  /** Where the last missing partner of a bracket was reported. */
  unclosedAt: number;
  /** Whether the depth cap was reported: once per file is enough. */
  tooDeep: boolean;
}

/** A cursor at the start of `text`, after a byte order mark. */
export function cursorAt(text: string, recovering: boolean, sound: Set<number>): Cursor {
  return {
    text,
    recovering,
    lines: new LineIndex(text),
    sound,
    problems: [],
    comments: [],
    pos: text.charCodeAt(0) === 0xfeff ? 1 : 0,
    limit: text.length,
    newlines: true,
    barrier: -1,
    depth: 0,
    chain: 0,
    commentedTo: 0,
    noCommentEnd: Number.POSITIVE_INFINITY,
    unclosedAt: -1,
    tooDeep: false,
  };
}

/** Reports a problem that leaves the structure of the text intact: parsing continues in both passes. */
export function report(c: Cursor, message: string, start: number, end: number, help?: string): void {
  note(c, { message, help, start, end: Math.max(start, end), until: Math.max(start, end), unclosed: false });
}

function note(c: Cursor, problem: HclProblem): void {
  // A problem within another one is mostly its consequence.
  const last = c.problems[c.problems.length - 1];
  if (last && last.start <= problem.start && problem.end <= last.end) return;
  if (c.problems.length < MAX_PROBLEMS) c.problems.push(problem);
}

/** Reports a problem after which the structure is a guess. Ends the strict pass. */
export function fail(c: Cursor, message: string, start: number, end: number, help?: string): void {
  if (!c.recovering) throw STRICT_FAILURE;
  const until = Math.min(c.limit, c.lines.endOf(Math.max(start, Math.min(c.pos, c.text.length))));
  note(c, { message, help, start, end: Math.max(start, end), until, unclosed: false });
}

/** {@link fail} for something that is not closed before the cursor. */
export function failUnclosed(c: Cursor, message: string, start: number, end: number, help: string): void {
  if (!c.recovering) throw STRICT_FAILURE;
  note(c, { message, help, start, end: Math.max(start, end), until: Math.max(end, c.pos), unclosed: true });
}

/** {@link failUnclosed} for a bracket whose partner is missing; of several at one place, one is reported. */
export function unclosed(c: Cursor, message: string, start: number, end: number, help: string): void {
  const repeated = c.unclosedAt === c.pos;
  c.unclosedAt = c.pos;
  // A file that was cut off lacks more than a bracket.
  const cutOff = c.text.length - c.pos < 100 && c.text.slice(c.pos).trim() === '';
  const bracket = /^Add (`.`)$/.exec(help)?.[1];
  const lacks = cutOff && bracket ? `The file ends here: add ${bracket} and what is missing before it` : help;
  if (!repeated) failUnclosed(c, message, start, end, lacks);
}

/** {@link fail} at the token at the cursor. */
export function failHere(c: Cursor, message: string, help?: string): void {
  const at = Math.min(c.pos, c.text.length);
  fail(c, message, at, tokenEnd(c, at), help);
}

/** Where the word, number or character at `at` ends; `at` itself at the end of a line. */
function tokenEnd(c: Cursor, at: number): number {
  const code = c.text.charCodeAt(at);
  if (at >= c.limit || code === NEWLINE || code === RETURN) return at;
  const word = identifierEnd(c.text, at, c.limit);
  return word > at ? word : Math.min(c.limit, at + (c.text.codePointAt(at)! > 0xffff ? 2 : 1));
}

/** Skips the word, number or character at the cursor. */
export function skipToken(c: Cursor): void {
  c.pos = Math.max(c.pos + 1, tokenEnd(c, c.pos));
}

/** Opens a construct; false (and a problem) when too many are open. After true, call {@link leave}. */
export function enter(c: Cursor): boolean {
  if (c.depth >= MAX_DEPTH) {
    if (!c.recovering) throw STRICT_FAILURE;
    if (!c.tooDeep) report(c, `Nested more than ${MAX_DEPTH} levels deep`, c.pos, tokenEnd(c, c.pos));
    c.tooDeep = true;
    return false;
  }
  c.depth++;
  return true;
}

/** Closes what {@link enter} opened. */
export function leave(c: Cursor): void {
  c.depth--;
}

/** The character at the cursor, after whitespace and comments; `NEWLINE` for `\r\n` too; {@link END} at the end. */
export function peek(c: Cursor): number {
  const { text } = c;
  for (;;) {
    if (c.pos >= c.limit || c.pos === c.barrier) return END;
    const code = text.charCodeAt(c.pos);
    if (code === SPACE || code === TAB) c.pos++;
    else if (code === NEWLINE || (code === RETURN && text.charCodeAt(c.pos + 1) === NEWLINE)) {
      if (c.newlines) return NEWLINE;
      c.pos += code === NEWLINE ? 1 : 2;
      if (c.recovering) c.barrier = c.lines.barrierIn(c.pos);
    } else if (code === HASH || code === SLASH) {
      if (!skipComment(c, code)) return code;
    } else return code;
  }
}

/** Takes the line break at the cursor. */
export function takeNewline(c: Cursor): void {
  c.pos += c.text.charCodeAt(c.pos) === RETURN ? 2 : 1;
}

function skipComment(c: Cursor, code: number): boolean {
  const { text } = c;
  const start = c.pos;
  const next = text.charCodeAt(start + 1);
  let end: number;
  let style: HclComment['style'];
  if (code === SLASH && next === STAR) {
    const close = start >= c.noCommentEnd ? -1 : text.indexOf('*/', start + 2);
    style = 'block';
    if (close < 0 || close + 2 > c.limit) {
      if (close < 0) c.noCommentEnd = Math.min(c.noCommentEnd, start);
      fail(c, 'Unclosed comment', start, start + 2, 'Add `*/`');
      end = Math.min(c.limit, c.lines.endOf(start));
    } else end = close + 2;
  } else if (code === HASH || next === SLASH) {
    style = code === HASH ? 'hash' : 'slashes';
    end = Math.min(c.limit, c.lines.endOf(start));
  } else return false;
  if (start >= c.commentedTo) {
    c.comments.push({ kind: 'comment', style, start, end });
    c.commentedTo = end;
  }
  c.pos = end;
  return true;
}

/** Whether an identifier starts at the cursor. Call after {@link peek}. */
export function atIdentifier(c: Cursor): boolean {
  return c.pos < c.limit && c.pos !== c.barrier && startsIdentifier(c.text, c.pos);
}

/** Takes the identifier at the cursor; its text is empty when there is none. */
export function takeName(c: Cursor): Name {
  const start = c.pos;
  c.pos = identifierEnd(c.text, start, c.limit);
  return { kind: 'name', text: c.text.slice(start, c.pos), start, end: c.pos };
}

/** Whether the identifier `word`, and not a longer one, is at the cursor. Call after {@link peek}. */
export function atWord(c: Cursor, word: string): boolean {
  return (
    atIdentifier(c) && c.text.startsWith(word, c.pos) && identifierEnd(c.text, c.pos, c.limit) === c.pos + word.length
  );
}

/**
 * The end of the number that starts at `at`. Like the Go scanner, it includes every following dot and exponent, as long as
 * the number does not end with a dot: `1..2` is one (bad) number, `1...` is a number and an ellipsis.
 */
export function numberEnd({ text, limit }: Pick<Cursor, 'text' | 'limit'>, at: number): number {
  let scan = at + 1;
  let end = scan;
  while (scan < limit) {
    const code = text.charCodeAt(scan);
    if (isDigit(code)) end = ++scan;
    else if (code === DOT) scan++;
    else if (code === 101 || code === 69) {
      const next = text.charCodeAt(scan + 1);
      const digit = next === PLUS || next === MINUS ? scan + 2 : scan + 1;
      if (digit >= limit || !isDigit(text.charCodeAt(digit))) break;
      end = scan = digit + 1;
    } else break;
  }
  return end;
}

/** A placeholder for an expression that is not there. */
export function invalid(start: number, end: number): Invalid {
  return { kind: 'invalid', start, end };
}
