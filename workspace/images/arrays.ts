/**
 * Arrays of a script, `ARGS=(-t web)` and `ARGS+=(--push)`, and variables with options, `ARGS="$ARGS -t web"`, as the words
 * of a command. What a loop adds is added for each of its words.
 */
import { unquoted, Word, wordsFrom } from './words.ts';

/** Arrays of one text, and characters of one. */
const MOST = 200;
const LONGEST = 3_000;
const MOST_WORDS = 200;

const ARRAY = /\b([A-Za-z_]\w{0,60})\+?=\(/g;
const STRING = /(?:^|[;&|\s])([A-Za-z_]\w{0,60})\+?=("[^"\n]{0,500}"|'[^'\n]{0,500}')/g;

/** For a place, the variables of the loops around it with their values, as they are written. */
export type LoopsAt = (
  index: number,
) => readonly { readonly loop: object; readonly variable: string; readonly values: readonly string[] }[];

/** Words that an array or a variable is given, and where. */
interface Part {
  readonly words: readonly Word[];
  readonly index: number;
}

export class Arrays {
  /** The parts of each array, in the order of the text. */
  private parts: ReadonlyMap<string, readonly Part[]> | undefined;

  /** The words of variables that have options. */
  private options: ReadonlyMap<string, readonly Part[]> | undefined;

  constructor(
    private readonly text: string,
    private readonly loopsAt: LoopsAt,
  ) {}

  /** With the elements of arrays in place of `"${ARGS[@]}"`; of a command that begins an array, with all of that. */
  filled(words: readonly Word[], index: number): readonly Word[] {
    const before = this.text.slice(Math.max(0, index - 80), index);
    const own = /\b([A-Za-z_]\w{0,60})=\([\s]{0,20}$/.exec(before)?.[1];
    if (own === undefined && !words.some(({ literal }) => OF_ARRAY.test(literal) || OF_STRING.test(literal)))
      return words;
    const all = words.flatMap(word => {
      const name = OF_ARRAY.exec(word.literal)?.[1];
      const [, long, short] = OF_STRING.exec(word.literal) ?? [];
      const string = long ?? short;
      const found = name === undefined ? string && this.optionsOf(string, index) : this.elementsOf(name, index);
      return found || [word];
    });
    const rest = own === undefined ? [] : (this.elementsOf(own, index, 1) ?? []);
    return [...all, ...rest].slice(0, MOST_WORDS);
  }

  private optionsOf(name: string, at: number): readonly Word[] | undefined {
    if (!this.options) {
      const found = new Map<string, Part[]>();
      let left = MOST;
      for (const { 0: all, 1: variable = '', 2: value = '', index } of this.text.matchAll(STRING)) {
        if (left-- <= 0) break;
        const start = index + all.length - value.length;
        const words = wordsFrom(` ${value.slice(1, -1)} `, 0).map(
          one => new Word(unquoted(one.literal), one.start + start, one.end + start),
        );
        // Itself stands for what it had before.
        const own = words.filter(({ literal }) => literal !== `$${variable}` && literal !== `\${${variable}}`);
        found.set(variable, [...(found.get(variable) ?? []), { words: own, index }]);
      }
      this.options = found;
    }
    const parts = this.options.get(name);
    return parts?.some(({ words }) => words[0]?.literal.startsWith('-')) ? this.wordsOf(parts, at) : undefined;
  }

  /** Words for each run of the loops around them that are not around the command, too. */
  private wordsOf(parts: readonly Part[], at: number): readonly Word[] {
    const around = new Set(this.loopsAt(at).map(({ loop }) => loop));
    return parts.flatMap(one => this.inLoops(one, around)).slice(0, MOST_WORDS);
  }

  private inLoops({ words, index }: Part, around: ReadonlySet<object>): Word[] {
    let all = [...words];
    if (!words.some(({ literal }) => literal.includes('$'))) return all;
    for (const { loop, variable, values } of this.loopsAt(index)) {
      if (around.has(loop)) continue;
      const isUsed = all.some(({ literal }) => literal.includes(`$${variable}`) || literal.includes(`\${${variable}}`));
      if (isUsed)
        all = values
          .flatMap(value =>
            all.map(word =>
              word.filled(text =>
                text.replace(VARIABLE, (whole, a?: string, b?: string) => ((a ?? b) === variable ? value : whole)),
              ),
            ),
          )
          .slice(0, MOST_WORDS);
    }
    return all;
  }

  private elementsOf(name: string, at: number, from = 0): readonly Word[] | undefined {
    this.parts ??= this.read();
    const parts = this.parts.get(name);
    return parts && this.wordsOf(parts.slice(from), at);
  }

  private read(): ReadonlyMap<string, readonly Part[]> {
    const found = new Map<string, Part[]>();
    let left = MOST;
    for (const { 0: opening, 1: name = '', index } of this.text.matchAll(ARRAY)) {
      if (left-- <= 0) break;
      const start = index + opening.length;
      const all = found.get(name) ?? [];
      found.set(name, all);
      const words = wordsFrom(onOneLine(this.text.slice(start, start + LONGEST)), 0).map(
        word => new Word(word.literal, word.start + start, word.end + start),
      );
      all.push({ words, index });
    }
    return found;
  }
}

const VARIABLE = /\$(?:\{([A-Za-z_]\w{0,60})\}|([A-Za-z_]\w{0,60}))/g;
const OF_STRING = /^\$(?:\{([A-Za-z_]\w{0,60})\}|([A-Za-z_]\w{0,60}))$/;
const OF_ARRAY = /^\$\{([A-Za-z_]\w{0,60})\[[@*]\]\}$/;

/** Without comments and ends of lines, in as many characters. */
const onOneLine = (text: string): string =>
  text
    .replace(/(?<=^|[ \t])#[^\n]*/gm, all => ' '.repeat(all.length))
    .replace(/\\?\r?\n/g, all => ' '.repeat(all.length));
