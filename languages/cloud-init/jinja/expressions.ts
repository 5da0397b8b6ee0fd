/** Reads the expressions of Jinja's tags, and what they name. */
import { isOnLaterLine, type JinjaProblem, type Tag, type Token, unclosed } from './tokens.ts';

/** A name with what is behind it: `v1.local_hostname`, `ds["meta_data"].tags`. */
export interface JinjaReference {
  /** The name and its attributes, as far as they are written out. */
  readonly path: readonly string[];
  /** Attributes follow that are computed, or it is called. */
  readonly open: boolean;
  /** A sign for subtraction and a plain word are directly behind it: `local-hostname`. */
  readonly hyphen: boolean;
  /** In a branch, a loop or an operand that Jinja may never get to. */
  readonly conditional: boolean;
  /** The template asks whether it is there, or has another value for it. */
  readonly minded: boolean;
  readonly start: number;
  readonly end: number;
}

/** A filter or a test. */
export interface JinjaWord {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Inside of a condition, where Jinja looks it up only when it gets there. */
  readonly conditional: boolean;
}

/** More attributes behind a name are not looked at. */
const LONGEST_PATH = 20;
/** Deeper expressions and blocks are not read. */
export const DEEPEST = 60;

export class Rejected {
  constructor(readonly problem: JinjaProblem) {}
}
/** Too deep to be read. */
export class Unread {}

const CONSTANTS = new Set(['true', 'false', 'none', 'True', 'False', 'None']);
/** Operators: in the place of a value, as `not` in `a == not b`, Jinja takes them for names. */
export const OPERATORS: ReadonlySet<string> = new Set(['not', 'and', 'or', 'in', 'is', 'if', 'else']);

export interface Found extends JinjaReference {
  conditional: boolean;
  minded: boolean;
}

/** A parser of expressions, by recursive descent; what reads the tags around them is built on it. */
export class ExpressionReader {
  readonly filters: JinjaWord[] = [];
  readonly tests: JinjaWord[] = [];
  readonly assigned = new Set<string>();
  protected readonly found: Found[] = [];
  protected tag!: Tag;
  protected next = 0;
  protected depth = 0;
  /** Jinja looks filters and tests up only when it gets there. */
  protected condition = 0;
  /** What is read may not be rendered, but its filters and tests are looked up. */
  protected lazy = 0;

  constructor(protected readonly text: string) {}

  // The tokens of the tag.

  protected get token(): Token | undefined {
    return this.tag.tokens[this.next];
  }
  protected is(text: string, kind: Token['kind'] = 'sign'): boolean {
    const { token } = this;
    return token !== undefined && token.kind === kind && token.text === text;
  }
  protected isWord(word: string): boolean {
    return this.is(word, 'name');
  }
  protected take(): Token {
    const { token } = this;
    if (!token) this.fail();
    this.next++;
    return token!;
  }
  protected skip(text: string, kind: Token['kind'] = 'sign'): boolean {
    if (!this.is(text, kind)) return false;
    this.next++;
    return true;
  }
  protected expect(text: string): void {
    if (!this.skip(text)) this.fail(`Write \`${text}\` before it`);
  }
  protected name(): Token {
    if (this.token?.kind !== 'name') this.fail();
    return this.take();
  }
  protected finish(): void {
    if (this.token) this.fail();
  }

  /** Rejects the template at the next token, or at the end of the tag. */
  protected fail(help?: string): never {
    const { token, tag, text } = this;
    const opening = tag.kind === 'output' ? '{{' : '{%';
    if (isOnLaterLine(text, tag.start, token?.start ?? tag.end)) throw new Rejected(unclosed(text, tag.start, opening));
    if (!token)
      throw new Rejected({
        message:
          tag.tokens.length === 0 ? `Jinja's \`${opening}\` is empty` : 'Expression in a Jinja tag is incomplete',
        help: 'Complete it, or put `{% raw %}` and `{% endraw %}` around it',
        start: tag.start,
        end: tag.end,
      });
    const word = token.kind === 'string' ? 'A string' : `\`${token.text.slice(0, 30)}\``;
    throw new Rejected({
      message: `${word} is not expected here in a Jinja tag`,
      help:
        help ??
        (token.text === '.'
          ? 'Put `{% raw %}` and `{% endraw %}` around what is not for Jinja'
          : 'Correct the expression'),
      start: token.start,
      end: token.end,
    });
  }

  // Expressions, loosest first.

  protected nested(read: () => void): void {
    if (++this.depth > DEEPEST) throw new Unread();
    read();
    this.depth--;
  }

  /** What `read` finds is minded: a condition, an alternative. */
  protected minding(read: () => void): void {
    const before = this.found.length;
    read();
    this.mind(before);
  }
  protected mind(from: number): void {
    for (let i = from; i < this.found.length; i++) this.found[i]!.minded = true;
  }

  /** Expressions between commas. */
  protected tuple(conditional = true, stop = ''): void {
    this.expressionOf(conditional);
    while (this.skip(',')) {
      const { token } = this;
      if (!token || token.text === ')' || this.is(':') || (stop !== '' && this.isWord(stop))) return;
      this.expressionOf(conditional);
    }
  }
  protected expressionOf(conditional: boolean): void {
    if (conditional) this.expression();
    else this.nested(() => this.either());
  }

  protected expression(): void {
    this.nested(() => {
      const before = this.found.length;
      const words = [this.filters, this.tests].map(list => ({ list, from: list.length }));
      this.either();
      while (this.skip('if', 'name')) {
        this.condition++;
        for (const { list, from } of words)
          list.splice(from, list.length, ...list.slice(from).map(word => ({ ...word, conditional: true })));
        this.either();
        // Either value may be the one that is not written.
        this.mind(before);
        for (const one of this.found.slice(before)) one.conditional = true;
        if (this.skip('else', 'name')) this.expression();
        this.condition--;
      }
    });
  }

  protected either(): void {
    const before = this.found.length;
    this.both();
    while (this.skip('or', 'name')) {
      this.mind(before);
      this.lazily(() => this.both());
    }
  }
  protected both(): void {
    const before = this.found.length;
    this.negation();
    while (this.skip('and', 'name')) {
      this.mind(before);
      this.lazily(() => this.negation());
    }
  }
  protected negation(): void {
    const before = this.found.length;
    let isNegated = false;
    while (this.skip('not', 'name')) isNegated = true;
    this.comparison();
    if (isNegated) this.mind(before);
  }
  protected lazily(read: () => void): void {
    this.lazy++;
    read();
    this.lazy--;
  }

  protected comparison(): void {
    this.sum();
    for (;;) {
      const isNotIn = this.isWord('not') && this.tag.tokens[this.next + 1]?.text === 'in';
      if (isNotIn) this.next += 2;
      else if (!this.skip('in', 'name') && !this.anyOf(['==', '!=', '<', '<=', '>', '>='])) return;
      this.sum();
    }
  }
  protected anyOf(signs: readonly string[]): boolean {
    return signs.some(sign => this.skip(sign));
  }

  /** All operators between values: which binds tighter does not matter here. */
  protected sum(): void {
    this.signed();
    while (this.anyOf(['+', '-', '~', '*', '/', '//', '%', '**'])) this.signed();
  }

  protected signed(): void {
    while (this.anyOf(['-', '+']));
    const before = this.found.length;
    this.primary();
    this.postfix(before);
  }

  /** Filters, tests and calls behind a value. */
  protected postfix(before: number): void {
    for (;;) {
      if (this.skip('|')) {
        const { text } = this.token ?? { text: '' };
        this.filter();
        if (text === 'default' || text === 'd') this.mind(before);
      } else if (this.skip('is', 'name')) {
        this.mind(before);
        this.test();
      } else if (this.is('(')) this.call();
      else return;
    }
  }

  protected primary(): void {
    const { token } = this;
    if (!token) this.fail();
    switch (token!.kind) {
      case 'name':
        this.reference();
        return;
      case 'number':
        this.next++;
        break;
      case 'string':
        while (this.token?.kind === 'string') this.next++;
        break;
      default:
        this.nested(() => this.bracketed());
    }
    while (this.is('.') || this.is('[') || this.is('(')) this.step();
  }

  protected bracketed(): void {
    if (this.skip('(')) {
      if (!this.is(')')) this.tuple();
      this.expect(')');
    } else if (this.skip('[')) {
      while (!this.is(']')) {
        this.expression();
        if (!this.is(']')) this.expect(',');
      }
      this.take();
    } else if (this.skip('{')) {
      while (!this.is('}')) {
        this.expression();
        this.expect(':');
        this.expression();
        if (!this.is('}')) this.expect(',');
      }
      this.take();
    } else this.fail();
  }

  /** A name and the attributes behind it. */
  protected reference(): void {
    const first = this.name();
    if (CONSTANTS.has(first.text)) {
      while (this.is('.') || this.is('[') || this.is('(')) this.step();
      return;
    }
    const path = [first.text];
    let { end } = first;
    let open = false;
    // Its place in the order of the text: before what its brackets contain.
    const conditional = this.condition > 0 || this.lazy > 0;
    const index =
      this.found.push({ path, open, hyphen: false, conditional, start: first.start, end, minded: false }) - 1;
    while (this.is('.') || this.is('[') || this.is('(')) {
      const step = this.step();
      if (step === undefined || path.length >= LONGEST_PATH) open = true;
      else if (!open) path.push(step);
      if (!open) end = this.tag.tokens[this.next - 1]!.end;
    }
    this.found[index] = { path, open, hyphen: this.isHyphen(end), conditional, start: first.start, end, minded: false };
  }

  /** Whether `-word` is directly behind: no one who subtracts writes so. */
  protected isHyphen(end: number): boolean {
    const minus = this.token;
    const word = this.tag.tokens[this.next + 1];
    return this.is('-') && minus!.start === end && word?.kind === 'name' && word.start === minus!.end;
  }

  /** `.name`, `["name"]` or something computed, which is `undefined`. */
  protected step(): string | undefined {
    if (this.skip('.')) {
      const { token } = this;
      if (token?.kind === 'number' && /^\d+$/.test(token.text)) {
        this.next++;
        return undefined;
      }
      return this.name().text;
    }
    if (this.is('(')) {
      this.call();
      return undefined;
    }
    this.take();
    const { token } = this;
    const plain = token?.kind === 'string' && this.tag.tokens[this.next + 1]?.text === ']';
    this.nested(() => this.subscript());
    return plain ? token.text.slice(1, -1) : undefined;
  }

  /** What is in brackets, slices too. */
  protected subscript(): void {
    while (!this.is(']')) {
      if (!this.is(':')) this.expression();
      if (!this.skip(':') && !this.is(']')) this.expect(',');
    }
    this.take();
  }

  protected call(): void {
    this.nested(() => {
      this.take();
      while (!this.is(')')) {
        if (!this.anyOf(['*', '**']) && this.token?.kind === 'name' && this.tag.tokens[this.next + 1]?.text === '=')
          this.next += 2;
        this.expression();
        if (!this.is(')')) this.expect(',');
      }
      this.take();
    });
  }

  protected filter(): void {
    const word = this.name();
    this.filters.push(this.word(word));
    this.dotted();
    if (this.is('(')) this.call();
  }
  protected test(): void {
    this.skip('not', 'name');
    const word = this.name();
    this.tests.push(this.word(word));
    this.dotted();
    const { token } = this;
    if (this.isWord('is')) this.fail('Put parentheses around the first test');
    if (this.is('(')) this.call();
    // Jinja takes these words for what the test is given: `a is defined if b` is an error.
    else if (['if', 'not', 'in', 'recursive'].some(joint => this.isWord(joint))) {
      this.next++;
      while (this.is('.') || this.is('[') || this.is('(')) this.step();
    } else if (token && (token.kind !== 'sign' || token.text === '[' || token.text === '{') && !this.isJoint())
      this.primary();
  }
  protected isJoint(): boolean {
    return ['else', 'or', 'and'].some(word => this.isWord(word));
  }
  protected dotted(): void {
    while (this.skip('.')) this.name();
  }
  protected word({ text, start, end }: Token): JinjaWord {
    return { name: text, start, end, conditional: this.condition > 0 };
  }
}
