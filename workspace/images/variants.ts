/** The runs of a command in a script: once for each word of a loop, and for each call of the function that it is in. */
import type { LoopsAt } from './arrays.ts';
import { waysTo } from './flow.ts';
import { listedIn } from './listed.ts';
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

/** The loops around places of a script, with the words of their lists as they are written. */
export function loopsIn(text: string): LoopsAt {
  let script: Script | undefined;
  return index => {
    script ??= new Script(text, '');
    return script.loopsAround(Math.max(0, index - FARTHEST), index).flatMap(loop => {
      const array = /^\s*["']?\$\{(\w{1,60})\[[@*]\]\}["']?\s*$/.exec(loop.list)?.[1];
      const words = (array === undefined ? loop.list : (script!.elementsOf(array) ?? '')).trim().split(/\s+/);
      const rows = loop.lines ?? words.slice(0, MOST).map(word => [word.replace(/["']/g, '')]);
      return loop.variables.map((variable, i) => ({ loop, variable, values: rows.flatMap(row => row[i] || []) }));
    });
  };
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
  let isGiven = variants.length > 1 || variants[0]?.fill !== same;
  for (const loop of script.loopsAround(start, index).slice(-MOST_LOOPS)) {
    const more: Run[] = [];
    for (const { fill, naming, loops } of variants) {
      if (more.length >= MOST) break;
      const rows = rowsOf(loop, fill, script, naming);
      if (!rows) more.push({ fill, naming: loop.variables.reduce((all, one) => all.without(one), naming) });
      for (const row of rows ?? []) {
        const given = loop.variables.map((variable, i) => [variable, row[i] ?? ''] as const);
        const inside = given.reduce((all, [variable, value]) => all.where(variable, value), naming);
        more.push({ fill, naming: inside, loops: new Map([...(loops ?? []), ...given]) });
      }
      isGiven ||= rows !== undefined;
    }
    variants = more.slice(0, MOST);
  }
  const more: Variant[] = [];
  for (const { fill, naming, loops } of variants) {
    const given = (one: string): string =>
      fill(one).replace(VARIABLE, (reference, a?: string, b?: string) => loops?.get(a ?? b ?? '') ?? reference);
    const whole = (one: string): string => script.withElements(fill(one), given);
    for (const way of waysTo(body, written, given, isGiven))
      if (more.length < MOST)
        more.push({ fill: whole, naming: way === '' ? naming : naming.with(script.withElements(given(way), given)) });
  }
  return more;
}

/** The values of the variables of a loop, run by run; `undefined` where they are not known. */
function rowsOf(
  { list, lines }: NonNullable<Loop>,
  fill: (written: string) => string,
  script: Script,
  naming: Naming,
): readonly (readonly string[])[] | undefined {
  if (lines !== undefined) return lines;
  return wordsOf(fill(list), script, naming)?.map(word => [word]);
}

const VARIABLE = /\$(?:([A-Za-z_]\w{0,60})|\{([A-Za-z_]\w{0,60})\})/g;

const same = (written: string): string => written;

const FUNCTION =
  /^[ \t]{0,40}(?:function[ \t]{1,9}([\w-]{1,60})(?:[ \t]{0,9}\(\))?|([\w-]{1,60})[ \t]{0,9}\(\))[ \t\r]{0,9}(?:\n\s{0,40})?\{/gm;
const FIRST_WORD = /^[ \t]{0,40}([\w-]{1,60})(?=[ \t])/gm;
const ARGUMENTS =
  /((?:[ \t]{1,9}(?:"[^"\n]{0,200}"|'[^'\n]{0,200}'|[^\s"'();&|<>#]{1,200})){1,9})[ \t\r]{0,20}(?=$|[;&|#>])/my;

/** The beginnings and ends of loops. */
const LOOP =
  /\bfor[ \t]{1,9}(\w{1,60})[ \t]{1,9}in[ \t]{1,9}|\b(?:while|until)\b([^\n;]{0,200})|\bdone\b(?:[ \t]{0,9}<<-?[ \t]{0,9}["']?(\w{1,40})["']?[ \t\r]{0,9}\n|[ \t]{0,9}<[ \t]{0,9}<\(([^\n]{1,300})\)|[ \t]{0,9}<<<[ \t]{0,9}["']?\$\(([^\n]{1,300})\))?/g;
/** `IFS=, read -r name directory`. */
const READ =
  /^[ \t]{1,9}(?:IFS=["']?([^\s"']{0,3})["']?[ \t]{1,9})?read[ \t]{1,9}(?:-r[ \t]{1,9}|-r?d[ \t]{0,9}(?:\$?'[^'\n]{0,4}'|"")[ \t]{1,9}){0,2}([A-Za-z_][\w \t]{0,100})$/;
const MOST_LINES = 60;
/** The list of one, which is followed by `do`. */
const LIST = /(?:[^;\n\\]|\\\r?\n|\\;){1,2000}/y;
const DO = /[;\n]\s{0,80}do\b/y;
/** `NAME=(a b c)`, without variables. */
const ARRAY = /\b(\w{1,60})=\(([^()`]{0,2000})\)/g;
/** `NAME[key]=value`. */
const ELEMENT = /^[ \t]{0,40}(\w{1,60})\[["']?([\w./:@-]{1,80})["']?\]=(["']?)([^\s"'()`]{1,200})\3[ \t\r]{0,9}$/gm;
/** `[key]=value` of an array. */
const KEYED = /\[["']?([\w./:@-]{1,80})["']?\]=(["']?)([^\s"']{1,200})\2/g;
const OF_ELEMENT = /\$\{(\w{1,60})\[["']?([^\]["'{}]{1,80}|\$\{\w{1,60}\})["']?\]\}/g;
const MOST_ELEMENTS = 500;

interface ShellFunction {
  readonly name: string;
  readonly index: number;
  /** Where its body begins. */
  readonly start: number;
}

/** `undefined`: the end of one. */
type Loop =
  | {
      readonly variables: readonly string[];
      /** Of a loop over lines, the command that puts them out. */
      list: string;
      /** Of a loop over lines that are written, the values of its variables. */
      lines?: readonly (readonly string[])[] | undefined;
    }
  | undefined;

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
  /** By array, then by key. */
  private readonly elements = new Map<string, Map<string, string>>();
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
    this.readElements(`${taken}\n${text}`);
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
    return open.filter(one => one.variables.length > 0);
  }

  private readElements(text: string): void {
    let left = MOST_ELEMENTS;
    const add = (name: string, key: string, value: string): void => {
      const all = this.elements.get(name) ?? new Map<string, string>();
      this.elements.set(name, all);
      if (left-- > 0) all.set(key, value);
    };
    for (const [, name = '', list = ''] of text.matchAll(ARRAY)) {
      const keyed = [...list.matchAll(KEYED)];
      for (const [, key = '', , value = ''] of keyed) add(name, key, value);
      const words = keyed.length > 0 ? [] : (list.replace(/#[^\n]*/g, '').match(/"[^"]*"|'[^']*'|[^\s"']+/g) ?? []);
      for (const [i, word] of words.entries()) add(name, `${i}`, word.replace(/["']/g, ''));
    }
    for (const [, name = '', key = '', , value = ''] of text.matchAll(ELEMENT)) add(name, key, value);
  }

  /** The keys of an array. */
  keysOf(name: string): readonly string[] | undefined {
    const all = this.elements.get(name);
    return all && [...all.keys()];
  }

  /** With the elements of arrays whose keys are known: `${IMAGES[web]}`, `${IMAGES[$name]}`. */
  withElements(written: string, given: (written: string) => string): string {
    if (!written.includes('[') || this.elements.size === 0) return written;
    return written.replace(OF_ELEMENT, (reference, name: string, key: string) => {
      return this.elements.get(name)?.get(given(key).replace(/["']/g, '')) ?? reference;
    });
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
  const open: { readonly loop: NonNullable<Loop>; readonly mark: string | undefined }[] = [];
  for (const { 0: whole, 1: variable, 2: condition, 3: ending, 4: given, 5: string, index } of text.matchAll(LOOP)) {
    if (index < (loops.at(-1)?.end ?? 0)) continue;
    const start = index + whole.length;
    if (condition !== undefined) {
      const [, mark, names = ''] = READ.exec(condition) ?? [];
      const before = text.slice(Math.max(0, index - 300), index);
      const piped = before.slice(before.lastIndexOf('\n') + 1).trim();
      const command = /^(.{1,250}?)[ \t]{0,9}\|$/.exec(piped)?.[1];
      const loop = {
        variables: names.trim().split(/\s+/).filter(Boolean),
        list: command === undefined ? '' : `$(${command})`,
      };
      loops.push({ index, end: start, loop });
      open.push({ loop, mark });
      continue;
    }
    if (variable === undefined) {
      loops.push({ index, end: start, loop: undefined });
      const last = open.pop();
      if (last && (given ?? string) !== undefined && last.loop.variables.length > 0)
        last.loop.list = `$(${given ?? string})`;
      if (last && ending !== undefined && last.loop.variables.length > 0)
        last.loop.lines = linesOf(
          text.slice(start, start + LONGEST_LINES),
          ending,
          last.mark,
          last.loop.variables.length,
        );
      continue;
    }
    const list = textAt(LIST, text, start);
    const after = list === '' ? '' : textAt(DO, text, start + list.length);
    if (after === '') continue;
    const loop = { variables: [variable], list };
    loops.push({ index, end: start + list.length + after.length, loop });
    open.push({ loop, mark: undefined });
  }
  return loops;
}

const LONGEST_LINES = 6_000;

/** The words of the lines up to one that ends them; the last variable has the rest of its line. */
function linesOf(
  text: string,
  ending: string,
  mark: string | undefined,
  most: number,
): readonly (readonly string[])[] | undefined {
  const lines = text.split(/\r?\n/);
  const end = lines.findIndex(line => line.trim() === ending);
  if (end < 0 || end > MOST_LINES) return undefined;
  return lines.slice(0, end).flatMap(line => {
    const words = mark ? line.trim().split(mark[0]!) : line.trim().split(/[ \t]+/);
    if (line.trim() === '') return [];
    return [[...words.slice(0, most - 1), words.slice(most - 1).join(mark ? mark[0] : ' ')]];
  });
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

/** The words of a list; `undefined` where one is not known: `$(cat list)`. */
function wordsOf(list: string, script: Script, naming: Naming): readonly string[] | undefined {
  const listed = listedIn(list) ?? listedIn(naming.filled(list));
  if (listed !== undefined) return [listed];
  const keys = /^\s*["']?\$\{!(\w{1,60})\[[@*]\]\}["']?\s*$/.exec(list)?.[1];
  if (keys !== undefined) return script.keysOf(keys);
  const words: string[] = [];
  for (const written of list.replace(/\\\r?\n/g, ' ').match(/"[^"]*"|'[^']*'|\$\{[^{}]*\}|\$\([^()]*\)|[^\s"']+/g) ??
    []) {
    const word = written.replace(/["']/g, '');
    const array = /^\$\{(\w{1,60})\[[@*]\]\}$/.exec(word)?.[1];
    const all =
      array === undefined
        ? [naming.known(word)]
        : script
            .elementsOf(array)
            ?.split(' ')
            .map(one => naming.known(one));
    if (!all || all.includes(undefined) || words.length > MOST) return undefined;
    for (const known of all) words.push(...(word.startsWith('$') ? known!.split(/\s+/) : [known!]).filter(Boolean));
  }
  return words.length > 0 && words.length <= MOST && words.every(word => /^[\w./:@|,;=+\u0001-]{1,200}$/.test(word))
    ? words
    : undefined;
}
