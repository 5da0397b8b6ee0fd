/** Words, assignments, redirections and here-documents for {@link makeScript}. */
import type { Pick } from './generate.ts';

const PLAIN = [
  'a',
  '-x',
  '--y=z',
  'a/b.c',
  '1',
  '*.sh',
  '[a-z]',
  '{a,b}',
  '~',

  '%s',
  ':',
  '@',
  'x=1',
  'é',
  'in',
];
const IN_SINGLE = ['', 'a b', '#', ';', 'x\n y', '(', '&', '{', 'é€', '"', '$(', '`'];
const IN_DOUBLE = [
  '',
  'a b',
  '#',
  ';',
  'x\n y',
  '(',
  '&',
  "'",
  '\\"',
  '\\$x',
  '$x',
  '${x}',
  '\\\\',
  'a\\\nb',
  '$',
  '`b`',
];
const PARAMETERS = ['$x', '$1', '$@', '$?', '${x}', '${#x}', '${x:-y}', '${x%%.*}', '${x[0]}', '${!x}', '${x//a/b}'];
const ESCAPES = ['\\ ', "\\'", '\\"', '\\$', '\\;', '\\a', "$'a\\'b'", '$"c"', '\\#', '\\('];
const ARITHMETIC = ['$((1 + 2))', '$(( (x) * 2 ))', '$((x << 2))', '$((a[1]))', '$((${x} | 1))'];
const BACKQUOTES = ['`a b`', '`a | b`', '`a; b`', '"`a \'b\'`"', '`a "b"`'];

export abstract class Words {
  text = '';
  private readonly bodies: string[] = [];

  constructor(
    protected readonly pick: Pick,
    /** With backquotes and substitutions in here-documents, whose contents `bash -n` does not look at. */
    protected readonly all: boolean,
    /** Whether a parenthesis closes it. */
    private readonly nested = false,
  ) {}

  /** A list of commands for a pair of parentheses. */
  protected abstract inner(depth: number): string;

  /** True once in `n` times. */
  chance(n: number): boolean {
    return this.pick(n - 1) === n - 1;
  }

  protected one(...choices: readonly (() => void)[]): void {
    choices[this.pick(choices.length - 1)]!();
  }

  /** Adds one of several strings; a newline in it is one that here-documents wait for. */
  protected add(...texts: readonly string[]): void {
    const text = texts[this.pick(texts.length - 1)]!;
    for (const [i, line] of text.split('\n').entries()) {
      if (i > 0 && this.text.endsWith('\\')) this.text += '\n';
      else if (i > 0) this.lineEnd();
      this.text += line;
    }
  }

  private lineEnd(): void {
    this.text += '\n';
    for (const body of this.bodies.splice(0)) this.text += body;
  }

  /** Ends the line; the bodies of its here-documents follow. */
  newline(): void {
    if (this.chance(6)) this.text += this.nested ? ' # a' : ' # it\'s "$(';
    this.lineEnd();
    if (this.chance(6)) this.add('\n', '# a " \n', '  \n');
  }

  /** Whether here-documents wait for a newline. */
  protected get waiting(): boolean {
    return this.bodies.length > 0;
  }

  /** Ends the line if here-documents wait for that. */
  flush(): void {
    if (this.waiting) this.lineEnd();
  }

  /** Arrays and elements of arrays are alone: mvdan-sh rejects them in front of a command. */
  protected assignment(depth: number, alone: boolean): void {
    this.add('a', 'foo', 'x1', 'if_');
    if (alone && this.chance(3)) this.add('[0]', '[$i]', '[1 + 2]');
    else if (alone && this.chance(2)) {
      this.add('=', '+=');
      this.array();
      return;
    }
    this.add('=', '+=');
    if (!this.chance(4)) this.word(depth);
  }

  private array(): void {
    this.text += '(';
    for (let i = this.pick(2); i > 0; i--) {
      // mvdan-sh takes an element with `[` for one that has an index.
      this.add('x', '"a b"', '$x', '$(b c)', "'('");
      if (this.waiting) this.text += ' ';
      else this.add(' ', '\n', this.nested ? ' \n' : ' # no )\n');
    }
    this.text += ')';
  }

  protected redirect(depth: number): void {
    if (this.chance(4)) {
      this.heredoc(depth);
      return;
    }
    this.add('>', '> ', '>>', '<', '2>', '2> ', '&>', '>|', '<> ', '<<<', '<<< ', '{fd}>', '2>&1 >', '<&3 <');
    const at = this.text.length;
    this.word(depth);
    // `<` and `<(` would make `<<`.
    if (/[<>]/.test(this.text[at]!)) this.text = `${this.text.slice(0, at)} ${this.text.slice(at)}`;
  }

  private heredoc(depth: number): void {
    const strip = this.chance(3) ? '-' : '';
    // Here-documents inside each other end with different words.
    const end = 'DEFGHIJKLMNO'[Math.max(0, depth + 5)]!;
    const written = [end, end, `'${end}'`, `"${end} F"`, `\\${end}`][this.pick(4)]!;
    const lines = ['', 'a\n', 'a() {\n', '  E \n', '$x `b` \\$c\n', '"\n', "it's\n", '\\\\\n', 'é\n'];
    let body = lines[this.pick(lines.length - 1)]!;
    if (this.all && this.chance(3) && written === end) body += `x $( ${this.inner(depth - 1)}) y\n`;
    this.text += `<<${strip}${written}`;
    this.bodies.push(`${body}${strip && this.chance(2) ? '\t' : ''}${written.replace(/['"\\]/g, '')}\n`);
  }

  protected word(depth: number): void {
    for (let i = this.pick(3); i >= 0; i -= 2) this.part(depth);
  }

  private part(depth: number): void {
    const plain = [
      () => this.add(...PLAIN),
      () => this.add(...PARAMETERS),
      () => this.add(...ESCAPES),
      () => {
        this.text += `'${IN_SINGLE[this.pick(IN_SINGLE.length - 1)]}'`;
      },
      () => {
        this.text += `"${IN_DOUBLE[this.pick(IN_DOUBLE.length - (this.all ? 1 : 2))]}"`;
      },
    ];
    if (depth <= 0 || this.chance(2)) this.one(...plain);
    else
      this.one(
        ...plain,
        () => this.substitution('$(', depth),
        () => {
          this.text += '"x';
          this.substitution('$(', depth);
          this.text += ' y"';
        },
        () => this.add(...ARITHMETIC, ...(this.all ? BACKQUOTES : [])),
        () => this.substitution('<(', depth),
        () => this.substitution('>(', depth),
        () => this.braces(depth),
      );
  }

  private braces(depth: number): void {
    const quote = this.chance(2) ? '"' : '';
    this.text += quote;
    this.add('${x:-', '${x:+', '${x%');
    if (this.chance(2)) this.substitution('$(', depth);
    else this.add('"a b"', 'c', '$y', '${z}');
    this.text += `}${quote}`;
  }

  private substitution(open: string, depth: number): void {
    const inner = this.inner(depth - 1);
    // A `(` right after `$(` would be arithmetic.
    this.text += `${open}${inner.startsWith('(') || this.chance(4) ? ' ' : ''}${inner})`;
  }
}
