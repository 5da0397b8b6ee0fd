import { type Encode, HOLE } from '../../../core/text.ts';
import type { Template } from './ast.ts';
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

/** Writes text inside a quoted string; undefined for half a surrogate pair, and where emptiness would open a `${`. */
export const encodeQuoted: Encode = (text, { before, after }) => {
  if (LONE_SURROGATE.test(text) || text.includes(HOLE)) return undefined;
  if (text === '') return isSigil(before) && opens(after) ? undefined : '';
  let written = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    const known = QUOTED_ESCAPES[char];
    if (known !== undefined) written += known;
    else if (char < ' ' || char === '\x7f') written += unicodeEscape(char);
    else if (char === '{' && at === 0 && isSigil(before)) written += unicodeEscape(char);
    else if (isSigil(char) && at === text.length - 1 && opens(after)) written += unicodeEscape(char);
    else if (isSigil(char) && text[at + 1] === '{') written += char + char;
    else written += char;
  }
  return written;
};

/**
 * Writes text inside a heredoc: new lines get the indentation that `<<-` removes. Undefined for what a heredoc cannot
 * hold (a carriage return on its own, a line with only the closing marker), for what would change the indentation that
 * `<<-` finds (a line that comes to start with a blank), and for a template that is no heredoc.
 */
export function heredocEncoder({ heredoc }: Template): Encode {
  return (text, { before, after }) => {
    if (!heredoc || text.includes(HOLE) || /\r(?!\n)/.test(text) || LONE_SURROGATE.test(text)) return undefined;
    const next = text === '' ? after : text;
    if ((isSigil(before) && opens(next)) || (isSigil(text.slice(-1)) && opens(after))) return undefined;
    const startsLine = before === '' || before === '\n';
    if (heredoc.flush && startsLine && (next === '' || isSpace(next.charCodeAt(0)))) return undefined;
    const lines = text.split('\n');
    if (lines.some(line => trim(line) === heredoc.marker.text)) return undefined;
    return lines
      .map((line, i) => {
        // A blank line keeps all it has, so it must not get an indentation.
        const isBlank = trim(line) === '' && (i < lines.length - 1 || after === '' || isSpace(after.charCodeAt(0)));
        return i === 0 || isBlank ? line : heredoc.indent + line;
      })
      .join('\n')
      .replace(/[$%](?=\{)/g, '$&$&');
  };
}

function isSigil(char: string): boolean {
  return char === '$' || char === '%';
}

function opens(text: string): boolean {
  return text.startsWith('{') || text.startsWith(HOLE);
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
