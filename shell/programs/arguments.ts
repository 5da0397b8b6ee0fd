/** What the words of a command line are: subcommands, options with their values, operands. */
import type { Word } from '../../core/shell-tree.ts';
import { type Grammar, tablesOf } from './grammar.ts';

/** What the reader asks of a word: a rule's `Word`, or one of the parser's, which knows no document yet. */
export interface ReadableWord {
  /** `undefined` when something in it expands. */
  readonly literal: string | undefined;
  /** With a `UNRESOLVED` for each expansion. */
  readonly value: { readonly text: string; slice(start: number, end: number): unknown };
}

/** An option as it is used. */
export interface Option<W extends ReadableWord = Word> {
  /** As it is written, with its dashes and without its value: `-o`, `--out`. */
  readonly name: string;
  /** The name that the grammar has for it, whichever spelling is used: `--output`. One that the grammar lacks keeps its own. */
  readonly canonical: string;
  /** Whether the grammar has it. Of one that it lacks it is unknown whether the next word is its value. */
  readonly known: boolean;
  /** `undefined` for a flag, and where the line ends before the value. */
  readonly value: OptionValue<W> | undefined;
  /** It is switched off: `--no-fail`, `--yes=false`. */
  readonly off: boolean;
  /** The words that it is written in: one, or two when the value is the next word. */
  readonly words: readonly W[];
  /** The level that it belongs to: 0 for the program, 1 for its subcommand. */
  readonly depth: number;
}

/** The value of an option. */
export interface OptionValue<W extends ReadableWord = Word> {
  /** The word that the value is in: the next one, or the option's own. */
  readonly word: W;
  /** The value alone, decoded. */
  readonly source: W['value'];
  readonly literal: string | undefined;
}

/** A command line, read. */
export class Arguments<W extends ReadableWord = Word> {
  constructor(
    /** The name of the program that the grammar is for: `pip` for `pip3.12` and `python -m pip`. */
    readonly program: string,
    private readonly levels: readonly Grammar[],
    /** The names of the subcommands, outermost first, the first one of those that mean the same: `['remote', 'add']`. */
    readonly path: readonly string[],
    /** The words that name them. */
    readonly pathWords: readonly W[],
    readonly options: readonly Option<W>[],
    /** The words that are neither subcommands nor options nor values of options. */
    readonly operands: readonly W[],
    /** Those of the operands that follow `--`. */
    readonly afterDoubleDash: readonly W[],
    /** `NAME=value` in front of a command line of another program. */
    readonly assignments: readonly W[],
    /** The command line of another program: `make all` of `sudo make all`; `undefined` where there is none. */
    readonly command: readonly W[] | undefined,
    /** False when a word may turn out to be options (`$FLAGS`): then an option that is not seen may still be there. */
    readonly certain: boolean,
  ) {}

  /** The subcommands joined by spaces; empty where there is none for certain. */
  get verb(): string {
    return this.path.join(' ');
  }

  /** Every use of one of these options, under whichever of its spellings. */
  all(...names: readonly string[]): readonly Option<W>[] {
    if (this.options.length === 0) return this.options;
    const wanted = this.levels.map(level => names.map(name => canonicalIn(level, name)));
    return this.options.filter(({ canonical, depth }) => wanted[depth]!.includes(canonical));
  }

  /** The last use of one of these options. */
  find(...names: readonly string[]): Option<W> | undefined {
    return this.all(...names).at(-1);
  }

  /** Whether one of these options is there and not switched off. */
  has(...names: readonly string[]): boolean {
    return this.all(...names).some(({ off }) => !off);
  }

  /** Whether none of these options is there for certain: `$FLAGS` might hold one. */
  lacks(...names: readonly string[]): boolean {
    return this.certain && !this.has(...names);
  }

  /** The value of the last use of one of these options. */
  value(...names: readonly string[]): OptionValue<W> | undefined {
    return this.values(...names).at(-1);
  }

  /** The values of all uses of these options. */
  values(...names: readonly string[]): readonly OptionValue<W>[] {
    return this.all(...names).flatMap(({ value }) => value ?? []);
  }
}

function canonicalIn(level: Grammar, name: string): string {
  const { own, everywhere } = tablesOf(level);
  return (own.shapes.get(name) ?? everywhere.shapes.get(name))?.canonical ?? name;
}
