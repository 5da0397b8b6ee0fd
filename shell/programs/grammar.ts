/**
 * How the command line of a program is written, as data: one {@link Program} for each, in the files beside this one.
 *
 * Options are written as in the synopsis of a manual page, the spellings of one option joined by commas:
 *
 * - `-f,--fail`: a flag.
 * - `-o,--output=FILE`: with a value, which may be the next word or attached (`-oFILE`, `--output=FILE`).
 * - `--color[=WHEN]`: with a value only where one is attached.
 * - `-j,--jobs=[N]`: as before, or where the next word is a number.
 * - `-c=COMMAND...`: the last option; what follows its value belongs to what it names.
 * - `-exec=COMMAND...;`: its value is all words up to `;` or `+`.
 *
 * The name of an option in the rest of the house is its first long spelling, else its first one.
 */
import { memo } from '../../core/memo.ts';

/** How the options of a program are distinguished from other words. What is left out is as in the level above it, and then off. */
export interface Style {
  /** One dash starts a long option, as for `find`, `go` and `openssl`: none are bundled (`-abc` is not `-a -b -c`). */
  readonly singleDash?: boolean;
  /** The beginning of a long option does, as long as no other begins so: `--recurs`. */
  readonly abbreviates?: boolean;
  /** In `-o=FILE` the `=` is not a part of the value. */
  readonly shortEquals?: boolean;
  /** The value of a short option is always another word: `sh -eo pipefail`, `sh -oe pipefail`. */
  readonly detached?: boolean;
  /** A value is attached by a colon: `-Force:$false`. */
  readonly colon?: boolean;
  /** `--no-NAME` takes back `--NAME`. */
  readonly negates?: boolean;
  /** `--Assume-Yes` is `--assume-yes`. */
  readonly ignoresCase?: boolean;
  /** No word after the first operand is an option. */
  readonly stopsAtOperand?: boolean;
  /** `true` or `false` after a flag is its value. */
  readonly spacedBooleans?: boolean;
  /** Words that start with `+` are options too: `sh +e`. */
  readonly plus?: boolean;
  /** The first word is a bundle of options even without a dash: `tar xzf FILE`. */
  readonly bareBundle?: boolean;
}

/** One level of a command line: the program, or a subcommand of it. */
export interface Grammar extends Style {
  /** The options of this level, which precede a subcommand. */
  readonly options?: string;
  /** Options of this level that may follow its subcommands too. */
  readonly everywhere?: string;
  /** By name, other names for the same after a bar: `'install|add'`. The first operand names one, whether it is listed or not. */
  readonly subcommands?: Readonly<Record<string, Grammar>>;
  /** After this many operands is the command line of another program; no word after the first operand is an option. */
  readonly runs?: number;
  /** `NAME=value` words may precede that command line. */
  readonly assignments?: boolean;
  /** Numbers and lengths of time may precede that command line. */
  readonly numbers?: boolean;
  /** It runs one only with one of these options, by their canonical names. */
  readonly runsOnlyWith?: readonly string[];
  /** With one of these options, by their canonical names, it runs nothing: all words are its own. */
  readonly runsNothingWith?: readonly string[];
}

/** A program and the names it goes by. */
export interface Program extends Grammar {
  /** The first is the canonical one. */
  readonly names: readonly string[];
  /** A version may follow the name: `pip3.12`. */
  readonly versioned?: boolean;
  /** Programs that it runs by `-m`: `python -m pip install` is a command line of pip. */
  readonly modules?: readonly string[];
}

/** `flag`: no value but one that is attached to it all the same (`--yes=false`); the others as in the notation above. */
export type ValueKind = 'flag' | 'required' | 'attached' | 'number' | 'last' | 'list';

/** One option of a grammar. */
export interface OptionShape {
  /** The canonical name. */
  readonly canonical: string;
  readonly value: ValueKind;
}

/** The options of one list, by each of their spellings. */
export interface OptionTable {
  readonly shapes: ReadonlyMap<string, OptionShape>;
  /** Whether short options of several letters are among them: `wget -nv`. */
  readonly wide: boolean;
}

/** The tables of a level: its own options, and those that hold below it too. */
export interface LevelTables {
  readonly own: OptionTable;
  readonly everywhere: OptionTable;
}

export const tablesOf: (grammar: Grammar) => LevelTables = memo(({ options = '', everywhere = '' }) => ({
  own: tableOf(options),
  everywhere: tableOf(everywhere),
}));

function tableOf(text: string): OptionTable {
  const shapes = new Map<string, OptionShape>();
  let wide = false;
  for (const token of text.split(/\s+/)) {
    if (token === '') continue;
    const named = token.search(/[=[]/);
    const spellings = (named < 0 ? token : token.slice(0, named)).split(',');
    const value = kindOf(named < 0 ? '' : token.slice(named));
    const shape = { canonical: spellings.find(name => name.startsWith('--')) ?? spellings[0]!, value };
    for (const name of spellings) {
      shapes.set(name, shape);
      if (name.length > 2 && name[1] !== '-') wide = true;
    }
  }
  return { shapes, wide };
}

function kindOf(value: string): ValueKind {
  if (value === '') return 'flag';
  if (value.startsWith('[')) return 'attached';
  if (value.startsWith('=[')) return 'number';
  return value.endsWith('...;') ? 'list' : value.endsWith('...') ? 'last' : 'required';
}

/** The subcommands of a level by each of their names, with the first of them. */
export const subcommandsOf: (
  subcommands: Readonly<Record<string, Grammar>>,
) => ReadonlyMap<string, { readonly name: string; readonly grammar: Grammar }> = memo(subcommands => {
  const found = new Map<string, { readonly name: string; readonly grammar: Grammar }>();
  for (const [key, grammar] of Object.entries(subcommands)) {
    const names = key.split('|');
    for (const name of names) found.set(name, { name: names[0]!, grammar });
  }
  return found;
});

const NOTHING: Grammar = {};

/** The grammar of a subcommand; `undefined` where the level has none. One that is not listed is a subcommand all the same. */
export function subcommandOf({ subcommands }: Grammar, name: string): { name: string; grammar: Grammar } | undefined {
  return subcommands && (subcommandsOf(subcommands).get(name) ?? { name, grammar: NOTHING });
}
