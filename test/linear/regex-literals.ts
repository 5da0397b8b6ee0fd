/** A regular expression as it is written in a source file. */
export interface RegexLiteral {
  readonly line: number;
  readonly source: string;
  readonly flags: string;
}

/** After these a slash begins a regular expression and does not divide. */
const BEFORE_REGEX =
  /(?:^|[=(,:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|yield|await|void|delete|new|else|do|throw))$/;

/** The end of the regular expression whose first slash is at `start`: the offset of its last slash, or undefined. */
function regexEnd(code: string, start: number): number | undefined {
  let inClass = false;
  for (let i = start + 1; i < code.length; i++) {
    const character = code[i];
    if (character === '\n') return undefined;
    if (character === '\\') i++;
    else if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    else if (character === '/' && !inClass) return i;
  }
  return undefined;
}

/** All regular expression literals of a TypeScript source, comments and strings passed over. Template literals may nest. */
export function regexLiterals(code: string): readonly RegexLiteral[] {
  const found: RegexLiteral[] = [];
  const nesting: number[] = []; // depth of braces at which each open template goes on
  let depth = 0;
  let before = '';
  const quoted = (from: number, quote: string): number => {
    for (let i = from; i < code.length; i++) {
      if (code[i] === '\\') i++;
      else if (code[i] === quote) return i + 1;
      else if (quote === '`' && code[i] === '$' && code[i + 1] === '{') {
        nesting.push(depth++);
        return i + 2;
      }
    }
    return code.length;
  };
  for (let i = 0; i < code.length; ) {
    const character = code[i]!;
    if (code.startsWith('//', i)) i = code.indexOf('\n', i) < 0 ? code.length : code.indexOf('\n', i);
    else if (code.startsWith('/*', i)) i = code.indexOf('*/', i) + 2;
    else if (character === '"' || character === "'" || character === '`') {
      i = quoted(i + 1, character);
      before = code[i - 1] === '{' ? '{' : 'x';
    } else if (character === '}' && nesting.at(-1) === depth - 1) {
      depth = nesting.pop()!;
      i = quoted(i + 1, '`');
      before = code[i - 1] === '{' ? '{' : 'x';
    } else if (character === '/' && BEFORE_REGEX.test(before.trimEnd())) {
      const end = regexEnd(code, i);
      if (end === undefined) {
        i++;
        continue;
      }
      const flags = /[a-z]*/y;
      flags.lastIndex = end + 1;
      const [letters = ''] = flags.exec(code) ?? [];
      found.push({ line: code.slice(0, i).split('\n').length, source: code.slice(i + 1, end), flags: letters });
      i = end + 1 + letters.length;
      before = 'x';
    } else {
      if (character === '{') depth++;
      if (character === '}') depth--;
      before = (before + character).slice(-12);
      i++;
    }
  }
  return found;
}
