/** Reserved words, and where a list of commands stands between them. */
/** A reserved word that ends where a word may end. */
export const RESERVED =
  /(?:if|then|elif|else|fi|while|until|for|select|case|esac|do|done|in|function|\{|\}|!)(?=[\s;&|()<>]|$)/y;
/** Those behind which a command may start. */
export const OPENS = new Set(['if', 'then', 'elif', 'else', 'while', 'until', 'do', '{', '!']);
/** What each closing word closes. */
export const CLOSES: Readonly<Record<string, string>> = { fi: 'if', done: 'do', esac: 'case', '}': '{' };
/** What must be open in front of these. */
const CONTINUES: ReadonlyMap<string, string> = new Map([
  ['then', 'if'],
  ['elif', 'if'],
  ['else', 'if'],
  ['do', 'loop'],
]);

/** `[n]` or `{name}` and the operator of a redirection. */
export const REDIRECT = /(?:\d{1,9}|\{[A-Za-z_]\w{0,99}\})?(?:<<<|<<-|<<|<>|<&|<|>>|>&|>\||>)|&>>|&>/y;

/** What a function's body starts with, at most so far behind its parentheses. */
export const BODY = /[\s\\]{0,200}(?:[{(#]|(?:if|for|while|until|case|select)\s)/y;

/** How many slips against the grammar are read over: the library's recovery costs more with each. */
export const MOST_SLIPS = 20;

/** Where a list stands in the grammar, as far as reserved words and parentheses ask for it. */
export interface ListState {
  last: number;
  /** The next word may be a reserved one. */
  expect: boolean;
  /** Words of `for`, `case` or `function` that are still to come. */
  head: 'for' | 'for-in' | 'case' | 'case-in' | 'function' | undefined;
  parens: number;
  cases: number;
  /** In a `case`, in front of the `)` that ends a pattern. */
  pattern: boolean;
  /** The reserved words that are still to be closed. */
  readonly open: string[];
  /** What the current command has so far; `closed`: it is a `( … )`, `{ … }`, loop or condition. */
  run: 'nothing' | 'redirects' | 'words' | 'closed';
  /** The piece of the mask with the redirections of a command that has nothing else yet. */
  bare: number;
  closedAt: number;
}

/** At the start of a list. */
export function newListState(): ListState {
  return {
    last: -1,
    expect: true,
    head: undefined,
    parens: 0,
    cases: 0,
    pattern: false,
    open: [],
    run: 'nothing',
    bare: -1,
    closedAt: -1,
  };
}

/** Keeps account of the reserved words that want another one later; false when one stands where it cannot. */
export function nest(open: string[], word: string): boolean {
  const last = open.at(-1);
  if (word === 'if' || word === 'case' || word === '{') open.push(word);
  else if (/^(?:while|until|for|select)$/.test(word)) open.push('loop');
  else if (word === 'do' && last === 'loop') open[open.length - 1] = 'do';
  else if (Object.hasOwn(CLOSES, word)) {
    if (last !== CLOSES[word]) return false;
    open.pop();
  } else return (CONTINUES.get(word) ?? last) === last;
  return true;
}
