/** The runs of a command in a script: once for each word of a loop, and for each call of the function that it is in. */
import type { Naming } from './naming.ts';

/** One run: what the words of the command are then, and what is known of variables. */
export interface Variant {
  readonly fill: (written: string) => string;
  readonly naming: Naming;
}

/** Runs of one command, and characters before it that are looked at. */
const MOST = 60;
export const FARTHEST = 8_000;
const MOST_LOOPS = 2;

/** The runs of a command; `written` are its words. */
export type Variants = (index: number, written: string, naming: Naming) => readonly Variant[];

/** The runs of the commands of a script, in the order in which they run; one without a change where there is no loop. */
export function variantsIn(text: string): Variants {
  const calls = new Map<string, readonly (readonly string[])[]>();
  const callsOfName = (name: string): readonly (readonly string[])[] => {
    const known = calls.get(name) ?? callsOf(name, text);
    calls.set(name, known);
    return known;
  };
  return (index, written, naming) => variantsAt(text, index, written, naming, callsOfName);
}

function variantsAt(
  text: string,
  index: number,
  written: string,
  naming: Naming,
  callsOf: (name: string) => readonly (readonly string[])[],
): readonly Variant[] {
  if (!written.includes('$')) return [{ fill: same, naming }];
  const before = text.slice(Math.max(0, index - FARTHEST), index);
  const own = functionAround(before);
  const body = own === undefined ? before : before.slice(own.start);
  let variants: readonly Variant[] = [{ fill: same, naming }];
  if (own && /\$\{?[1-9]/.test(body + written)) {
    const calls = callsOf(own.name);
    if (calls.length > 0)
      variants = calls.map(given => {
        const fill = (one: string): string =>
          one.replace(/\$(?:([1-9])|\{([1-9])(?::?-[^{}]{0,100})?\})/g, (reference, a: string, b: string) => {
            return given[Number(a ?? b) - 1] ?? reference;
          });
        return { fill, naming: naming.with(fill(body)) };
      });
  }
  for (const { variable, list } of loopsAround(body).slice(-MOST_LOOPS))
    variants = variants.flatMap(({ fill, naming }) => {
      const values = wordsOf(fill(list), text, naming);
      return values ? values.map(value => ({ fill, naming: naming.where(variable, value) })) : [{ fill, naming }];
    });
  return variants.slice(0, MOST);
}

const same = (written: string): string => written;

const FUNCTION =
  /^[ \t]{0,40}(?:function[ \t]{1,9}([\w-]{1,60})(?:[ \t]{0,9}\(\))?|([\w-]{1,60})[ \t]{0,9}\(\))[ \t\r]{0,9}(?:\n\s{0,40})?\{/gm;

/** The function that a text ends in: one that no brace at the beginning of a line closes. */
function functionAround(before: string): { readonly name: string; readonly start: number } | undefined {
  const last = [...before.matchAll(FUNCTION)].at(-1);
  if (!last) return undefined;
  const start = last.index + last[0].length;
  return /^\}/m.test(before.slice(start)) ? undefined : { name: (last[1] ?? last[2])!, start };
}

/** The arguments of each call of a function, as they are written. */
function callsOf(name: string, text: string): readonly (readonly string[])[] {
  const escaped = name.replace(/[^\w]/g, '\\$&');
  const call = new RegExp(
    `^[ \\t]{0,40}${escaped}((?:[ \\t]{1,9}(?:"[^"\\n]{0,200}"|'[^'\\n]{0,200}'|[^\\s"'();&|<>#]{1,200})){1,9})[ \\t\\r]{0,20}(?=$|[;&|#>])`,
    'gm',
  );
  return [...text.matchAll(call)]
    .slice(0, MOST)
    .map(([, words = '']) => (words.match(/"[^"]*"|'[^']*'|[^\s"']+/g) ?? []).map(word => word.replace(/["']/g, '')));
}

const LOOP = /\bfor[ \t]{1,9}(\w{1,60})[ \t]{1,9}in[ \t]{1,9}((?:[^;\n\\]|\\\r?\n){1,2000})[;\n]\s{0,80}do\b|\bdone\b/g;

/** The loops that a text ends in, the outermost first. */
function loopsAround(before: string): readonly { readonly variable: string; readonly list: string }[] {
  const open: { variable: string; list: string }[] = [];
  for (const [, variable, list] of before.matchAll(LOOP))
    if (variable === undefined) open.pop();
    else open.push({ variable, list: list! });
  return open;
}

/** The words of a list; `undefined` where one is not known: `*`, `$(ls)`. */
function wordsOf(list: string, text: string, naming: Naming): readonly string[] | undefined {
  const words: string[] = [];
  for (const written of list.replace(/\\\r?\n/g, ' ').match(/"[^"]*"|'[^']*'|\$\{[^{}]*\}|\$\([^()]*\)|[^\s"']+/g) ??
    []) {
    const word = written.replace(/["']/g, '');
    const array = /^\$\{(\w{1,60})\[[@*]\]\}$/.exec(word)?.[1];
    const known = array === undefined ? naming.known(word) : elementsOf(array, text);
    if (known === undefined) return undefined;
    words.push(...(word.startsWith('$') ? known.split(/\s+/) : [known]).filter(one => one !== ''));
  }
  return words.length > 0 && words.length <= MOST && words.every(word => /^[\w./:@-]{1,200}$/.test(word))
    ? words
    : undefined;
}

/** `NAME=(a b c)`, once and without variables. */
function elementsOf(name: string, text: string): string | undefined {
  const found = [...text.matchAll(new RegExp(`\\b${name}=\\(([^()$\`]{0,2000})\\)`, 'g'))];
  return found.length === 1
    ? found[0]![1]!
        .replace(/#[^\n]*/g, '')
        .replace(/["'\s]+/g, ' ')
        .trim()
    : undefined;
}
