import type { Attribute, Block, Body, Label, Name } from './ast.ts';
import { CLOSE_BRACE, COMMA, EQUALS, GREATER, NEWLINE, OPEN_BRACE, QUOTE } from './characters.ts';
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
  takeNewline,
} from './cursor.ts';
import { parseExpression } from './expressions.ts';
import { closingBrace, leavesBlock, type OpenBody, skipLine } from './recovery.ts';
import { parseQuotedLabel } from './templates.ts';

/** The items of a file, the cursor at its start. */
export function parseFileBody(c: Cursor): Body {
  const start = c.pos;
  const open: OpenBody = { parent: undefined, indent: -1, itemIndent: undefined };
  const items = parseItems(c, open, undefined).items;
  return { kind: 'body', items, start, end: c.text.length };
}

/** The items of a body up to the `}` of its block (`header` is what to point at when it is missing) or the end. */
function parseItems(
  c: Cursor,
  open: OpenBody,
  header: Name | undefined,
): { items: (Attribute | Block)[]; closeBrace: number | undefined } {
  const items: (Attribute | Block)[] = [];
  const names = new Map<string, number>();
  for (;;) {
    c.barrier = -1;
    const code = peek(c);
    if (code === NEWLINE) {
      takeNewline(c);
      continue;
    }
    if (code < 0 || (c.recovering && header && leavesBlock(c, open))) {
      if (header) unclosedBlock(c, header);
      return { items, closeBrace: undefined };
    }
    if (code === CLOSE_BRACE) {
      const verdict = header ? closingBrace(c, open) : 'stray';
      if (verdict === 'own') return { items, closeBrace: c.pos++ };
      if (verdict === 'outer') {
        unclosedBlock(c, header!);
        return { items, closeBrace: undefined };
      }
      failHere(c, 'Unmatched `}`', 'Remove it, or add the `{` that it closes');
      c.pos++;
      continue;
    }
    if (c.recovering) open.itemIndent ??= c.lines.leadingColumn(c.pos);
    if (!atIdentifier(c)) {
      failHere(c, 'Expected an attribute or a block', 'Write `name = value` or `name { … }`');
      skipLine(c);
      continue;
    }
    const item = parseItem(c, open);
    if (!item) continue;
    items.push(item);
    if (item.kind === 'attribute') noteName(c, names, item);
  }
}

/** An attribute or a block, the cursor at its name. */
function parseItem(c: Cursor, open: OpenBody): Attribute | Block | undefined {
  const name = takeName(c);
  const code = peek(c);
  if (isAssignment(c, code)) {
    const attribute = parseAttribute(c, name);
    endItem(c, 'value');
    return attribute;
  }
  if (code === QUOTE || code === OPEN_BRACE || atIdentifier(c)) return parseBlock(c, name, open);
  // A lone word above deeper items is a block whose brace is not typed yet, or was lost.
  if (code === NEWLINE && c.recovering && opensItems(c, name)) return parseBlock(c, name, open);
  fail(c, `Expected \`=\` or \`{\` after ${shown(name) ?? 'this name'}`, name.start, name.end, assignHelp(name));
  skipLine(c);
  return undefined;
}

function opensItems(c: Cursor, name: Name): boolean {
  return c.lines.leadingColumn(name.start) !== undefined && c.lines.opensItems(c.pos, c.lines.indentOf(name.start));
}

function isAssignment(c: Cursor, code: number): boolean {
  const next = c.text.charCodeAt(c.pos + 1);
  return code === EQUALS && next !== EQUALS && next !== GREATER;
}

/** The rest of an attribute, the cursor at its `=`. */
function parseAttribute(c: Cursor, name: Name): Attribute {
  const end = ++c.pos;
  const value = parseExpression(c);
  return { kind: 'attribute', name, value, start: name.start, end: Math.max(end, value.end) };
}

/** The line break that every item ends with. */
function endItem(c: Cursor, what: 'value' | 'block'): void {
  const code = peek(c);
  if (code < 0) return;
  if (code === NEWLINE) takeNewline(c);
  // In the recovery pass a bracket that was never closed may have left the cursor at the start of a line.
  else if (!c.recovering || c.lines.leadingColumn(c.pos) === undefined) {
    const help = code === COMMA ? 'Remove the comma' : 'Start the next attribute or block on a new line';
    failHere(c, `Expected a line break after this ${what}`, help);
    if (code !== CLOSE_BRACE) skipLine(c);
  }
}

function parseBlock(c: Cursor, type: Name, outer: OpenBody): Block | undefined {
  const labels: Label[] = [];
  let code = peek(c);
  for (; code !== OPEN_BRACE; code = peek(c)) {
    if (code === QUOTE) labels.push(parseQuotedLabel(c));
    else if (atIdentifier(c)) labels.push(bareLabel(takeName(c)));
    else break;
  }
  const header = { start: type.start, end: labels.at(-1)?.end ?? type.end };
  const indent = c.recovering ? c.lines.indentOf(type.start) : 0;
  const openBrace = code === OPEN_BRACE ? c.pos++ : undefined;
  if (openBrace === undefined) {
    failHere(c, `Expected \`{\` on the line of ${shown(type) ?? 'this block'}`, 'Put `{` on the same line');
    const isHeader = code !== EQUALS;
    skipLine(c);
    if (!isHeader || !c.lines.opensBody(c.pos, indent)) {
      const body: Body = { kind: 'body', items: [], start: header.end, end: header.end };
      return { kind: 'block', type, labels, header, body, openBrace, closeBrace: undefined, ...header };
    }
  }
  if (!enter(c)) {
    skipLine(c);
    return undefined;
  }
  const start = openBrace === undefined ? header.end : openBrace + 1;
  const open: OpenBody = { parent: outer, indent, itemIndent: undefined };
  const isLine = openBrace !== undefined && opensLine(peek(c));
  const { items, closeBrace } = (isLine ? parseLineBody(c) : undefined) ?? parseItems(c, open, type);
  leave(c);
  const end = closeBrace ?? Math.max(start, items.at(-1)?.end ?? start);
  const body: Body = { kind: 'body', items, start, end };
  const block: Block = {
    kind: 'block',
    type,
    labels,
    header,
    body,
    openBrace,
    closeBrace,
    start: type.start,
    end: closeBrace === undefined ? end : closeBrace + 1,
  };
  if (closeBrace !== undefined) endItem(c, 'block');
  return block;
}

function bareLabel(name: Name): Label {
  const { text, start, end } = name;
  return {
    kind: 'label',
    quoted: false,
    text,
    runs: [{ length: text.length, start, end, verbatim: true }],
    start,
    end,
  };
}

/** Whether the first token after a block's `{` makes it a block on one line. */
function opensLine(code: number): boolean {
  return code !== NEWLINE && code >= 0 && code !== CLOSE_BRACE;
}

/**
 * `{ name = value }`: one attribute and nothing else, all on one line. In the recovery pass, undefined for anything else;
 * it is then read as if each item were on its own line.
 */
function parseLineBody(c: Cursor): { items: Attribute[]; closeBrace: number } | undefined {
  const { pos } = c;
  if (atIdentifier(c)) {
    const name = takeName(c);
    if (isAssignment(c, peek(c))) {
      const attribute = parseAttribute(c, name);
      if (peek(c) === CLOSE_BRACE) return { items: [attribute], closeBrace: c.pos++ };
    }
  }
  failHere(c, 'Expected one attribute and `}` in a block on one line', 'Put each attribute on a line of its own');
  c.pos = pos;
  return undefined;
}

function noteName(c: Cursor, names: Map<string, number>, { name }: Attribute): void {
  const word = shown(name);
  if (names.has(name.text))
    report(c, word ? `Duplicate attribute ${word}` : 'Duplicate attribute', name.start, name.end, 'Remove one of them');
  else names.set(name.text, name.start);
}

function unclosedBlock(c: Cursor, header: Name): void {
  const name = shown(header);
  failUnclosed(c, name ? `Unclosed ${name} block` : 'Unclosed block', header.start, header.end, 'Add `}`');
}

function assignHelp(name: Name): string {
  const word = PLAIN.test(name.text) ? name.text : 'name';
  return `Write \`${word} = value\` or \`${word} { … }\``;
}

/** A name for a message; undefined for one that may be anything that was pasted, such as a key. */
function shown({ text }: Name): string | undefined {
  return PLAIN.test(text) ? `\`${text}\`` : undefined;
}
const PLAIN = /^[a-z][a-z_-]{0,30}$/;
