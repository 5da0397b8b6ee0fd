/** Ranges of versions as package managers write them. */

/** What `~` and its like leave open: of npm and Poetry the patch, of Composer, Python and Ruby the last number written. */
export type Tilde = 'patch' | 'last';

export type Allows = (version: string) => boolean;

const LONGEST = 200;
/** Stands for the numbers that a shorter version leaves open: its newest release. */
const NEWEST = 1_000_000;
const COMPARATOR =
  /^(>=|<=|===?|!=|~=|~>|[><=^~])?\s{0,8}v?(\d{1,9}|[*xX])((?:\.(?:\d{1,9}|[*xX])){0,3})(?:[-+@.][\w.+-]{1,60})?$/;

/** Whether versions are in a range, such as `^18 || >=20.9`; `undefined` for what is not understood. */
export function rangeOf(range: string, tilde: Tilde): Allows | undefined {
  if (range.length > LONGEST) return undefined;
  const choices = range.split(/\|{1,2}/).map(choice => allOf(choice.trim(), tilde));
  return choices.includes(undefined)
    ? undefined
    : version => {
        const numbers = numbersOf(version);
        return numbers === undefined || choices.some(choice => choice!(numbers));
      };
}

type Test = (version: readonly number[]) => boolean;

function allOf(text: string, tilde: Tilde): Test | undefined {
  const between = /^(\S{1,60})\s{1,8}-\s{1,8}(\S{1,60})$/.exec(text);
  const parts = between
    ? [`>=${between[1]}`, `<=${between[2]}`]
    : text
        .replaceAll(/([><=~^!])\s{1,8}/g, '$1')
        .split(/[\s,]{1,20}/)
        .filter(part => part !== '');
  const tests = parts.map(part => one(part, tilde));
  return tests.length === 0 || tests.includes(undefined) ? undefined : version => tests.every(test => test!(version));
}

function one(text: string, tilde: Tilde): Test | undefined {
  const found = COMPARATOR.exec(text);
  if (!found) return undefined;
  const [, operator = '', first = '', rest = ''] = found;
  const words = [first, ...rest.split('.').slice(1)];
  const open = words.findIndex(word => /^[*xX]$/.test(word));
  const numbers = (open < 0 ? words : words.slice(0, open)).map(Number);
  if (numbers.length === 0) return () => true;
  const below =
    (length: number): Test =>
    version => {
      const next = numbers.slice(0, Math.max(1, length));
      next[next.length - 1]! += 1;
      return compare(version, numbers) >= 0 && compare(version, next) < 0;
    };
  switch (operator) {
    case '>=':
      return version => compare(version, numbers) >= 0;
    case '>':
      return version => compare(version, numbers) > 0 && !startsWith(version, numbers);
    case '<':
      return version => compare(version, numbers) < 0;
    case '<=':
      return version => compare(version, numbers) <= 0 || startsWith(version, numbers);
    case '!=':
      return version => !startsWith(version, numbers);
    case '^':
      return below(numbers[0] === 0 ? 2 : 1);
    case '~':
      return below(tilde === 'patch' ? Math.min(numbers.length, 2) : numbers.length - 1);
    case '~=':
    case '~>':
      return below(numbers.length - 1);
    default:
      return version => startsWith(version, numbers) || startsWith(numbers, version);
  }
}

/** The numbers of a version, filled up: `24` is the newest 24. */
function numbersOf(version: string): readonly number[] | undefined {
  const found = /^v?(\d{1,9}(?:[._]\d{1,9}){0,3})/.exec(version)?.[1];
  if (found === undefined) return undefined;
  const numbers = found.split(/[._]/).map(Number);
  return [...numbers, ...Array<number>(Math.max(0, 3 - numbers.length)).fill(NEWEST)];
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether the numbers that both give are the same. */
const startsWith = (version: readonly number[], start: readonly number[]): boolean =>
  start.every((number, i) => version[i] === undefined || version[i] === number || version[i] === NEWEST);

/** Whether versions are of the release line that a file names: `16.20.2` of Node.js 16, `3.8.10` of Python 3.8. */
export function lineOf(version: string, numbers: 1 | 2): Allows | undefined {
  const named = /^v?(\d{1,9}(?:\.\d{1,9}){0,3})(?:$|[^\d.\w])/.exec(version.trim())?.[1];
  if (named === undefined) return undefined;
  const start = named.split('.').slice(0, numbers).map(Number);
  return asked => {
    const found = numbersOf(asked);
    return found === undefined || startsWith(found, start);
  };
}
