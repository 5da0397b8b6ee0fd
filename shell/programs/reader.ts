/** Reads the words of a command line by a grammar. */
import { UNRESOLVED } from '../../core/text.ts';
import { Arguments, type Option, type OptionValue, type ReadableWord } from './arguments.ts';
import { type Grammar, type OptionShape, type Style, subcommandOf, tablesOf } from './grammar.ts';

/** Reads the words after the program's own. Takes time linear in their number. */
export function readWords<W extends ReadableWord>(
  words: readonly W[],
  grammar: Grammar,
  program: string,
): Arguments<W> {
  return new Reader(words, grammar).read(program);
}

const ASSIGNMENT = /^[A-Za-z_]\w*=/;
const OFF: ReadonlySet<string> = new Set(['false', 'no', '0', 'off', '$false', '$False', '$FALSE']);
const NUMBER = /^(?:\d+(?:\.\d+)?[smhd]?|\uE000)$/;
const FLAG = 'flag';

interface Found {
  readonly shape: OptionShape;
  readonly depth: number;
  readonly negated: boolean;
}

const textOf = (word: ReadableWord): string => word.literal ?? word.value.text;

class Reader<W extends ReadableWord> {
  private at = 0;
  private readonly levels: Grammar[];
  private readonly path: string[] = [];
  private readonly pathWords: W[] = [];
  private readonly options: Option<W>[] = [];
  private readonly operands: W[] = [];
  private readonly behind: W[] = [];
  private readonly assignments: W[] = [];
  private command: readonly W[] | undefined;
  private certain = true;
  /** How many of the operands are numbers in front of a command line. */
  private counts = 0;
  /** No options from here on. */
  private ended = false;
  private dashed = false;

  constructor(
    private readonly words: readonly W[],
    grammar: Grammar,
  ) {
    this.levels = [grammar];
  }

  read(program: string): Arguments<W> {
    if (this.style('bareBundle')) this.bareBundle();
    while (this.at < this.words.length && !this.command) {
      const word = this.words[this.at++]!;
      const text = textOf(word);
      if (this.ended || !this.looksLikeOption(text)) this.operand(word, text);
      else if (text === '--') this.ended = this.dashed = true;
      else if (text.startsWith('--') || this.style('singleDash')) this.long(word, text);
      else this.bundle(word, text, 1);
    }
    return new Arguments(
      program,
      this.levels,
      this.path,
      this.pathWords,
      this.options,
      this.operands,
      this.behind,
      this.assignments,
      this.command,
      this.certain,
    );
  }

  private get level(): Grammar {
    return this.levels.at(-1)!;
  }

  private style(what: keyof Style): boolean {
    return this.levels.findLast(level => level[what] !== undefined)?.[what] ?? false;
  }

  private looksLikeOption(text: string): boolean {
    return text.length > 1 && (text[0] === '-' || (text[0] === '+' && this.style('plus')));
  }

  private operand(word: W, text: string): void {
    // A quoted one is one word, but that may still be an option.
    if (!this.ended && text.startsWith(UNRESOLVED)) this.certain = false;
    const { assignments, numbers } = this.level;
    const runs = this.runs();
    if (assignments && ASSIGNMENT.test(text)) this.assignments.push(word);
    else if (numbers && NUMBER.test(text) && this.operands.length === this.counts) {
      this.operands.push(word);
      this.counts++;
    } else if (this.operands.length - this.counts === runs && !this.runsNothing()) {
      this.command = this.words.slice(this.at - 1);
    } else if (!this.enters(word)) {
      this.operands.push(word);
      if (this.dashed) this.behind.push(word);
      if (runs !== undefined || this.style('stopsAtOperand')) this.ended = true;
    }
  }

  /** Goes down to a subcommand. After a word that cannot be known none is certain. */
  private enters(word: W): boolean {
    if (this.operands.length > 0 || word.literal === undefined || word.literal === '-') return false;
    const next = subcommandOf(this.level, word.literal);
    if (!next) return false;
    this.path.push(next.name);
    this.pathWords.push(word);
    this.levels.push(next.grammar);
    return true;
  }

  /** `--name`, `--name=value`, and `-name` where one dash starts a long option. */
  private long(word: W, text: string): void {
    const colon = this.style('colon');
    const equals = text.indexOf(colon ? ':' : '=');
    const name = equals < 0 ? text : text.slice(0, equals);
    if (name.includes(UNRESOLVED)) this.certain = false;
    const found = this.lookUp(name) ?? this.inAnotherSpelling(name) ?? this.attachedTo(word, text);
    if (found === 'read') return;
    // In `-Path: x` the value is the next word all the same.
    const attached = equals < 0 || (colon && equals + 1 === text.length) ? undefined : part(word, equals + 1);
    this.push(word, name, found, attached);
  }

  /** Short options, of which the last may have its value attached: `-fsSLo FILE`. */
  private bundle(word: W, text: string, from: number): void {
    for (let k = from; k < text.length; ) {
      const name = this.shortAt(text, k);
      const found = this.lookUp(name);
      k += name.length - 1;
      if (name.includes(UNRESOLVED)) this.certain = false;
      if (found && found.shape.value !== FLAG && !this.style('detached')) {
        const value = text[k] === '=' && this.style('shortEquals') ? k + 1 : k;
        this.push(word, name, found, value < text.length ? part(word, value) : undefined);
        return;
      }
      const valued = text[k] === '=';
      this.push(word, name, found, valued ? part(word, k + 1) : undefined);
      if (valued) return;
    }
  }

  /** `xzf` as the first word: the values follow it, in the order of the letters. */
  private bareBundle(): void {
    const word = this.words[0];
    const text = word ? textOf(word) : '-';
    if (!word || !/^[A-Za-z]+$/.test(text)) return;
    this.at = 1;
    for (const letter of text) this.push(word, `-${letter}`, this.lookUp(`-${letter}`), undefined);
  }

  /** The option at a place of a bundle: a letter, or several where the grammar has such (`-nv`). */
  private shortAt(text: string, at: number): string {
    const dash = text[0]!;
    const pair = `${dash}${text.slice(at, at + 2)}`;
    return pair.length === 3 && this.isWide() && this.lookUp(pair) ? pair : `${dash}${text[at]}`;
  }

  private isWide(): boolean {
    return this.levels.some(level => tablesOf(level).own.wide || tablesOf(level).everywhere.wide);
  }

  private lookUp(name: string): Found | undefined {
    for (let depth = this.levels.length - 1; depth >= 0; depth--) {
      const { own, everywhere } = tablesOf(this.levels[depth]!);
      const shape =
        (depth === this.levels.length - 1 ? own.shapes.get(name) : undefined) ?? everywhere.shapes.get(name);
      if (shape) return { shape, depth, negated: false };
    }
    return undefined;
  }

  /** After one dash a letter may have its value attached where no longer name fits: `-DNAME=value`. */
  private attachedTo(word: W, text: string): 'read' | undefined {
    if (text.startsWith('--')) return undefined;
    const found = this.lookUp(text.slice(0, 2));
    if (!found || found.shape.value === FLAG || text.length < 3) return undefined;
    this.push(word, text.slice(0, 2), found, part(word, 2));
    return 'read';
  }

  private inAnotherSpelling(written: string): Found | undefined {
    const name = this.style('ignoresCase') ? written.toLowerCase() : written;
    // Where one dash does, two do as well.
    const same = this.lookUp(name.startsWith('--') && this.style('singleDash') ? name.slice(1) : name);
    if (same) return same;
    const positive = this.style('negates') && name.startsWith('--no-') ? this.lookUp(`--${name.slice(5)}`) : undefined;
    if (positive) return { ...positive, negated: true };
    return this.style('abbreviates') && name.length > 2 ? this.abbreviated(name) : undefined;
  }

  private abbreviated(name: string): Found | undefined {
    let only: Found | undefined;
    for (const [depth, level] of this.levels.entries()) {
      const { own, everywhere } = tablesOf(level);
      for (const { shapes } of depth === this.levels.length - 1 ? [own, everywhere] : [everywhere])
        for (const [spelling, shape] of shapes) {
          if (!spelling.startsWith(name)) continue;
          if (only && only.shape !== shape) return undefined;
          only = { shape, depth, negated: false };
        }
    }
    return only;
  }

  /** Notes an option, and takes the words of its value. */
  private push(word: W, name: string, found: Found | undefined, attached: OptionValue<W> | undefined): void {
    const kind = found && !found.negated ? found.shape.value : FLAG;
    const words = [word];
    let value = attached;
    if (kind === 'list') words.push(...this.list());
    else if (!value && (kind === 'required' || kind === 'last' || this.takesNext(kind))) {
      const next = this.words[this.at];
      if (next) {
        this.at++;
        words.push(next);
        value = { word: next, source: next.value, literal: next.literal };
      }
    }
    if (kind === 'last') this.ended = true;
    this.options.push({
      name,
      canonical: found?.shape.canonical ?? name,
      known: found !== undefined,
      value,
      off: found?.negated === true || (kind === FLAG && OFF.has(value?.literal ?? '')),
      words,
      depth: found?.depth ?? this.levels.length - 1,
    });
  }

  /** Whether the next word is a value by what it is. */
  private takesNext(kind: string): boolean {
    const next = this.words[this.at];
    if (!next) return false;
    const text = textOf(next);
    if (kind === 'number') return /^\d+$/.test(text) || text === UNRESOLVED;
    return kind === FLAG && (text === 'true' || text === 'false') && this.style('spacedBooleans');
  }

  /** The words up to `;` or `+`. */
  private list(): readonly W[] {
    const from = this.at;
    while (this.at < this.words.length) {
      const text = textOf(this.words[this.at++]!);
      if (text === ';' || text === '+') break;
    }
    return this.words.slice(from, this.at);
  }

  /** After how many operands another command line starts. */
  private runs(): number | undefined {
    const { runs, runsOnlyWith } = this.level;
    return runsOnlyWith === undefined || this.sees(runsOnlyWith) ? runs : undefined;
  }

  private runsNothing(): boolean {
    const { runsNothingWith } = this.level;
    return runsNothingWith !== undefined && this.sees(runsNothingWith);
  }

  private sees(names: readonly string[]): boolean {
    return this.options.some(({ canonical }) => names.includes(canonical));
  }
}

function part<W extends ReadableWord>(word: W, from: number): OptionValue<W> {
  const text = word.value.text.slice(from);
  const source = word.value.slice(from, word.value.text.length) as W['value'];
  // The rest of `--$X=y` is certain although the word is not.
  return { word, source, literal: word.literal?.slice(from) ?? (text.includes(UNRESOLVED) ? undefined : text) };
}
