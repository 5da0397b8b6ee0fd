/**
 * Reads regular expressions of Go (https://pkg.go.dev/regexp/syntax) into programs for `regex.ts`. What is rare there is not
 * read: classes by Unicode's names, `\Q…\E`, ungreedy flags, letters outside of ASCII that are matched in either case.
 */

/** A set of code points: ranges in pairs. */
export interface CharacterSet {
  readonly ranges: readonly number[];
  readonly negated: boolean;
}

export type Instruction =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  /** Goes on at both; the first is preferred. */
  | { readonly kind: 'split'; first: number; second: number }
  | { readonly kind: 'jump'; to: number }
  | { readonly kind: 'assert'; readonly what: Assertion }
  | { readonly kind: 'match' };

type Assertion = 'start' | 'end' | 'line start' | 'line end' | 'word boundary' | 'no word boundary';

export interface Program {
  readonly instructions: readonly Instruction[];
  /** How many groups capture, and whether they have names. */
  readonly groups: number;
  readonly named: boolean;
}

/** Longer expressions, larger programs and deeper groups are not read. */
const LONGEST = 2_000;
const MOST_INSTRUCTIONS = 3_000;
const DEEPEST = 50;
const MOST_REPEATS = 1_000;

interface Flags {
  readonly fold: boolean;
  readonly lines: boolean;
  readonly dotAll: boolean;
}

const HIGHEST = 0x10ffff;
const CLASSES: Readonly<Record<string, readonly number[]>> = {
  d: [48, 57],
  w: [48, 57, 65, 90, 95, 95, 97, 122],
  s: [9, 10, 12, 13, 32, 32],
};
const NAMED: Readonly<Record<string, readonly number[]>> = {
  alnum: [48, 57, 65, 90, 97, 122],
  alpha: [65, 90, 97, 122],
  ascii: [0, 127],
  blank: [9, 9, 32, 32],
  cntrl: [0, 31, 127, 127],
  digit: [48, 57],
  graph: [33, 126],
  lower: [97, 122],
  print: [32, 126],
  punct: [33, 47, 58, 64, 91, 96, 123, 126],
  space: [9, 13, 32, 32],
  upper: [65, 90],
  word: CLASSES.w!,
  xdigit: [48, 57, 65, 70, 97, 102],
};
const ESCAPES: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };

class Unread {}

/** The program of an expression; `undefined` where it is not valid, or not read. */
export function programOf(pattern: string): Program | undefined {
  if (pattern.length > LONGEST) return undefined;
  try {
    return new Reader(pattern).read();
  } catch (error) {
    if (error instanceof Unread) return undefined;
    throw error;
  }
}

class Reader {
  private readonly characters: readonly string[];
  private at = 0;
  private depth = 0;
  private groups = 0;
  private named = 0;
  private readonly program: Instruction[] = [];
  private flags: Flags = { fold: false, lines: false, dotAll: false };

  constructor(pattern: string) {
    this.characters = [...pattern];
  }

  read(): Program {
    this.alternatives();
    if (this.at < this.characters.length) throw new Unread();
    this.add({ kind: 'match' });
    if (this.named > 0 && this.named < this.groups) throw new Unread();
    return { instructions: this.program, groups: this.groups, named: this.named > 0 };
  }

  private get next(): string | undefined {
    return this.characters[this.at];
  }
  private skip(text: string): boolean {
    for (let i = 0; i < text.length; i++) if (this.characters[this.at + i] !== text[i]) return false;
    this.at += text.length;
    return true;
  }
  private add(instruction: Instruction): number {
    if (this.program.length >= MOST_INSTRUCTIONS) throw new Unread();
    return this.program.push(instruction) - 1;
  }

  /** `a|b`: the first is tried first. Flags that are set in one hold in the next. */
  private alternatives(): void {
    const ends: number[] = [];
    for (;;) {
      const start = this.program.length;
      this.sequence();
      if (!this.skip('|')) break;
      // Room for the choice is made in front of what was read.
      this.insert(start, { kind: 'split', first: start + 1, second: 0 });
      ends.push(this.add({ kind: 'jump', to: 0 }));
      (this.program[start] as { second: number }).second = this.program.length;
    }
    for (const end of ends) (this.program[end] as { to: number }).to = this.program.length;
  }

  private sequence(): void {
    while (this.next !== undefined && this.next !== '|' && this.next !== ')') this.repeated();
  }

  private repeated(): void {
    const start = this.program.length;
    if (!this.atom()) return;
    const count = this.quantifier();
    if (!count) return;
    const isLazy = this.skip('?');
    // Go rejects a quantifier after another.
    if (this.quantifier()) throw new Unread();
    this.repeat(start, count, isLazy);
  }

  private quantifier(): { readonly least: number; readonly most: number } | undefined {
    if (this.skip('*')) return { least: 0, most: Number.POSITIVE_INFINITY };
    if (this.skip('+')) return { least: 1, most: Number.POSITIVE_INFINITY };
    if (this.skip('?')) return { least: 0, most: 1 };
    const [whole, first, comma, second] =
      /^\{(\d{1,4})(,?)(\d{0,4})\}/.exec(this.characters.slice(this.at, this.at + 12).join('')) ?? [];
    if (whole === undefined || (comma === '' && second !== '')) return undefined;
    this.at += whole.length;
    const least = Number(first);
    const most = comma === '' ? least : second === '' ? Number.POSITIVE_INFINITY : Number(second);
    if (least > MOST_REPEATS || most < least || (most > MOST_REPEATS && most !== Number.POSITIVE_INFINITY))
      throw new Unread();
    return { least, most };
  }

  /** What was read from `start` on, so often. */
  private repeat(start: number, { least, most }: { least: number; most: number }, isLazy: boolean): void {
    const once = this.program.splice(start);
    const copy = (): void => {
      const from = this.program.length;
      for (const instruction of once) this.add(moved(instruction, from - start));
    };
    const choice = (): number => this.add({ kind: 'split', first: this.program.length + 1, second: 0 });
    const leave = (at: number): void => {
      const split = this.program[at] as { first: number; second: number };
      split.second = this.program.length;
      if (isLazy) [split.first, split.second] = [split.second, split.first];
    };
    for (let i = 0; i < least; i++) copy();
    if (most === Number.POSITIVE_INFINITY) {
      const again = choice();
      copy();
      this.add({ kind: 'jump', to: again });
      leave(again);
      return;
    }
    const choices: number[] = [];
    for (let i = least; i < most; i++) {
      choices.push(choice());
      copy();
    }
    for (const at of choices) leave(at);
  }

  private insert(at: number, instruction: Instruction): void {
    const rest = this.program.splice(at);
    this.add(instruction);
    for (const one of rest) this.add(moved(one, 1));
  }

  /** False for flags alone, which cannot be repeated. */
  private atom(): boolean {
    const { next } = this;
    if (next === '(') return this.group();
    if (next === '*' || next === '+' || next === '?' || (next === '{' && this.quantifier())) throw new Unread();
    this.at++;
    if (next === '[') this.add({ kind: 'set', set: this.bracket() });
    else if (next === '.') this.add({ kind: 'set', set: { ranges: this.flags.dotAll ? [] : [10, 10], negated: true } });
    else if (next === '^') this.add({ kind: 'assert', what: this.flags.lines ? 'line start' : 'start' });
    else if (next === '$') this.add({ kind: 'assert', what: this.flags.lines ? 'line end' : 'end' });
    else if (next === '\\') this.escaped();
    else this.add({ kind: 'set', set: this.folded([next!.codePointAt(0)!, next!.codePointAt(0)!]) });
    return true;
  }

  private group(): boolean {
    this.at++;
    if (++this.depth > DEEPEST) throw new Unread();
    const outer = this.flags;
    if (this.skip('?')) {
      const isName = this.skip('P<') || this.skip('<');
      if (isName) this.name();
      else if (this.readFlags()) {
        this.depth--;
        return false;
      }
    } else this.groups++;
    this.alternatives();
    if (!this.skip(')')) throw new Unread();
    this.flags = outer;
    this.depth--;
    return true;
  }

  private name(): void {
    const end = this.characters.indexOf('>', this.at);
    // `(?<=` and `(?<!` look behind, which Go does not have.
    if (end < 0 || !/^[A-Za-z_]\w{0,60}$/.test(this.characters.slice(this.at, end).join(''))) throw new Unread();
    this.at = end + 1;
    this.groups++;
    this.named++;
  }

  /** `(?i)` holds to the end of the group around it, `(?i:…)` inside of it. Whether it was the former. */
  private readFlags(): boolean {
    const [whole, on = '', off = '', end] =
      /^([ims]{0,3})(?:-([ims]{1,3}))?([:)])/.exec(this.characters.slice(this.at, this.at + 10).join('')) ?? [];
    if (whole === undefined) throw new Unread();
    this.at += whole.length;
    const is = (flag: string, before: boolean): boolean => (before || on.includes(flag)) && !off.includes(flag);
    const { fold, lines, dotAll } = this.flags;
    this.flags = { fold: is('i', fold), lines: is('m', lines), dotAll: is('s', dotAll) };
    return end === ')';
  }

  private escaped(): void {
    const { next } = this;
    if (next === undefined) throw new Unread();
    if (next === 'b' || next === 'B' || next === 'A' || next === 'z') {
      this.at++;
      const what = next === 'A' ? 'start' : next === 'z' ? 'end' : next === 'b' ? 'word boundary' : 'no word boundary';
      this.add({ kind: 'assert', what });
      return;
    }
    const ranges = this.classEscape();
    this.add({ kind: 'set', set: ranges ?? this.folded(pair(this.characterEscape())) });
  }

  /** `\d` and its like, after the backslash. */
  private classEscape(): CharacterSet | undefined {
    const ranges = CLASSES[this.next?.toLowerCase() ?? ''];
    if (!ranges) return undefined;
    const negated = this.next !== this.next!.toLowerCase();
    this.at++;
    return { ranges, negated };
  }

  private characterEscape(): number {
    const next = this.next!;
    this.at++;
    if (Object.hasOwn(ESCAPES, next)) return ESCAPES[next]!;
    if (next === 'x') {
      const [whole, braced, two] =
        /^(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{2}))/.exec(this.characters.slice(this.at, this.at + 8).join('')) ?? [];
      if (whole === undefined) throw new Unread();
      this.at += whole.length;
      return Number.parseInt(braced ?? two!, 16);
    }
    // Of letters and digits, Go rejects those that mean nothing.
    if (/[A-Za-z0-9]/.test(next) || next.codePointAt(0)! > 127) throw new Unread();
    return next.codePointAt(0)!;
  }

  private bracket(): CharacterSet {
    const negated = this.skip('^');
    const ranges: number[] = [];
    for (let isFirst = true; isFirst || this.next !== ']'; isFirst = false) {
      if (this.next === undefined) throw new Unread();
      if (this.skip('[:')) ranges.push(...this.namedClass());
      else ranges.push(...this.member());
    }
    this.at++;
    return { ranges: this.folded(ranges).ranges, negated };
  }

  private namedClass(): readonly number[] {
    const [whole, not, name = ''] =
      /^(\^?)([a-z]{1,6}):\]/.exec(this.characters.slice(this.at, this.at + 12).join('')) ?? [];
    const ranges = Object.hasOwn(NAMED, name) ? NAMED[name]! : undefined;
    if (whole === undefined || !ranges) throw new Unread();
    this.at += whole.length;
    return not === '' ? ranges : without(ranges);
  }

  /** One character, a range of them, or `\d`. */
  private member(): readonly number[] {
    const from = this.memberCharacter();
    if (typeof from !== 'number') return from;
    if (this.next !== '-' || this.characters[this.at + 1] === ']') return pair(from);
    this.at++;
    const to = this.memberCharacter();
    if (typeof to !== 'number' || to < from) throw new Unread();
    return [from, to];
  }

  private memberCharacter(): number | readonly number[] {
    if (this.next === undefined) throw new Unread();
    if (this.skip('\\')) {
      if (this.next === undefined) throw new Unread();
      const set = this.classEscape();
      if (set) return set.negated ? without(set.ranges) : set.ranges;
      return this.characterEscape();
    }
    return this.characters[this.at++]!.codePointAt(0)!;
  }

  /** With the other case of each letter, where case does not matter. */
  private folded(ranges: readonly number[]): CharacterSet {
    if (!this.flags.fold) return { ranges, negated: false };
    const all = [...ranges];
    for (let i = 0; i < ranges.length; i += 2) {
      const [from, to] = [ranges[i]!, ranges[i + 1]!];
      if (to > 127) throw new Unread();
      for (const [first, last, by] of [
        [65, 90, 32],
        [97, 122, -32],
      ] as const)
        if (from <= last && to >= first) all.push(Math.max(from, first) + by, Math.min(to, last) + by);
    }
    return { ranges: all, negated: false };
  }
}

const pair = (character: number): readonly number[] => [character, character];

/** All other characters. */
function without(ranges: readonly number[]): readonly number[] {
  const out: number[] = [];
  let from = 0;
  // The sets that are turned around here are in order.
  for (let i = 0; i < ranges.length; i += 2) {
    if (ranges[i]! > from) out.push(from, ranges[i]! - 1);
    from = ranges[i + 1]! + 1;
  }
  return [...out, from, HIGHEST];
}

/** An instruction at another place, together with what it goes to. */
function moved(instruction: Instruction, by: number): Instruction {
  if (instruction.kind === 'jump') return { ...instruction, to: instruction.to + by };
  if (instruction.kind === 'split')
    return { ...instruction, first: instruction.first + by, second: instruction.second + by };
  return instruction;
}
