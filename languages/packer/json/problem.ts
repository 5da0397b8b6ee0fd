/** Where is a text not JSON? Packer reads it strictly: no comments, no trailing commas. https://www.rfc-editor.org/rfc/rfc8259 */

export interface JsonProblem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly help: string;
}

/** What may come next. */
type Expected = 'value' | 'value-or-close' | 'key' | 'key-or-close' | 'colon' | 'comma-or-close' | 'end';

export const SPACE = /[ \t\r\n]*/y;
export const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/** As deep as Packer's own reader could need; more is refused. */
const DEEPEST = 500;

/** The first place that is not JSON; `undefined` when all of it is. Costs time linear in the length of the text. */
export function jsonProblem(text: string): JsonProblem | undefined {
  const open: string[] = [];
  let expected: Expected = 'value';
  let at = 0;
  if (text.startsWith('\uFEFF'))
    return problem(text, 0, 'JSON starts with a byte order mark', 'Save the file without it');
  const after = (): Expected => (open.length === 0 ? 'end' : 'comma-or-close');
  for (;;) {
    at = endOf(SPACE, text, at) ?? at;
    if (at >= text.length) return expected === 'end' ? undefined : problem(text, at, 'The JSON ends too early');
    const char = text[at]!;
    const closes = (char === '}' || char === ']') && /close$/.test(expected);
    if (closes) {
      if (open.pop() !== (char === '}' ? '{' : '[')) return problem(text, at, 'This bracket closes nothing');
      expected = after();
      at++;
    } else if (expected.startsWith('value') && (char === '{' || char === '[')) {
      if (open.length >= DEEPEST) return problem(text, at, 'The JSON is nested too deeply');
      open.push(char);
      expected = char === '{' ? 'key-or-close' : 'value-or-close';
      at++;
    } else if (expected.startsWith('value') || expected.startsWith('key')) {
      const isKey = expected.startsWith('key');
      const end = stringEnd(text, at) ?? (isKey ? undefined : endOf(SCALAR, text, at));
      if (end === undefined) return unreadable(text, at, isKey);
      at = end;
      expected = isKey ? 'colon' : after();
    } else if (expected === 'colon') {
      if (char !== ':') return problem(text, at, 'Missing `:` after a key');
      expected = 'value';
      at++;
    } else if (expected === 'comma-or-close') {
      if (char !== ',') return problem(text, at, 'Missing `,` or closing bracket');
      expected = open.at(-1) === '{' ? 'key' : 'value';
      at++;
    } else return problem(text, at, 'More text after the end of the JSON');
  }
}

/** The offset after the string that starts here; `undefined` when there is none, or it is not valid. */
export function stringEnd(text: string, start: number): number | undefined {
  if (text[start] !== '"') return undefined;
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at]!;
    if (char === '"') return at + 1;
    if (char < ' ') return undefined;
    if (char !== '\\') continue;
    const escaped = text[++at] ?? '';
    if (escaped === 'u' && /^[\da-fA-F]{4}$/.test(text.slice(at + 1, at + 5))) at += 4;
    else if (!'"\\/bfnrt'.includes(escaped) || escaped === '') return undefined;
  }
  return undefined;
}

function unreadable(text: string, at: number, isKey: boolean): JsonProblem {
  const char = text[at]!;
  if (char === '}' || char === ']') return problem(text, at, 'Trailing comma in JSON', 'Remove the comma before it');
  if (char === '/' || char === '#') return problem(text, at, 'JSON has no comments', 'Remove the comment');
  if (char === '"')
    return problem(text, at, 'Invalid string in JSON', 'Close the quote, and escape control characters');
  return isKey
    ? problem(text, at, 'A key in JSON is a string in double quotes')
    : problem(text, at, 'Invalid value in JSON', 'Write a string in double quotes, a number, `true` or `null`');
}

function problem(text: string, at: number, message: string, help = 'Correct the syntax'): JsonProblem {
  const start = Math.min(at, Math.max(0, text.length - 1));
  return { start, end: Math.min(text.length, start + 1), message, help };
}

export function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
