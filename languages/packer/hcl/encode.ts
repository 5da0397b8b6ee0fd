import { type Encode, UNRESOLVED } from '../../../core/text.ts';
import type { HclNode, JsonHost, Template } from './ast.ts';
import { isSpace } from './characters.ts';

const QUOTED_ESCAPES: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '"': '\\"',
  '\\': '\\\\',
};

/** A half of a surrogate pair on its own, which no escape can write. */
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/**
 * Writes text inside a quoted string; undefined for half a surrogate pair, and where an empty text would join a `$` with the
 * `{` after it.
 */
export const encodeQuoted: Encode = (text, { before }) => {
  if (LONE_SURROGATE.test(text) || text.includes(UNRESOLVED)) return undefined;
  if (text === '') return isSigil(before) ? undefined : '';
  let written = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    const known = QUOTED_ESCAPES[char];
    if (known !== undefined) written += known;
    else if (char < ' ' || char === '\x7f') written += unicodeEscape(char);
    else if (char === '{' && at === 0 && isSigil(before)) written += unicodeEscape(char);
    // The decoded text after it may be an interpolation's value, not what is written there.
    else if (isSigil(char) && at === text.length - 1) written += unicodeEscape(char);
    else if (isSigil(char) && text[at + 1] === '{') written += char + char;
    else written += char;
  }
  return written;
};

/**
 * Writes text inside a string of JSON. Undefined where JSON's escapes would not keep a `${` from being read as the start of
 * an interpolation, since they are gone before templates are read.
 */
export function jsonEncoder(host: JsonHost): Encode {
  return (text, at) => {
    if (LONE_SURROGATE.test(text) || text.includes(UNRESOLVED)) return undefined;
    if (host === 'literal') return inJson(text);
    if (host === 'code') {
      const quoted = encodeQuoted(text, at);
      return quoted === undefined ? undefined : inJson(quoted);
    }
    const joins = isSigil(at.before) && (text === '' || text.startsWith('{'));
    if (joins || isSigil(text.slice(-1))) return undefined;
    return inJson(text.replace(/[$%](?=\{)/g, '$&$&'));
  };
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/**
 * Writes text inside a heredoc of `source`, the text it was parsed from: new lines get the indentation that `<<-`
 * removes. Undefined for what a heredoc cannot hold (a carriage return on its own, a line with only the closing marker),
 * for what would change the indentation that `<<-` finds, and for a template that is not a heredoc.
 */
export function heredocEncoder({ heredoc, content }: Template, source: string): Encode {
  const holders = heredoc?.flush ? indentationHolders(source, content, heredoc.indent) : undefined;
  return (text, { before, parentStart, parentEnd }) => {
    if (!heredoc || text.includes(UNRESOLVED) || /\r(?!\n)/.test(text) || LONE_SURROGATE.test(text)) return undefined;
    // The decoded text around it may be an interpolation's value: only the source shows what is written there.
    const startsLine = (before === '' || before === '\n') && isBlankFrom(source, parentStart);
    const endsAll = parentEnd >= content.end;
    const after = endsAll ? '' : source.slice(parentEnd, parentEnd + 2);
    const next = text === '' ? after : text;
    if (isSigil(source[parentStart - 1] ?? '') && (text === '' ? opens(after) : text.startsWith('{'))) return undefined;
    if (isSigil(text.slice(-1)) && opens(after)) return undefined;
    // The closing marker needs its own line, and no other line may look like it.
    if (endsAll && (text === '' ? !startsLine : !text.endsWith('\n'))) return undefined;
    if (closesEarly(source, parentStart, parentEnd, text, heredoc.marker.text, content)) return undefined;
    // A blank line has no indentation yet.
    const isBare = source[parentStart - 1] === '\n';
    if (holders) {
      const holds = holders.first < parentStart || holders.last > parentEnd;
      const isBlank = next === '' || isSpace(next.charCodeAt(0));
      if (startsLine && isBlank && (!holds || (!isBare && trim(text.split('\n', 1)[0]!) === ''))) return undefined;
      // Within the whitespace at the start of a line it is unknown how much is removed once text follows.
      if (!startsLine && (!holds || isBlankFrom(source, parentStart))) return undefined;
    }
    const lines = text.split('\n');
    return lines
      .map((line, i) => {
        // Nothing is removed from a blank line, so it must not get an indentation.
        const isBlank = trim(line) === '' && (i < lines.length - 1 || isBlankUpTo(source, parentEnd, content.end));
        return (i === 0 && !isBare) || isBlank ? line : heredoc.indent + line;
      })
      .join('\n')
      .replace(/[$%](?=\{)/g, '$&$&');
  };
}

/** Whether a line that `text` becomes part of would be a closing marker. */
function closesEarly(
  source: string,
  start: number,
  end: number,
  text: string,
  marker: string,
  content: HclNode,
): boolean {
  const lineStart = source.lastIndexOf('\n', start - 1) + 1;
  const newline = source.indexOf('\n', end);
  const lineEnd = end >= content.end || newline < 0 ? end : newline;
  const written = source.slice(lineStart, start) + text + source.slice(end, lineEnd);
  return written.includes(marker) && written.split('\n').some(line => trim(line) === marker);
}

/**
 * Where the first of the lines that have no more than the removed indentation has its text, and where the last of them
 * starts. As long as one of them stays, `<<-` removes the same.
 */
function indentationHolders(source: string, content: HclNode, indent: string): { first: number; last: number } {
  let first = Number.POSITIVE_INFINITY;
  let last = -1;
  let at = content.start;
  while (at < content.end) {
    const text = at + indent.length;
    const newline = source.indexOf('\n', at);
    const end = newline < 0 ? content.end : newline;
    if (text < end && trim(source.slice(at, text)) === '' && !isSpace(source.charCodeAt(text))) {
      first = Math.min(first, text);
      last = at;
    }
    at = end + 1;
  }
  return { first, last };
}

/** Whether only whitespace is between `at` and the end of its line. */
function isBlankUpTo(source: string, at: number, end: number): boolean {
  let scan = at;
  while (scan < end && source[scan] !== '\n' && isSpace(source.charCodeAt(scan))) scan++;
  return scan >= end || source[scan] === '\n';
}

/** Whether only whitespace is between the start of the line and `at`. */
function isBlankFrom(source: string, at: number): boolean {
  let scan = at;
  while (scan > 0 && source[scan - 1] !== '\n' && isSpace(source.charCodeAt(scan - 1))) scan--;
  return source[scan - 1] === '\n';
}

function isSigil(char: string): boolean {
  return char === '$' || char === '%';
}

/** Whether a `$` in front of this text would open a sequence or escape one. */
function opens(text: string): boolean {
  return text.startsWith('{') || text.startsWith('${') || text.startsWith('%{');
}

function unicodeEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function trim(line: string): string {
  let start = 0;
  let end = line.length;
  while (start < end && isSpace(line.charCodeAt(start))) start++;
  while (end > start && isSpace(line.charCodeAt(end - 1))) end--;
  return line.slice(start, end);
}
