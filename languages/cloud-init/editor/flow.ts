/** Where a line that is being typed ends: in `{ … }` and `[ … ]`, in quotes, at a key or at a value. */

export interface LineEnd {
  /** The keys on the line around the cursor, the outermost first. */
  readonly path: readonly string[];
  /** `item`: of a list. */
  readonly expects: 'key' | 'value' | 'item';
  /** What is typed of the word. */
  readonly word: string;
  /** The quote that is open. */
  readonly quote: string;
  /** The keys that are in the same braces before the cursor. */
  readonly given: readonly string[];
  /** Whether it is in braces or brackets. */
  readonly flow: boolean;
}

interface Open {
  readonly bracket: '{' | '[' | '';
  readonly path: readonly string[];
  key: string | undefined;
  readonly given: string[];
}

/** Longer lines are not read. */
const LONGEST = 2_000;

/** `line` begins after its indentation and dashes. `undefined` for what is no key, word or bracket: a sentence, a comment. */
export function lineEnd(line: string): LineEnd | undefined {
  if (line.length > LONGEST) return undefined;
  const open: Open[] = [{ bracket: '', path: [], key: undefined, given: [] }];
  let word = '';
  let quote = '';
  /** A word is complete: a comma, a colon or a bracket has to follow. */
  let closed = false;
  for (let i = 0; i < line.length; i++) {
    const character = line[i]!;
    const inside = open.at(-1)!;
    if (quote !== '') {
      if (character === quote) [quote, closed] = ['', true];
      else if (character === '\\') return undefined;
      else word += character;
    } else if (character === ':' && word !== '' && /^[\s"'[{]?$/.test(line[i + 1] ?? '')) {
      if (inside.key !== undefined || inside.bracket === '[') return undefined;
      inside.key = word;
      [word, closed] = ['', false];
    } else if (character === ' ' || character === '\t') closed ||= word !== '';
    else if ((character === '{' || character === '[') && word === '' && !closed) {
      // Only a value may be in brackets.
      if (inside.bracket !== '[' && inside.key === undefined) return undefined;
      open.push({ bracket: character, path: pathIn(inside), key: undefined, given: [] });
    } else if (character === ',' && inside.bracket !== '') {
      if (inside.key !== undefined) inside.given.push(inside.key);
      inside.key = undefined;
      [word, closed] = ['', false];
    } else if ((character === '}' || character === ']') && open.length > 1) {
      open.pop();
      [word, closed] = ['', true];
    } else if ((character === '"' || character === "'") && word === '' && !closed) quote = character;
    else if (/[\w./-]/.test(character) && !closed) word += character;
    else return undefined;
  }
  if (closed) return undefined;
  const { bracket, given, key } = open.at(-1)!;
  const expects = bracket === '[' ? 'item' : key === undefined ? 'key' : 'value';
  // `key:` needs a space before its value.
  if (expects === 'value' && word === '' && quote === '' && line.endsWith(':')) return undefined;
  return { path: pathIn(open.at(-1)!), expects, word, quote, given, flow: bracket !== '' };
}

const pathIn = ({ key, path }: Open): readonly string[] => (key === undefined ? path : [...path, key]);
