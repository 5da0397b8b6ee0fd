/**
 * The tags of a Jinja template (`{{ … }}`, `{% … %}`) and the tokens in them, as cloud-init's Jinja reads them: default
 * delimiters, no line statements (https://jinja.palletsprojects.com/en/stable/templates/).
 */

import { UNRESOLVED } from '../../../core/text.ts';

/** A token inside a tag. Offsets count in the template's text. */
export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'sign';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A tag. Comments have no tokens; `{% raw %}` and `{% endraw %}` are tags, what is between them is text. */
export interface Tag {
  readonly kind: 'output' | 'statement' | 'comment';
  readonly tokens: readonly Token[];
  /** With its delimiters. */
  readonly start: number;
  readonly end: number;
}

/** Why Jinja rejects a template: what is wrong in it, and where. */
export interface JinjaProblem {
  readonly message: string;
  readonly help: string;
  readonly start: number;
  readonly end: number;
}

export interface Tags {
  readonly tags: readonly Tag[];
  /** The first problem; nothing behind it is read. */
  readonly problem: JinjaProblem | undefined;
  /** Another program fills in something, so that there may be more tags. */
  readonly partial: boolean;
}

const RAW = /\{%[-+]?\s{0,99}raw\s{0,99}-?%\}/y;
const END_OF_RAW = /\{%[-+]?\s{0,99}endraw\s{0,99}[-+]?%\}/g;
const NAME = /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy;
/** A word may be directly behind: `2and x`. */
const NUMBER =
  /0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[\da-fA-F])+|\d(?:_?\d)*(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?/y;
const SIGN = /\*\*|\/\/|[=!<>]=|[-+*/%~[\](){}<>=.:|,;]/y;
const CLOSE: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const DELIMITERS = { '{{': '}}', '{%': '%}' } as const;

/** All tags of a template from `from` on, until one cannot be read. */
export function tagsOf(text: string, from: number): Tags {
  const tags: Tag[] = [];
  const opening = /\{[{%#]/g;
  opening.lastIndex = from;
  for (let found = opening.exec(text); found; found = opening.exec(text)) {
    const start = found.index;
    const read = found[0] === '{#' ? comment(text, start) : (raw(text, start) ?? tag(text, start, found[0] as '{{'));
    if (read === undefined) return { tags, problem: undefined, partial: true };
    if ('message' in read) return { tags, problem: read, partial: true };
    tags.push(...read);
    opening.lastIndex = read.at(-1)!.end;
  }
  return { tags, problem: undefined, partial: text.includes(UNRESOLVED, from) };
}

function comment(text: string, start: number): readonly Tag[] | JinjaProblem {
  const close = text.indexOf('#}', start + 2);
  // Jinja does not look for the end of what is at the end of the text.
  if (close >= 0 || isEnd(text, start + 2))
    return [{ kind: 'comment', tokens: [], start, end: close < 0 ? text.length : close + 2 }];
  const shell = text[start - 1] === '$';
  return {
    message: `\`{#\` starts a Jinja comment that nothing ends`,
    help: shell ? 'Put `{% raw %}` and `{% endraw %}` around the shell code' : 'Write `#}` after the comment',
    start,
    end: start + 2,
  };
}

/** Whether a place is the end; the last line break is none of the text for Jinja. */
function isEnd(text: string, at: number): boolean {
  return text.length - at <= 2 && /^\r?\n?$/.test(text.slice(at));
}

function raw(text: string, start: number): readonly Tag[] | JinjaProblem | undefined {
  RAW.lastIndex = start;
  const opened = RAW.exec(text);
  if (!opened) return undefined;
  const inside = start + opened[0].length;
  END_OF_RAW.lastIndex = inside;
  const closed = END_OF_RAW.exec(text);
  if (!closed && isEnd(text, inside)) return [{ kind: 'comment', tokens: [], start, end: inside }];
  if (!closed)
    return {
      message: '`{% raw %}` without `{% endraw %}`',
      help: 'Write `{% endraw %}` after it',
      start,
      end: inside,
    };
  const end = closed.index + closed[0].length;
  return [
    { kind: 'comment', tokens: [], start, end: inside },
    { kind: 'comment', tokens: [], start: closed.index, end },
  ];
}

/**
 * An output or a statement. Inside brackets, its closing delimiter does not end it. `undefined`: what it says depends on
 * another program.
 */
function tag(text: string, start: number, opening: keyof typeof DELIMITERS): readonly Tag[] | JinjaProblem | undefined {
  const closing = DELIMITERS[opening];
  const tokens: Token[] = [];
  const open: string[] = [];
  let at = start + 2;
  if (text[at] === '-' || text[at] === '+') at++;
  for (;;) {
    at = afterSpace(text, at);
    if (at >= text.length) return unclosed(text, start, opening);
    if (open.length === 0) {
      const signed = (text[at] === '-' || (text[at] === '+' && opening === '{%')) && text.startsWith(closing, at + 1);
      if (signed || text.startsWith(closing, at)) {
        const end = at + (signed ? 3 : 2);
        return [{ kind: opening === '{{' ? 'output' : 'statement', tokens, start, end }];
      }
    }
    if (text[at] === UNRESOLVED) return undefined;
    const token = tokenAt(text, at);
    if (!token) return isTagOpen(text, start, at, closing) ? unclosed(text, start, opening) : strange(text, at);
    if (token.kind === 'sign') {
      const { text: sign } = token;
      const close = CLOSE[sign];
      if (close) open.push(close);
      else if (sign === ')' || sign === ']' || sign === '}') {
        if (open.pop() !== sign)
          return isOnLaterLine(text, start, at) ? unclosed(text, start, opening) : misplaced(token, closing);
      }
    }
    tokens.push(token);
    at = token.end;
  }
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at]!)) at++;
  return at;
}

function tokenAt(text: string, at: number): Token | undefined {
  const character = text[at]!;
  if (character === '"' || character === "'") {
    const end = endOfString(text, at);
    return end === undefined ? undefined : { kind: 'string', text: text.slice(at, end), start: at, end };
  }
  for (const [kind, pattern] of [
    ['name', NAME],
    ['number', NUMBER],
    ['sign', SIGN],
  ] as const) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found) return { kind, text: found, start: at, end: at + found.length };
  }
  return undefined;
}

function endOfString(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[start]) return at + 1;
  }
  return undefined;
}

/** Whether a place is on another line than the tag's start: then the tag is what is wrong. */
export function isOnLaterLine(text: string, start: number, at: number): boolean {
  const newline = text.indexOf('\n', start);
  return newline >= 0 && newline < at;
}

/** The problem of a tag that nothing closes. */
export function unclosed(text: string, start: number, opening: keyof typeof DELIMITERS): JinjaProblem {
  const newline = text.indexOf('\n', start);
  const line = text.slice(start, newline < 0 ? text.length : newline).trimEnd();
  return {
    message: `Jinja's \`${opening}\` is not closed`,
    help: `Write \`${DELIMITERS[opening]}\` after the expression`,
    start,
    end: start + Math.max(2, Math.min(line.length, 120)),
  };
}

/** Whether what cannot be read shows that the tag was not closed: it is on another line, or a quote that the tag ran into. */
function isTagOpen(text: string, start: number, at: number, closing: string): boolean {
  if (isOnLaterLine(text, start, at)) return true;
  const newline = text.indexOf('\n', at);
  const rest = text.slice(at, newline < 0 ? text.length : newline);
  return /^["']/.test(rest) && !rest.includes(closing);
}

function strange(text: string, at: number): JinjaProblem {
  const quote = text[at] === '"' || text[at] === "'";
  return {
    message: quote ? 'String in a Jinja tag is not closed' : 'A character in a Jinja tag that Jinja does not know',
    help: quote ? 'Close the string' : 'Put `{% raw %}` and `{% endraw %}` around what is not for Jinja',
    start: at,
    end: at + 1,
  };
}

function misplaced({ start, end, text }: Token, closing: string): JinjaProblem {
  const half = closing.endsWith(text);
  return {
    message: `\`${text}\` in a Jinja tag closes nothing`,
    help: half ? `Write \`${closing}\` at the end of the tag` : 'Remove it, or write the bracket that it closes',
    start,
    end,
  };
}
