/**
 * Go's regular expressions, whose time is linear in the text: all ways through the program are followed at once. Expressions of
 * templates are never given to the engine of JavaScript, which goes back and tries again.
 */
import { type CharacterSet, type Instruction, type Program, programOf } from './regex-parser.ts';

/** Work on one text, in instructions. */
const MOST_STEPS = 1_000_000;
/** More matches are not counted. */
const MOST_MATCHES = 10_000;

export interface Match {
  readonly start: number;
  readonly end: number;
}

export interface Matches {
  /** Offsets of code points in the text. */
  readonly matches: readonly Match[];
  readonly groups: number;
  readonly named: boolean;
}

/** The first match of an expression in a text, or all of them; `undefined` where it is not known. */
export function matchesOf(pattern: string, text: string, most: 1 | 'all'): Matches | undefined {
  const program = programOf(pattern);
  if (!program) return undefined;
  const characters = [...text].map(one => one.codePointAt(0)!);
  const search = new Search(program, characters);
  const found: Match[] = [];
  for (let from = 0; from <= characters.length && found.length < (most === 1 ? 1 : MOST_MATCHES); ) {
    const match = search.first(from);
    if (search.isTired) return undefined;
    if (!match) break;
    // As in Go, an empty match right behind another does not count.
    const isAdjacent = match.start === match.end && found.at(-1)?.end === match.start;
    if (!isAdjacent) found.push(match);
    from = match.end > match.start ? match.end : match.end + 1;
  }
  return { matches: found, groups: program.groups, named: program.named };
}

/** A way through the program: where it is, and where its match started. */
interface Thread {
  readonly at: number;
  readonly start: number;
}

class Search {
  private steps = 0;
  /** For each instruction the position in the text at which it was reached last. */
  private readonly reached: Int32Array;

  constructor(
    private readonly program: Program,
    private readonly text: readonly number[],
  ) {
    this.reached = new Int32Array(program.instructions.length);
  }

  get isTired(): boolean {
    return this.steps > MOST_STEPS;
  }

  /** The leftmost match from an offset on; of several, the one that Go prefers. */
  first(from: number): Match | undefined {
    this.reached.fill(-1);
    this.steps += this.reached.length >> 3;
    let threads: Thread[] = [];
    let found: Match | undefined;
    for (let position = from; position <= this.text.length; position++) {
      // A later start is preferred to no way that is already open.
      if (!found) this.follow(threads, 0, position, position);
      else if (threads.length === 0) break;
      const next: Thread[] = [];
      for (const { at, start } of threads) {
        if (++this.steps > MOST_STEPS) return undefined;
        const instruction = this.program.instructions[at]!;
        if (instruction.kind === 'match') {
          found = { start, end: position };
          // What comes after is less preferred.
          break;
        }
        if (instruction.kind === 'set' && position < this.text.length && has(instruction.set, this.text[position]!))
          this.follow(next, at + 1, start, position + 1);
      }
      threads = next;
    }
    return found;
  }

  /** Adds what an instruction leads to without a character, in the order of preference. */
  private follow(threads: Thread[], at: number, start: number, position: number): void {
    const open = [at];
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      if (this.reached[one] === position || ++this.steps > MOST_STEPS) continue;
      this.reached[one] = position;
      const instruction = this.program.instructions[one]!;
      if (instruction.kind === 'jump') open.push(instruction.to);
      else if (instruction.kind === 'split') open.push(instruction.second, instruction.first);
      else if (instruction.kind !== 'assert') threads.push({ at: one, start });
      else if (this.holds(instruction, position)) open.push(one + 1);
    }
  }

  private holds({ what }: Extract<Instruction, { kind: 'assert' }>, position: number): boolean {
    const [before, after] = [this.text[position - 1], this.text[position]];
    if (what === 'start') return position === 0;
    if (what === 'end') return position === this.text.length;
    if (what === 'line start') return before === undefined || before === 10;
    if (what === 'line end') return after === undefined || after === 10;
    return (isWord(before) !== isWord(after)) === (what === 'word boundary');
  }
}

function isWord(character: number | undefined): boolean {
  return character !== undefined && character < 128 && /\w/.test(String.fromCharCode(character));
}

function has({ negated, ranges }: CharacterSet, character: number): boolean {
  for (let i = 0; i < ranges.length; i += 2)
    if (character >= ranges[i]! && character <= ranges[i + 1]!) return !negated;
  return negated;
}
