import type { Binary, BinaryOperator, Call, Expression, Name, TraversalStep } from './ast.ts';
import {
  AMPERSAND,
  BANG,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  COLON,
  COMMA,
  DOT,
  EQUALS,
  GREATER,
  isDigit,
  LESS,
  MINUS,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PAREN,
  PERCENT,
  PIPE,
  PLUS,
  QUESTION,
  QUOTE,
  SLASH,
  STAR,
} from './characters.ts';
import { parseObject, parseTuple } from './collections.ts';
import {
  atIdentifier,
  type Cursor,
  enter,
  fail,
  failHere,
  invalid,
  leave,
  MAX_DEPTH,
  numberEnd,
  peek,
  report,
  skipToken,
  takeName,
  unclosed,
} from './cursor.ts';
import { parseHeredoc, parseQuoted } from './templates.ts';

/** An expression at the cursor: a conditional or anything that binds tighter. */
export function parseExpression(c: Cursor): Expression {
  if (!enter(c)) return invalid(c.pos, c.pos);
  const outerChain = c.chain;
  c.chain = 0;
  let expression = parseOperators(c, 0);
  if (peek(c) === QUESTION) {
    c.pos++;
    const whenTrue = parseExpression(c);
    let whenFalse: Expression;
    if (peek(c) === COLON && c.text.charCodeAt(c.pos + 1) !== COLON) {
      c.pos++;
      whenFalse = parseExpression(c);
    } else {
      failHere(c, 'Expected `:` in this conditional', 'Write `condition ? value : other`');
      whenFalse = invalid(whenTrue.end, whenTrue.end);
    }
    const { start } = expression;
    expression = { kind: 'conditional', condition: expression, whenTrue, whenFalse, start, end: whenFalse.end };
  }
  // An expression is as high as its highest part: chains do not add up over neighbors, only over nesting.
  c.chain = Math.max(outerChain, c.chain);
  leave(c);
  return expression;
}

/** Operators of one level are left-associative: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#operations */
function parseOperators(c: Cursor, level: number): Expression {
  let left = parseOperand(c);
  for (;;) {
    const operator = operatorHere(c);
    if (operator === undefined || LEVELS[operator] < level) return left;
    if (++c.chain > MAX_DEPTH) {
      fail(c, `More than ${MAX_DEPTH} operators in a row`, c.pos, c.pos + operator.length, 'Use local variables');
      return left;
    }
    c.pos += operator.length;
    const right = parseOperators(c, LEVELS[operator] + 1);
    const binary: Binary = { kind: 'binary', operator, left, right, start: left.start, end: right.end };
    left = binary;
  }
}

const LEVELS: Readonly<Record<BinaryOperator, number>> = {
  '||': 0,
  '&&': 1,
  '==': 2,
  '!=': 2,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
};

function operatorHere(c: Cursor): BinaryOperator | undefined {
  const code = peek(c);
  const next = c.pos + 1 < c.limit ? c.text.charCodeAt(c.pos + 1) : 0;
  switch (code) {
    case PIPE:
      return next === PIPE ? '||' : undefined;
    case AMPERSAND:
      return next === AMPERSAND ? '&&' : undefined;
    case EQUALS:
      return next === EQUALS ? '==' : undefined;
    case BANG:
      return next === EQUALS ? '!=' : undefined;
    case LESS:
      return next === EQUALS ? '<=' : '<';
    case GREATER:
      return next === EQUALS ? '>=' : '>';
    case PLUS:
      return '+';
    case MINUS:
      return '-';
    case STAR:
      return '*';
    case SLASH:
      return '/';
    case PERCENT:
      return '%';
    default:
      return undefined;
  }
}

function parseOperand(c: Cursor): Expression {
  const source = parseTerm(c);
  if (source.kind === 'invalid') return source;
  const steps = parseSteps(c);
  if (steps.length === 0) return source;
  return { kind: 'traversal', source, steps, start: source.start, end: steps[steps.length - 1]!.end };
}

/** Whether a term can start with the character `code` (see {@link peek}) at the cursor. */
export function startsTerm(c: Cursor, code: number): boolean {
  return (
    code === QUOTE ||
    code === OPEN_BRACKET ||
    code === OPEN_BRACE ||
    code === OPEN_PAREN ||
    code === MINUS ||
    code === BANG ||
    (code === LESS && c.text.charCodeAt(c.pos + 1) === LESS) ||
    isDigit(code) ||
    atIdentifier(c)
  );
}

function parseTerm(c: Cursor): Expression {
  const code = peek(c);
  const start = c.pos;
  if (code === QUOTE) return parseQuoted(c);
  if (code === OPEN_BRACKET) return parseTuple(c);
  if (code === OPEN_BRACE) return parseObject(c);
  if (isDigit(code)) return parseNumber(c);
  if (atIdentifier(c)) return parseWord(c);
  if (code === MINUS || code === BANG) {
    if (!enter(c)) return invalid(start, start);
    c.pos++;
    const operand = parseOperand(c);
    leave(c);
    return {
      kind: 'unary',
      operator: code === MINUS ? '-' : '!',
      operand,
      start,
      end: Math.max(start + 1, operand.end),
    };
  }
  if (code === OPEN_PAREN) {
    c.pos++;
    const newlines = c.newlines;
    c.newlines = false;
    const expression = parseExpression(c);
    const isClosed = closeBracket(c, CLOSE_PAREN, 'Unclosed parenthesis', start);
    c.newlines = newlines;
    return { kind: 'parentheses', expression, start, end: isClosed ? c.pos : Math.max(start + 1, expression.end) };
  }
  if (code === LESS) {
    const heredoc = parseHeredoc(c);
    if (heredoc) return heredoc;
  }
  // People who know shells write `${x}` and single quotes.
  if (c.text.startsWith('${', start))
    failHere(c, '`${…}` outside of a string', 'Write the expression without `${` and `}`');
  else if (c.text[start] === "'") failHere(c, 'String in single quotes', 'Use double quotes');
  else failHere(c, 'Expected a value', 'Write a string, number, list, object or expression');
  return invalid(start, start);
}

// The exponent is a 32-bit number in the Go parser's arithmetic.
const NUMBER = /^[0-9]+(?:\.[0-9]*)?(?:[eE]([+-]?[0-9]+))?$/;
const MAX_EXPONENT = 2 ** 31;

function parseNumber(c: Cursor): Expression {
  const start = c.pos;
  const end = numberEnd(c, start);
  const text = c.text.slice(start, end);
  c.pos = end;
  const match = NUMBER.exec(text);
  const value = match ? Number(text) : Number.NaN;
  const tooLarge = match?.[1] !== undefined && Math.abs(Number(match[1])) > MAX_EXPONENT && !/^[0.]+e/i.test(text);
  if (!match || tooLarge)
    report(c, 'Invalid number', start, end, 'Write a decimal number such as `10`, `2.5` or `1e6`');
  return { kind: 'number', text, value, start, end };
}

function parseWord(c: Cursor): Expression {
  const name = takeName(c);
  const { text, start, end } = name;
  const code = peek(c);
  if (code === OPEN_PAREN || (code === COLON && c.text.charCodeAt(c.pos + 1) === COLON)) return parseCall(c, name);
  if (text === 'true' || text === 'false') return { kind: 'bool', value: text === 'true', start, end };
  if (text === 'null') return { kind: 'null', start, end };
  return { kind: 'variable', name: text, start, end };
}

function parseCall(c: Cursor, first: Name): Expression {
  const { start } = first;
  let text = first.text;
  let nameEnd = first.end;
  while (peek(c) === COLON && c.text.charCodeAt(c.pos + 1) === COLON) {
    c.pos += 2;
    peek(c);
    const part = takeName(c);
    if (part.text === '') {
      failHere(c, 'Expected a function name after `::`', 'Write the name, or remove `::`');
      return invalid(start, c.pos);
    }
    text += `::${part.text}`;
    nameEnd = part.end;
  }
  if (peek(c) !== OPEN_PAREN) {
    failHere(c, 'Expected `(` after this function name', 'Write the arguments in parentheses');
    return invalid(start, nameEnd);
  }
  c.pos++;
  const newlines = c.newlines;
  c.newlines = false;
  const call = parseArguments(c, { kind: 'name', text, start, end: nameEnd });
  c.newlines = newlines;
  return call;
}

function parseArguments(c: Cursor, name: Name): Call {
  const args: Expression[] = [];
  const open = c.pos - 1;
  for (;;) {
    const code = peek(c);
    if (code === CLOSE_PAREN) return call(c, name, args, false);
    if (endsBrackets(code)) {
      unclosed(c, 'Unclosed function call', open, open + 1, 'Add `)`');
      const end = args.at(-1)?.end ?? open + 1;
      return { kind: 'call', name, args, expand: false, close: undefined, start: name.start, end };
    }
    if (!startsTerm(c, code)) {
      failHere(c, 'Expected an argument or `)`', 'Separate arguments with commas, and close the call with `)`');
      skipToken(c);
      continue;
    }
    const before = c.pos;
    args.push(parseExpression(c));
    if (c.pos === before) skipToken(c);
    const after = peek(c);
    if (after === COMMA) c.pos++;
    else if (after === DOT && c.text.startsWith('...', c.pos)) {
      c.pos += 3;
      if (peek(c) === CLOSE_PAREN) return call(c, name, args, true);
      failHere(c, 'Expected `)` after `...`', 'Move `...` to the last argument');
    } else if (after !== CLOSE_PAREN && !endsBrackets(after))
      failHere(c, 'Expected `,` or `)` after this argument', 'Separate arguments with commas');
  }
}

function call(c: Cursor, name: Name, args: readonly Expression[], expand: boolean): Call {
  const close = c.pos++;
  return { kind: 'call', name, args, expand, close, start: name.start, end: close + 1 };
}

/** Whether round or square brackets cannot continue at this character. */
export function endsBrackets(code: number): boolean {
  return code < 0 || code === CLOSE_BRACE;
}

function parseSteps(c: Cursor): TraversalStep[] {
  const steps: TraversalStep[] = [];
  let inAttributeSplat = false;
  for (;;) {
    const code = peek(c);
    const start = c.pos;
    if (code === DOT && !c.text.startsWith('...', start)) {
      c.pos++;
      const next = peek(c);
      if (next === STAR) {
        if (inAttributeSplat) report(c, '`.*` after another `.*`', c.pos, c.pos + 1, 'Use `[*]`');
        inAttributeSplat = true;
        c.pos++;
        steps.push({ kind: 'attribute-splat', start, end: c.pos });
      } else if (isDigit(next)) {
        const from = c.pos;
        c.pos = numberEnd(c, from);
        const digits = c.text.slice(from, c.pos);
        if (digits.includes('.')) report(c, 'Invalid index', from, c.pos, 'Write a second index as `[0]`');
        steps.push({ kind: 'legacy-index-step', index: Number(digits), start, end: c.pos });
      } else if (atIdentifier(c)) {
        const name = takeName(c);
        steps.push({ kind: 'attribute-step', name, start, end: c.pos });
      } else {
        failHere(c, 'Expected a name after `.`', 'Write the name, or remove the `.`');
        const end = start + 1;
        steps.push({ kind: 'attribute-step', name: { kind: 'name', text: '', start: end, end }, start, end });
        return steps;
      }
    } else if (code === OPEN_BRACKET) {
      inAttributeSplat = false;
      c.pos++;
      steps.push(parseIndex(c, start));
    } else return steps;
  }
}

function parseIndex(c: Cursor, start: number): TraversalStep {
  // As in the Go parser, line breaks are allowed around an index but not around the star of a splat.
  if (peek(c) === STAR) {
    c.pos++;
    if (peek(c) === CLOSE_BRACKET) c.pos++;
    else failHere(c, 'Expected `]` after `*`', 'Write `[*]`');
    return { kind: 'full-splat', start, end: c.pos };
  }
  const newlines = c.newlines;
  c.newlines = false;
  const key = parseExpression(c);
  const isClosed = closeBracket(c, CLOSE_BRACKET, 'Unclosed index', start);
  c.newlines = newlines;
  return { kind: 'index-step', key, start, end: isClosed ? c.pos : Math.max(start + 1, key.end) };
}

/** Consumes up to the bracket `closer`; false when it is missing. */
function closeBracket(c: Cursor, closer: number, message: string, start: number): boolean {
  for (;;) {
    const code = peek(c);
    if (code === closer) {
      c.pos++;
      return true;
    }
    if (endsBrackets(code)) {
      unclosed(c, message, start, start + 1, `Add \`${String.fromCharCode(closer)}\``);
      return false;
    }
    failHere(c, `Expected \`${String.fromCharCode(closer)}\``);
    skipToken(c);
  }
}
