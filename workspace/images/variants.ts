/** The runs of a command in a script: once for each word of a loop, and for each call of the function that it is in. */
import { waysTo } from './flow.ts';
import type { Naming } from './naming.ts';

/** One run: what the words of the command are then, and what is known of variables. */
export interface Variant {
  readonly fill: (written: string) => string;
  readonly naming: Naming;
  /** What is filled in may be several words. */
  readonly isSplit?: true;
  /** Where it is run, as it is written. */
  readonly directory?: string;
}

/** A run with the values of the variables of loops. */
interface Run extends Variant {
  readonly loops?: ReadonlyMap<string, string>;
}

/** Runs of one command, and characters before it that are looked at. */
const MOST = 60;
export const FARTHEST = 8_000;
const MOST_LOOPS = 2;

/** The runs of a command; `written` are its words. */
export type Variants = (index: number, written: string, naming: Naming) => readonly Variant[];

/**
 * The runs of the commands of a script, in the order in which they run; one without a change where there is no loop. `taken`
 * has the arrays of the files that it sources.
 */
export function variantsIn(text: string, taken = ''): Variants {
  let script: Script | undefined;
  return (index, written, naming) =>
    written.includes('$')
      ? variantsAt((script ??= new Script(text, taken)), index, written, naming)
      : [{ fill: same, naming }];
}

function variantsAt(script: Script, index: number, written: string, naming: Naming): readonly Variant[] {
  const own = script.functionAt(index);
  const start = own?.start ?? Math.max(0, index - FARTHEST);
  const body = script.text.slice(start, index);
  let variants: readonly Run[] = [{ fill: same, naming }];
  if (own && /\$\{?[1-9]/.test(body + written)) {
    const calls = script.calls.get(own.name) ?? [];
    if (calls.length > 0)
      variants = calls.map(given => {
        const fill = (one: string): string =>
          one.replace(/\$(?:([1-9])|\{([1-9])(?::?-[^{}]{0,100})?\})/g, (reference, a: string, b: string) => {
            return given[Number(a ?? b) - 1] ?? reference;
          });
        return { fill, naming: naming.with(fill(body)) };
      });
  }
  for (const { variable, list } of script.loopsAround(start, index).slice(-MOST_LOOPS)) {
    const more: Run[] = [];
    for (const { fill, naming, loops } of variants) {
      if (more.length >= MOST) break;
      const values = wordsOf(fill(list), script, naming);
      if (values)
        for (const value of values)
          more.push({
            fill,
            naming: naming.where(variable, value),
            loops: new Map([...(loops ?? []), [variable, value]]),
          });
      else more.push({ fill, naming: naming.without(variable) });
    }
    variants = more.slice(0, MOST);
  }
  const more: Variant[] = [];
  for (const { fill, naming, loops } of variants) {
    const given = (one: string): string =>
      fill(one).replace(VARIABLE, (reference, a?: string, b?: string) => loops?.get(a ?? b ?? '') ?? reference);
    for (const way of waysTo(body, written, given))
      if (more.length < MOST) more.push({ fill, naming: way === '' ? naming : naming.with(fill(way)) });
  }
  return more;
}

const VARIABLE = /\$(?:([A-Za-z_]\w{0,60})|\{([A-Za-z_]\w{0,60})\})/g;

const same = (written: string): string => written;

const FUNCTION =
  /^[ \t]{0,40}(?:function[ \t]{1,9}([\w-]{1,60})(?:[ \t]{0,9}\(\))?|([\w-]{1,60})[ \t]{0,9}\(\))[ \t\r]{0,9}(?:\n\s{0,40})?\{/gm;
const FIRST_WORD = /^[ \t]{0,40}([\w-]{1,60})(?=[ \t])/gm;
const ARGUMENTS =
  /((?:[ \t]{1,9}(?:"[^"\n]{0,200}"|'[^'\n]{0,200}'|[^\s"'();&|<>#]{1,200})){1,9})[ \t\r]{0,20}(?=$|[;&|#>])/my;

/** The beginnings and ends of loops. */
const LOOP = /\bfor[ \t]{1,9}(\w{1,60})[ \t]{1,9}in[ \t]{1,9}|\bdone\b/g;
/** The list of one, which is followed by `do`. */
const LIST = /(?:[^;\n\\]|\\\r?\n){1,2000}/y;
const DO = /[;\n]\s{0,80}do\b/y;
/** `NAME=(a b c)`, without variables. */
const ARRAY = /\b(\w{1,60})=\(([^()$`]{0,2000})\)/g;

interface ShellFunction {
  readonly name: string;
  readonly index: number;
  /** Where its body begins. */
  readonly start: number;
}

/** `undefined`: the end of one. */
type Loop = { readonly variable: string; readonly list: string } | undefined;

interface PlacedLoop {
  readonly index: number;
  readonly end: number;
  readonly loop: Loop;
}

/** The functions, loops and arrays of a text, each looked for once. */
class Script {
  private readonly functions: readonly ShellFunction[];
  /** Braces that close a function. */
  private readonly closings: readonly number[];
  private readonly loops: readonly PlacedLoop[];
  /** `undefined`: more than one of the name. */
  private readonly arrays = new Map<string, string | undefined>();
  /** The arguments of each call of a function, as they are written. */
  readonly calls: ReadonlyMap<string, readonly (readonly string[])[]>;

  constructor(
    readonly text: string,
    taken: string,
  ) {
    this.functions = [...text.matchAll(FUNCTION)].map(({ 0: whole, 1: long, 2: short, index }) => ({
      name: (long ?? short)!,
      index,
      start: index + whole.length,
    }));
    this.closings = [...text.matchAll(/^\}/gm)].map(({ index }) => index);
    this.loops = loopsOf(text);
    for (const [, name = '', list = ''] of text.matchAll(ARRAY))
      this.arrays.set(name, this.arrays.has(name) ? undefined : list);
    for (const [, name = '', list = ''] of taken.matchAll(ARRAY))
      if (!this.arrays.has(name)) this.arrays.set(name, list);
    this.calls = callsOf(new Set(this.functions.map(({ name }) => name)), text);
  }

  /** The function that a place is in: one that no brace at the beginning of a line closes. */
  functionAt(index: number): ShellFunction | undefined {
    const last = this.functions[countUpTo(this.functions, index, ({ start }) => start) - 1];
    if (!last || last.index < index - FARTHEST) return undefined;
    const closing = this.closings[countUpTo(this.closings, last.start - 1, at => at)];
    return this.text[last.start] === '}' || (closing !== undefined && closing < index) ? undefined : last;
  }

  /** The loops that the text from one place to another ends in, the outermost first. */
  loopsAround(start: number, end: number): readonly NonNullable<Loop>[] {
    const open: NonNullable<Loop>[] = [];
    const last = countUpTo(this.loops, end, ({ end }) => end);
    for (let i = countUpTo(this.loops, start - 1, ({ index }) => index); i < last; i++) {
      const { loop } = this.loops[i]!;
      if (loop) open.push(loop);
      else open.pop();
    }
    return open;
  }

  /** The elements of an array that is written once. */
  elementsOf(name: string): string | undefined {
    return this.arrays
      .get(name)
      ?.replace(/#[^\n]*/g, '')
      .replace(/["'\s]+/g, ' ')
      .trim();
  }
}

/** Of a list in the order of places, how many are at most at one. */
function countUpTo<T>(all: readonly T[], place: number, placeOf: (one: T) => number): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (placeOf(all[middle]!) <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What a sticky pattern finds at a place. */
function textAt(pattern: RegExp, text: string, index: number): string {
  pattern.lastIndex = index;
  return pattern.exec(text)?.[0] ?? '';
}

function loopsOf(text: string): readonly PlacedLoop[] {
  const loops: PlacedLoop[] = [];
  for (const { 0: whole, 1: variable, index } of text.matchAll(LOOP)) {
    if (index < (loops.at(-1)?.end ?? 0)) continue;
    const start = index + whole.length;
    const list = variable === undefined ? '' : textAt(LIST, text, start);
    const after = list === '' ? '' : textAt(DO, text, start + list.length);
    if (variable === undefined) loops.push({ index, end: start, loop: undefined });
    else if (after !== '') loops.push({ index, end: start + list.length + after.length, loop: { variable, list } });
  }
  return loops;
}

function callsOf(names: ReadonlySet<string>, text: string): ReadonlyMap<string, readonly (readonly string[])[]> {
  const calls = new Map<string, (readonly string[])[]>([...names].map(name => [name, []]));
  if (names.size === 0) return calls;
  for (const { 0: whole, 1: name = '', index } of text.matchAll(FIRST_WORD)) {
    const all = calls.get(name);
    if (!all || all.length >= MOST) continue;
    const words = textAt(ARGUMENTS, text, index + whole.length).match(/"[^"]*"|'[^']*'|[^\s"']+/g);
    if (words) all.push(words.map(word => word.replace(/["']/g, '')));
  }
  return calls;
}

/** The words of a list; `undefined` where one is not known: `*`, `$(ls)`. */
function wordsOf(list: string, script: Script, naming: Naming): readonly string[] | undefined {
  const words: string[] = [];
  for (const written of list.replace(/\\\r?\n/g, ' ').match(/"[^"]*"|'[^']*'|\$\{[^{}]*\}|\$\([^()]*\)|[^\s"']+/g) ??
    []) {
    const word = written.replace(/["']/g, '');
    const array = /^\$\{(\w{1,60})\[[@*]\]\}$/.exec(word)?.[1];
    const known = array === undefined ? naming.known(word) : script.elementsOf(array);
    if (known === undefined || words.length > MOST) return undefined;
    words.push(...(word.startsWith('$') ? known.split(/\s+/) : [known]).filter(one => one !== ''));
  }
  return words.length > 0 && words.length <= MOST && words.every(word => /^[\w./:@-]{1,200}$/.test(word))
    ? words
    : undefined;
}
