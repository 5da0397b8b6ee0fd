/** Arrays of a script, `ARGS=(-t web)` and `ARGS+=(--push)`, as the words of a command. */
import { Word, wordsFrom } from './words.ts';

/** Arrays of one text, and characters of one. */
const MOST = 200;
const LONGEST = 3_000;
const MOST_WORDS = 200;

const ARRAY = /\b([A-Za-z_]\w{0,60})\+?=\(/g;

export class Arrays {
  /** The parts of each array, in the order of the text. */
  private parts: ReadonlyMap<string, readonly (readonly Word[])[]> | undefined;

  constructor(private readonly text: string) {}

  /** With the elements of arrays in place of `"${ARGS[@]}"`; of a command that begins an array, with all of that. */
  filled(words: readonly Word[], index: number): readonly Word[] {
    const before = this.text.slice(Math.max(0, index - 80), index);
    const own = /\b([A-Za-z_]\w{0,60})=\([\s]{0,20}$/.exec(before)?.[1];
    if (own === undefined && !words.some(({ literal }) => OF_ARRAY.test(literal))) return words;
    const all = words.flatMap(word => {
      const name = OF_ARRAY.exec(word.literal)?.[1];
      return (name === undefined ? undefined : this.elementsOf(name)) ?? [word];
    });
    const rest = own === undefined ? [] : (this.elementsOf(own, 1) ?? []);
    return [...all, ...rest].slice(0, MOST_WORDS);
  }

  private elementsOf(name: string, from = 0): readonly Word[] | undefined {
    this.parts ??= this.read();
    return this.parts.get(name)?.slice(from).flat();
  }

  private read(): ReadonlyMap<string, readonly (readonly Word[])[]> {
    const found = new Map<string, Word[][]>();
    let left = MOST;
    for (const { 0: opening, 1: name = '', index } of this.text.matchAll(ARRAY)) {
      if (left-- <= 0) break;
      const start = index + opening.length;
      const all = found.get(name) ?? [];
      found.set(name, all);
      all.push(
        wordsFrom(onOneLine(this.text.slice(start, start + LONGEST)), 0).map(
          word => new Word(word.literal, word.start + start, word.end + start),
        ),
      );
    }
    return found;
  }
}

const OF_ARRAY = /^\$\{([A-Za-z_]\w{0,60})\[[@*]\]\}$/;

/** Without comments and ends of lines, in as many characters. */
const onOneLine = (text: string): string =>
  text
    .replace(/(?<=^|[ \t])#[^\n]*/gm, all => ' '.repeat(all.length))
    .replace(/\\?\r?\n/g, all => ' '.repeat(all.length));
