import type { Expression, ForExpression, HclObject, Invalid, Name, ObjectItem, Tuple } from './ast.ts';
import { CLOSE_BRACE, CLOSE_BRACKET, CLOSE_PAREN, COLON, COMMA, EQUALS, GREATER, NEWLINE } from './characters.ts';
import {
  atIdentifier,
  atWord,
  type Cursor,
  failHere,
  invalid,
  peek,
  report,
  skipToken,
  takeName,
  takeNewline,
  unclosed,
} from './cursor.ts';
import { endsBrackets, parseExpression, startsTerm } from './expressions.ts';

/** Help for a malformed `for` expression. */
const FOR_FORM = 'Write `[for item in list : value]` or `{for key, item in map : key => value}`';

/** `[…]`, the cursor at its bracket. Line breaks are whitespace in it. */
export function parseTuple(c: Cursor): Expression {
  const start = c.pos++;
  const newlines = c.newlines;
  c.newlines = false;
  peek(c);
  const tuple = atWord(c, 'for') ? parseFor(c, start, 'tuple') : parseElements(c, start);
  c.newlines = newlines;
  return tuple;
}

function parseElements(c: Cursor, start: number): Tuple {
  const elements: Expression[] = [];
  const commas: (number | undefined)[] = [];
  for (;;) {
    const code = peek(c);
    if (code === CLOSE_BRACKET) {
      const close = c.pos++;
      return { kind: 'tuple', elements, commas, close, start, end: close + 1 };
    }
    if (endsBrackets(code)) {
      unclosed(c, 'Unclosed list', start, start + 1, 'Add `]`');
      return { kind: 'tuple', elements, commas, close: undefined, start, end: elements.at(-1)?.end ?? start + 1 };
    }
    if (!startsTerm(c, code)) {
      failHere(c, 'Expected a list element or `]`', 'Separate elements with commas, and close the list with `]`');
      skipToken(c);
      continue;
    }
    const before = c.pos;
    elements.push(parseExpression(c));
    if (c.pos === before) skipToken(c);
    const after = peek(c);
    commas.push(after === COMMA ? c.pos++ : undefined);
    if (after !== COMMA && after !== CLOSE_BRACKET && !endsBrackets(after))
      failHere(c, 'Expected `,` or `]` after this list element', 'Separate elements with commas');
  }
}

/** `{…}` as a value, the cursor at its brace. Line breaks separate items in it. */
export function parseObject(c: Cursor): Expression {
  const start = c.pos++;
  const newlines = c.newlines;
  // A `for` may be on the next line; line breaks only count in objects with items.
  c.newlines = false;
  peek(c);
  const isFor = atWord(c, 'for');
  c.newlines = !isFor;
  if (!isFor) {
    c.pos = start + 1;
    c.barrier = -1;
  }
  const object = isFor ? parseFor(c, start, 'object') : parseItems(c, start);
  c.newlines = newlines;
  return object;
}

function parseItems(c: Cursor, start: number): HclObject {
  const items: ObjectItem[] = [];
  const indent = c.recovering ? c.lines.indentOf(start) : 0;
  for (;;) {
    c.barrier = -1;
    const code = peek(c);
    if (code === NEWLINE) {
      takeNewline(c);
      continue;
    }
    if (code < 0 || (c.recovering && leavesObject(c, code, indent))) {
      unclosed(c, 'Unclosed object', start, start + 1, 'Add `}`');
      return { kind: 'object', items, close: undefined, start, end: items.at(-1)?.end ?? start + 1 };
    }
    if (code === CLOSE_BRACE) {
      const close = c.pos++;
      return { kind: 'object', items, close, start, end: close + 1 };
    }
    if (startsTerm(c, code)) items.push(...parseItem(c));
    else {
      failHere(c, 'Expected an object key or `}`', 'Separate entries with commas, and close the object with `}`');
      skipToken(c);
    }
  }
}

function parseItem(c: Cursor): ObjectItem[] {
  const before = c.pos;
  const key = parseExpression(c);
  const code = peek(c);
  const next = c.text.charCodeAt(c.pos + 1);
  const isEquals = code === EQUALS && next !== EQUALS && next !== GREATER;
  if (!isEquals && !(code === COLON && next !== COLON)) {
    failHere(c, 'Expected `=` and a value after this object key', 'Write `key = value`');
    if (c.pos === before) skipToken(c);
    return [];
  }
  c.pos++;
  const value = parseExpression(c);
  const separator = isEquals ? '=' : ':';
  const end = Math.max(value.end, key.end);
  const after = peek(c);
  let comma: number | undefined;
  if (after === COMMA) comma = c.pos++;
  else if (after === NEWLINE) takeNewline(c);
  else if (after !== CLOSE_BRACE && !(c.recovering && c.lines.leadingColumn(c.pos) !== undefined))
    failHere(c, 'Expected a line break, `,` or `}` after this object value', 'Separate entries with commas');
  return [{ kind: 'object-item', key, separator, value, comma, start: key.start, end }];
}

/** In the recovery pass: whether the line at the cursor is outside of an object opened at `indent`. */
function leavesObject(c: Cursor, code: number, indent: number): boolean {
  const column = c.lines.leadingColumn(c.pos);
  if (column === undefined) return false;
  if (c.lines.isTopLevel(c.pos)) return true;
  if (code === CLOSE_BRACE) return column < indent;
  if (code === CLOSE_BRACKET || code === CLOSE_PAREN) return column <= indent;
  const item = c.lines.itemAt(c.pos);
  return item === 'block' || (item === 'attribute' && column <= indent);
}

function parseFor(c: Cursor, start: number, shape: 'tuple' | 'object'): ForExpression | Invalid {
  takeName(c);
  const closer = shape === 'tuple' ? CLOSE_BRACKET : CLOSE_BRACE;
  const head = parseForHead(c);
  if (!head) return abandonFor(c, start, closer);
  const collection = parseExpression(c);
  if (peek(c) !== COLON || c.text.charCodeAt(c.pos + 1) === COLON) {
    failHere(c, 'Expected `:` after the collection of this `for`', FOR_FORM);
    return abandonFor(c, start, closer);
  }
  c.pos++;
  let key: Expression | undefined;
  let value = parseExpression(c);
  if (peek(c) === EQUALS && c.text.charCodeAt(c.pos + 1) === GREATER) {
    if (shape === 'tuple')
      report(c, '`=>` in a `for` that builds a list', c.pos, c.pos + 2, 'Use braces to build an object');
    c.pos += 2;
    key = value;
    value = parseExpression(c);
  } else if (shape === 'object')
    report(c, 'No key in a `for` that builds an object', value.start, value.end, 'Write `key => value`');
  peek(c);
  const group = c.text.startsWith('...', c.pos) && c.pos < c.limit;
  if (group) {
    if (shape === 'tuple') report(c, '`...` in a `for` that builds a list', c.pos, c.pos + 3, 'Remove it');
    c.pos += 3;
  }
  peek(c);
  let condition: Expression | undefined;
  if (atWord(c, 'if')) {
    takeName(c);
    condition = parseExpression(c);
  }
  let end = (condition ?? value).end;
  if (peek(c) === closer) end = ++c.pos;
  else {
    failHere(c, `Expected \`${shape === 'tuple' ? ']' : '}'}\` to close this \`for\``, FOR_FORM);
    end = Math.max(end, abandonFor(c, start, closer).end);
  }
  const { keyName, valueName } = head;
  return { kind: 'for', shape, keyName, valueName, collection, key, value, group, condition, start, end };
}

/** The names and the `in` of a for-expression or a for-directive, the cursor after its `for`. */
export function parseForHead(c: Cursor): { keyName: Name | undefined; valueName: Name } | undefined {
  peek(c);
  if (!atIdentifier(c)) {
    failHere(c, 'Expected a variable name after `for`', FOR_FORM);
    return undefined;
  }
  let keyName: Name | undefined;
  let valueName = takeName(c);
  if (peek(c) === COMMA) {
    c.pos++;
    peek(c);
    if (!atIdentifier(c)) {
      failHere(c, 'Expected a second variable name after this comma', FOR_FORM);
      return undefined;
    }
    keyName = valueName;
    valueName = takeName(c);
    peek(c);
  }
  if (!atWord(c, 'in')) {
    failHere(c, 'Expected `in` after the variables of this `for`', FOR_FORM);
    return undefined;
  }
  takeName(c);
  return { keyName, valueName };
}

/** In the recovery pass: skips to the bracket that closes a broken `for`, or to where it cannot be any more. */
function abandonFor(c: Cursor, start: number, closer: number): Invalid {
  for (;;) {
    const code = peek(c);
    if (code === closer) return invalid(start, ++c.pos);
    if (endsBrackets(code)) return invalid(start, c.pos);
    skipToken(c);
  }
}
