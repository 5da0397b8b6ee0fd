/** References and functions of Make: https://www.gnu.org/software/make/manual/html_node/Functions.html */
import { nameOf } from '../../../core/path.ts';
import { listed } from '../listed.ts';
import { EACH } from '../model.ts';

export interface MakeScope {
  /** Automatic variables, variables of the target, and arguments of a call. */
  readonly own: ReadonlyMap<string, string>;
  readonly variables: ReadonlyMap<string, string>;
  /** Those of them that the call of Make gives. */
  readonly given?: ReadonlyMap<string, string>;
  readonly depth: number;
  readonly budget: { left: number };
}

const DEEPEST = 12;
const LONGEST = 4_000;
const MOST_WORDS = 100;

/** The text with its references replaced; those that are not known stay as they are. */
export function expanded(text: string, scope: MakeScope): string {
  if (!text.includes('$') || scope.depth > DEEPEST) return text;
  let value = '';
  for (let at = 0; at < text.length && value.length < LONGEST; ) {
    const next = text.indexOf('$', at);
    if (next < 0 || scope.budget.left-- <= 0) return value + text.slice(at);
    value += text.slice(at, next);
    const opening = text[next + 1];
    if (opening === '(' || opening === '{') {
      const end = endOf(text, next + 1);
      if (end < 0) return value + text.slice(next);
      value += referenceOf(text.slice(next + 2, end), scope) ?? text.slice(next, end + 1);
      at = end + 1;
    } else {
      const automatic = opening !== undefined && /[@*<^]/.test(opening) ? scope.own.get(opening) : undefined;
      value += automatic ?? text.slice(next, next + 2);
      at = next + 2;
    }
  }
  return value.slice(0, LONGEST);
}

/** Where the bracket at a place is closed. */
function endOf(text: string, start: number): number {
  const [opening, closing] = text[start] === '(' ? '()' : '{}';
  let depth = 0;
  for (let at = start; at < text.length && at - start < LONGEST; at++) {
    if (text[at] === opening) depth++;
    else if (text[at] === closing && --depth === 0) return at;
  }
  return -1;
}

const isOpen = (text: string): boolean => /\$[({]/.test(text);
const wordsIn = (text: string): readonly string[] => text.split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);

function referenceOf(inner: string, outer: MakeScope): string | undefined {
  const scope = { ...outer, depth: outer.depth + 1 };
  const [, name, rest = ''] = /^([a-z][a-z-]{1,10})[ \t]+([\s\S]*)$/.exec(inner) ?? [];
  if (name !== undefined) return callOf(name, argumentsIn(rest), scope);
  const [, changed, from, to] = /^([\w.-]{1,80}|[@*<]):([^=]{0,200})=(.{0,200})$/.exec(inner) ?? [];
  if (changed !== undefined) {
    const value = variableOf(changed, scope);
    const pattern = expanded(from!, scope);
    return value === undefined || isOpen(value)
      ? undefined
      : replaced(
          value,
          pattern.includes('%') ? pattern : `%${pattern}`,
          pattern.includes('%') ? expanded(to!, scope) : `%${expanded(to!, scope)}`,
        );
  }
  const [, automatic, part] = /^([@*<])([DF])$/.exec(inner) ?? [];
  if (automatic !== undefined) {
    const value = scope.own.get(automatic);
    if (value === undefined) return undefined;
    return part === 'D' ? directoryOf(value).replace(/(?<=.)\/$/, '') : nameOf(value);
  }
  return variableOf(expanded(inner, scope).trim(), scope);
}

function variableOf(name: string, scope: MakeScope): string | undefined {
  const text = scope.own.get(name) ?? scope.variables.get(name);
  return text === undefined ? undefined : expanded(text, scope);
}

/** Commas in brackets divide nothing. */
function argumentsIn(text: string): readonly string[] {
  const found: string[] = [];
  let [depth, start] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '(' || char === '{') depth++;
    else if (char === ')' || char === '}') depth--;
    else if (char === ',' && depth === 0) {
      found.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...found, text.slice(start)];
}

const directoryOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : './');

/** `patsubst`. */
function replaced(text: string, from: string, to: string): string {
  const at = from.indexOf('%');
  const [before, after] = [from.slice(0, at), from.slice(at + 1)];
  return wordsIn(text)
    .map(word => {
      if (at < 0) return word === from ? to : word;
      const isMeant = word.length >= before.length + after.length && word.startsWith(before) && word.endsWith(after);
      return isMeant ? to.replace('%', () => word.slice(before.length, word.length - after.length)) : word;
    })
    .join(' ');
}

/** As `replaceAll`, no longer than a value may be. */
function substituted(text: string, from: string, to: string): string {
  let value = '';
  let start = 0;
  for (let at = text.indexOf(from); at >= 0 && value.length < LONGEST; at = text.indexOf(from, start)) {
    value += text.slice(start, at) + to;
    start = at + from.length;
  }
  return (value + text.slice(start)).slice(0, LONGEST);
}

const matches = (word: string, pattern: string): boolean => {
  const at = pattern.indexOf('%');
  if (at < 0) return word === pattern;
  return word.startsWith(pattern.slice(0, at)) && word.endsWith(pattern.slice(at + 1));
};

type Pure = (...given: readonly string[]) => string | undefined;

const each =
  (of: (word: string) => string): Pure =>
  text =>
    wordsIn(text ?? '')
      .map(of)
      .join(' ');

/** Those whose arguments are all computed first. */
const PURE: Readonly<Record<string, Pure>> = {
  subst: (from = '', to = '', text = '') => (from === '' ? text : substituted(text, from, to)),
  patsubst: (from = '', to = '', text = '') => replaced(text, from.trim(), to.trim()),
  strip: each(word => word),
  sort: (text = '') => [...new Set(wordsIn(text))].sort().join(' '),
  filter: (patterns = '', text = '') => {
    const wanted = wordsIn(patterns);
    return wordsIn(text)
      .filter(word => wanted.some(pattern => matches(word, pattern)))
      .join(' ');
  },
  'filter-out': (patterns = '', text = '') => {
    const unwanted = wordsIn(patterns);
    return wordsIn(text)
      .filter(word => !unwanted.some(pattern => matches(word, pattern)))
      .join(' ');
  },
  word: (n = '', text = '') => wordsIn(text)[Number(n) - 1] ?? '',
  words: text => `${wordsIn(text ?? '').length}`,
  wordlist: (first = '', rest = '') => {
    const [last = '', ...text] = rest.split(',');
    return wordsIn(text.join(','))
      .slice(Math.max(0, Number(first) - 1), Number(last) || 0)
      .join(' ');
  },
  findstring: (part = '', text = '') => (text.includes(part.trim()) ? part.trim() : ''),
  join: (one = '', other = '') => {
    const [first, second] = [wordsIn(one), wordsIn(other)];
    return Array.from(
      { length: Math.max(first.length, second.length) },
      (_, i) => `${first[i] ?? ''}${second[i] ?? ''}`,
    ).join(' ');
  },
  firstword: text => wordsIn(text ?? '')[0] ?? '',
  lastword: text => wordsIn(text ?? '').at(-1) ?? '',
  dir: each(directoryOf),
  notdir: each(nameOf),
  basename: each(word => word.replace(/\.[^./]*$/, '')),
  suffix: each(word => /\.[^./]*$/.exec(word)?.[0] ?? ''),
  addprefix: (prefix = '', text = '') =>
    wordsIn(text)
      .map(word => prefix.trim() + word)
      .join(' '),
  addsuffix: (suffix = '', text = '') =>
    wordsIn(text)
      .map(word => word + suffix.trim())
      .join(' '),
  // One gap is the name of a directory, or the end of one of a file.
  wildcard: text =>
    wordsIn(text ?? '')
      .filter(word => word.split('*').length <= 2)
      .map(word => word.replace('*', EACH))
      .join(' '),
  shell: listed,
};

/** A function of Make; `undefined` where it, or what it is given, is not known. */
export function callOf(name: string, given: readonly string[], scope: MakeScope): string | undefined {
  const whole = (text: string | undefined): string => expanded(text ?? '', scope);
  switch (name) {
    case 'if': {
      // What nothing sets is empty; what a command says, mostly is not.
      const condition = whole(given[0]);
      const isTrue = /\$[({]shell\b/.test(condition) || condition.replace(/\$[({][^(){}]*[)}]/g, '').trim() !== '';
      return whole(isTrue ? given[1] : given.slice(2).join(',')).trim();
    }
    case 'or': {
      const found = given.map(one => whole(one).trim());
      return found.find(one => one !== '' && !isOpen(one)) ?? found.at(-1);
    }
    case 'and': {
      const found = given.map(one => whole(one).trim());
      return found.some(one => one === '' || isOpen(one)) ? '' : found.at(-1);
    }
    case 'foreach': {
      const [variable = '', list = '', body = ''] = [given[0], given[1], given.slice(2).join(',')];
      const words = whole(list);
      if (isOpen(words)) return undefined;
      return wordsIn(words)
        .map(word => expanded(body, { ...scope, own: new Map([...scope.own, [whole(variable).trim(), word]]) }))
        .join(' ')
        .slice(0, LONGEST);
    }
    case 'call': {
      const [called = '', ...others] = given.map(one => whole(one).trim());
      const body = scope.variables.get(called);
      if (body === undefined) return undefined;
      const own = new Map([...scope.own, ...others.map((one, i) => [`${i + 1}`, one] as const)]);
      return expanded(body, { ...scope, own });
    }
    case 'info':
    case 'warning':
      return '';
    default: {
      const of = Object.hasOwn(PURE, name) ? PURE[name] : undefined;
      // The budget is of references; long arguments count for several.
      scope.budget.left -= Math.ceil(given.reduce((sum, { length }) => sum + length, 0) / LONGEST);
      const values = of
        ? (name === 'subst' || name === 'patsubst'
            ? given
            : [...given.slice(0, 1), ...(given.length > 1 ? [given.slice(1).join(',')] : [])]
          ).map(whole)
        : [];
      return !of || values.some(isOpen)
        ? undefined
        : of(...values.map(value => value.slice(0, LONGEST)))?.slice(0, LONGEST);
    }
  }
}
