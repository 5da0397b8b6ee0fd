import type {
  DirectiveMarker,
  HeredocFrame,
  Interpolation,
  Label,
  Name,
  Template,
  TemplatePart,
  TextPart,
} from './ast.ts';
import {
  BACKSLASH,
  CLOSE_BRACE,
  DOLLAR,
  identifierEnd,
  isSpace,
  MINUS,
  NEWLINE,
  OPEN_BRACE,
  PERCENT,
  QUOTE,
  RETURN,
  SPACE,
  TAB,
  TILDE,
} from './characters.ts';
import { parseForHead } from './collections.ts';
import {
  atIdentifier,
  type Cursor,
  enter,
  fail,
  failHere,
  failUnclosed,
  leave,
  peek,
  report,
  takeName,
  unclosed,
} from './cursor.ts';
import { type DirectiveToken, nestDirectives, type TemplateToken } from './directives.ts';
import { parseExpression } from './expressions.ts';
import { type Literal, LiteralBuilder, removeIndentation, stripBack, stripFront } from './literals.ts';

const LONE_RETURN = 'Carriage return without a line feed';
const LINE_BREAKS = 'Use LF or CRLF line breaks';

/** A quoted string, the cursor at its quote. */
export function parseQuoted(c: Cursor): Template {
  const start = c.pos++;
  const contentStart = c.pos;
  const depth = c.depth;
  const tokens = readTokens(c, QUOTED);
  c.depth = depth;
  const contentEnd = c.pos;
  const closed = c.pos < c.limit && c.text.charCodeAt(c.pos) === QUOTE;
  if (closed) c.pos++;
  else failUnclosed(c, 'Unclosed string', start, contentEnd, 'Add `"` before the end of the line');
  const parts = nestDirectives(c, tokens);
  const content = { start: contentStart, end: contentEnd };
  return { kind: 'template', heredoc: undefined, parts, content, closed, start, end: c.pos };
}

/** A heredoc, the cursor at `<<`; undefined when this does not open one (the cursor then does not move). */
export function parseHeredoc(c: Cursor): Template | undefined {
  const { text } = c;
  const start = c.pos;
  if (!text.startsWith('<<', start)) return undefined;
  const flush = text.charCodeAt(start + 2) === MINUS;
  const markerStart = start + (flush ? 3 : 2);
  const markerEnd = identifierEnd(text, markerStart, c.limit);
  // With whitespace between the marker and the line break this does not open a heredoc.
  let contentStart = markerEnd;
  if (c.recovering && markerEnd > markerStart) {
    while (text.charCodeAt(contentStart) === SPACE || text.charCodeAt(contentStart) === TAB) contentStart++;
  }
  const blankEnd = contentStart;
  if (text.charCodeAt(contentStart) === RETURN) contentStart++;
  if (markerEnd === markerStart || text.charCodeAt(contentStart) !== NEWLINE || contentStart >= c.limit)
    return undefined;
  if (blankEnd > markerEnd)
    report(c, 'Whitespace after a heredoc marker', markerEnd, blankEnd, 'Put the line break right after the marker');
  contentStart++;
  const marker: Name = { kind: 'name', text: text.slice(markerStart, markerEnd), start: markerStart, end: markerEnd };
  const { limit, depth } = c;
  if (c.recovering) {
    const fence = c.lines.heredocFence(contentStart, marker.text, c.lines.indentOf(start));
    c.limit = Math.min(limit, fence ?? limit);
  }
  c.pos = contentStart;
  const tokens = readTokens(c, marker.text);
  c.depth = depth;
  const contentEnd = c.pos;
  const markerLine = c.pos >= c.limit ? -1 : closingMarker(c, c.pos, marker.text);
  const closed = markerLine >= 0;
  if (closed) {
    const lone = text.slice(c.pos, markerLine).indexOf('\r');
    if (lone >= 0) report(c, LONE_RETURN, c.pos + lone, c.pos + lone + 1, LINE_BREAKS);
    c.pos = markerLine;
  } else {
    const name = shownMarker(marker.text);
    failUnclosed(c, 'Unclosed heredoc', start, markerEnd, `Add a line that contains only ${name}, and a line break`);
    // The line break in front of the next item still ends this one.
    if (c.pos > contentStart && text.charCodeAt(c.pos - 1) === NEWLINE) c.pos--;
  }
  c.limit = limit;
  const indent = flush ? removeIndentation(tokens) : '';
  const heredoc: HeredocFrame = { marker, flush, indent };
  const parts = nestDirectives(c, tokens);
  return {
    kind: 'template',
    heredoc,
    parts,
    content: { start: contentStart, end: contentEnd },
    closed,
    start,
    end: c.pos,
  };
}

/** A marker for a message, unless it may be anything that was pasted. */
function shownMarker(marker: string): string {
  return /^[A-Za-z_-]{1,30}$/.test(marker) ? `\`${marker}\`` : 'its marker';
}

/** Where the text of a closing marker's line ends when `at`, a line's start, is such a line; otherwise -1. */
export function closingMarker({ text, limit }: Pick<Cursor, 'text' | 'limit'>, at: number, marker: string): number {
  let first = at;
  while (first < limit && isSpace(text.charCodeAt(first)) && text.charCodeAt(first) !== NEWLINE) first++;
  if (!text.startsWith(marker, first)) return -1;
  let end = first + marker.length;
  while (end < limit && text.charCodeAt(end) !== NEWLINE) {
    if (!isSpace(text.charCodeAt(end))) return -1;
    end++;
  }
  // Without a line break after it, Go reads the marker as content.
  if (end >= limit) return -1;
  return text.charCodeAt(end - 1) === RETURN ? end - 1 : end;
}

/** The text from the cursor to its limit as a template without delimiters or escapes: what a JSON string holds. */
export function parseBare(c: Cursor): TemplatePart[] {
  return nestDirectives(c, readTokens(c, BARE));
}

/** How a template ends: at a quote, at the limit, or at the line with a marker. */
const QUOTED = Symbol('quoted');
const BARE = Symbol('bare');

/**
 * The content of a template up to its closing quote or the line with its closing marker, where the cursor is left. A
 * quoted string ends at the end of the line at the latest.
 */
function readTokens(c: Cursor, frame: string | typeof QUOTED | typeof BARE): TemplateToken[] {
  const { text } = c;
  const tokens: TemplateToken[] = [];
  const isQuoted = frame === QUOTED;
  const marker = typeof frame === 'string' ? frame : undefined;
  let literal = new LiteralBuilder(text, c.pos);
  let stripNext = false;
  const flushLiteral = (): Literal | undefined => {
    const done = literal.done(c.pos);
    if (!done) return undefined;
    if (stripNext) stripFront(done);
    stripNext = false;
    tokens.push(done);
    return done;
  };
  let directives = 0;
  let lineStarts = marker !== undefined;
  while (c.pos < c.limit) {
    if (lineStarts) {
      lineStarts = false;
      if (closingMarker(c, c.pos, marker!) >= 0) break;
    }
    const code = text.charCodeAt(c.pos);
    if (code === NEWLINE) {
      if (isQuoted) break;
      c.pos++;
      flushLiteral();
      literal = new LiteralBuilder(text, c.pos);
      lineStarts = marker !== undefined;
    } else if (isQuoted && code === QUOTE) break;
    else if (isQuoted && code === BACKSLASH) readEscape(c, literal);
    else if ((code === DOLLAR || code === PERCENT) && opensSequence(c, c.pos)) {
      flushLiteral();
      const before = tokens[tokens.length - 1];
      const token = readSequence(c, code, isQuoted);
      if (token) {
        if (token.stripBefore && before?.kind === 'literal') stripBack(before);
        tokens.push(token);
        if (token.kind === 'directive') directives += nesting(c, token, directives);
      }
      stripNext = token?.stripAfter ?? false;
      literal = new LiteralBuilder(text, c.pos);
    } else if (
      (code === DOLLAR || code === PERCENT) &&
      text.charCodeAt(c.pos + 1) === code &&
      opensSequence(c, c.pos + 1)
    ) {
      literal.escape(code === DOLLAR ? '${' : '%{', c.pos, c.pos + 3);
      c.pos += 3;
    } else if (code === RETURN && text.charCodeAt(c.pos + 1) === NEWLINE && isQuoted) break;
    else {
      if (code === RETURN && frame !== BARE && text.charCodeAt(c.pos + 1) !== NEWLINE)
        report(c, LONE_RETURN, c.pos, c.pos + 1, LINE_BREAKS);
      c.pos++;
    }
  }
  flushLiteral();
  return tokens;
}

function opensSequence(c: Cursor, at: number): boolean {
  return at + 1 < c.limit && c.text.charCodeAt(at + 1) === OPEN_BRACE;
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
const ESCAPES = 'Write `\\\\` for a backslash, or use `\\n`, `\\r`, `\\t`, `\\"` or `\\uNNNN`';
const HEX_DIGITS = /^[0-9a-fA-F]*/;

/** An escape of a quoted string: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#template-expressions */
function readEscape(c: Cursor, literal: LiteralBuilder): void {
  const { text } = c;
  const start = c.pos;
  const selector = text[start + 1] ?? '';
  const simple = SIMPLE_ESCAPES[selector];
  if (simple !== undefined && start + 1 < c.limit) {
    c.pos = start + 2;
    literal.escape(simple, start, c.pos);
    return;
  }
  if (selector === 'u' || selector === 'U') {
    const wanted = selector === 'u' ? 4 : 8;
    const digits = HEX_DIGITS.exec(text.slice(start + 2, Math.min(c.limit, start + 2 + wanted)))![0];
    const point = Number.parseInt(digits, 16);
    const encodable = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
    c.pos = start + 2 + digits.length;
    if (digits.length === wanted && encodable) literal.escape(String.fromCodePoint(point), start, c.pos);
    else {
      const help = `Write the ${wanted} hexadecimal digits of a character after \`\\${selector}\``;
      report(c, 'Invalid Unicode escape', start, c.pos, help);
    }
    return;
  }
  // Only the backslash is consumed: the end of the line or an interpolation may follow.
  const isEnd = selector === '' || selector === '\n' || selector === '\r' || start + 1 >= c.limit;
  c.pos = start + (isEnd ? 1 : 2);
  report(c, 'Invalid escape sequence', start, c.pos, ESCAPES);
}

/** A `${…}` or `%{…}`, the cursor at its first character; undefined for a directive that cannot be made out. */
function readSequence(c: Cursor, code: number, isQuoted: boolean): Interpolation | DirectiveToken | undefined {
  const { newlines, limit } = c;
  const start = c.pos;
  c.pos += 2;
  const stripBefore = c.text.charCodeAt(c.pos) === TILDE && c.pos < limit;
  if (stripBefore) c.pos++;
  c.newlines = false;
  // While typing, a sequence is far more often unfinished than spread over lines.
  if (c.recovering && !c.sound.has(start)) c.limit = Math.min(limit, c.lines.endOf(start));
  const body = code === DOLLAR ? parseExpression(c) : parseDirective(c);
  const stripAfter = endSequence(c, start, code, isQuoted);
  if (!c.recovering && c.lines.endOf(start) < c.pos) c.sound.add(start);
  c.limit = limit;
  c.newlines = newlines;
  if (!body) return undefined;
  const span = { start, end: c.pos, stripBefore, stripAfter };
  return 'keyword' in body ? { ...body, ...span } : { kind: 'interpolation', expression: body, ...span };
}

/** Takes the `}` or `~}` of a sequence; true for `~}`. In the recovery pass, skips to it on the same line. */
function endSequence(c: Cursor, start: number, code: number, isQuoted: boolean): boolean {
  let next = peek(c);
  if (next !== CLOSE_BRACE && !(next === TILDE && c.text.charCodeAt(c.pos + 1) === CLOSE_BRACE)) {
    const sigil = code === DOLLAR ? '$' : '%';
    const literal = `write \`${sigil}${sigil}{\` for a literal \`${sigil}{\``;
    if (next < 0) unclosed(c, `Unclosed \`${sigil}{\``, start, start + 2, `Add \`}\`, or ${literal}`);
    else failHere(c, `Expected \`}\` to close \`${sigil}{\``, literal[0]!.toUpperCase() + literal.slice(1));
    let open = 0;
    while ((next = peek(c)) >= 0 && !(isQuoted && next === QUOTE) && !(next === CLOSE_BRACE && open === 0)) {
      if (next === OPEN_BRACE) open++;
      else if (next === CLOSE_BRACE) open--;
      c.pos++;
    }
    if (next === CLOSE_BRACE) c.pos++;
    return false;
  }
  c.pos += next === TILDE ? 2 : 1;
  return next === TILDE;
}

/** How a marker changes the number of open directives; closing one also gives back its place below the depth cap. */
function nesting(c: Cursor, token: DirectiveToken, open: number): number {
  if (token.keyword === 'if' || token.keyword === 'for') return 1;
  // An end marker without its opener is reported when the directives are nested.
  if (token.keyword === 'else' || open === 0) return 0;
  leave(c);
  return -1;
}

const KEYWORDS = 'Expected `if`, `else`, `endif`, `for` or `endfor` after `%{`';
const LITERAL_PERCENT = 'Write `%%{` for a literal `%{`';

type Directive = Omit<DirectiveToken, keyof DirectiveMarker>;

/**
 * The content of a `%{…}`. An `if` or `for` counts as one more open construct up to its end marker, so that nested
 * directives and the expressions in them stay below the depth cap together.
 */
function parseDirective(c: Cursor): Directive | undefined {
  peek(c);
  if (!atIdentifier(c)) {
    failHere(c, KEYWORDS, LITERAL_PERCENT);
    return undefined;
  }
  const word = takeName(c);
  const none = { condition: undefined, names: undefined, collection: undefined };
  switch (word.text) {
    case 'if':
      if (!enter(c)) return undefined;
      return { kind: 'directive', keyword: 'if', ...none, condition: parseExpression(c) };
    case 'for': {
      if (!enter(c)) return undefined;
      const names = parseForHead(c);
      if (!names) leave(c);
      return names && { kind: 'directive', keyword: 'for', ...none, names, collection: parseExpression(c) };
    }
    case 'endif':
    case 'endfor':
      return { kind: 'directive', keyword: word.text, ...none };
    case 'else':
      return { kind: 'directive', keyword: 'else', ...none };
    default:
      fail(c, KEYWORDS, word.start, word.end, LITERAL_PERCENT);
      return undefined;
  }
}

/** The quoted label of a block, the cursor at its quote. Labels cannot hold interpolations. */
export function parseQuotedLabel(c: Cursor): Label {
  const { parts, start, end } = parseQuoted(c);
  for (const part of parts) {
    if (part.kind !== 'text')
      report(c, 'Block label with an interpolation', part.start, part.end, 'Use a string without `${` and `%{`');
  }
  const texts = parts.filter((part): part is TextPart => part.kind === 'text');
  return {
    kind: 'label',
    quoted: true,
    text: texts.map(part => part.text).join(''),
    runs: texts.flatMap(part => part.runs),
    start,
    end,
  };
}
