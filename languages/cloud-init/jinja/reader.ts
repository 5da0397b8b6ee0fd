/**
 * Reads a Jinja template: whether Jinja accepts it, and which names, filters and tests it uses. A parser of the grammar
 * that cloud-init's Jinja has (https://jinja.palletsprojects.com/en/stable/templates/): without extensions but `do`.
 */
import { nearest } from '../../../core/nearest.ts';
import { isOnLaterLine, type JinjaProblem, type Tag, type Token, tagsOf, unclosed } from './tokens.ts';

/** A name with what is behind it: `v1.local_hostname`, `ds["meta_data"].tags`. */
export interface JinjaReference {
  /** The name and its attributes, as far as they are written out. */
  readonly path: readonly string[];
  /** Attributes follow that are computed, or it is called. */
  readonly open: boolean;
  /** A sign for subtraction and a plain word are directly behind it: `local-hostname`. */
  readonly hyphen: boolean;
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

export interface JinjaTemplate {
  readonly tags: readonly Tag[];
  /** Why Jinja rejects it; the first problem only, as nothing behind it is read. */
  readonly problem: JinjaProblem | undefined;
  /**
   * Names whose value is written into the text, in order; those whose absence the template minds are left out, but for
   * those with a hyphen.
   */
  readonly references: readonly JinjaReference[];
  readonly filters: readonly JinjaWord[];
  readonly tests: readonly JinjaWord[];
  /** `include`, `import` and `extends`, which have no files to load. */
  readonly loads: readonly JinjaWord[];
  /** Names that the template gives a value itself. */
  readonly assigned: ReadonlySet<string>;
}

/** More attributes behind a name are not looked at. */
const LONGEST_PATH = 20;
/** Deeper expressions and blocks are not read. */
const DEEPEST = 60;

/** Reads a template from `from` on. Never throws. */
export function readJinja(text: string, from: number): JinjaTemplate {
  const { tags, problem, partial } = tagsOf(text, from);
  const reader = new Reader(text);
  const found = reader.read(tags, !partial);
  return {
    tags,
    problem: found ?? problem,
    references: reader.unminded(),
    filters: reader.filters,
    tests: reader.tests,
    loads: reader.loads,
    assigned: reader.assigned,
  };
}

class Rejected {
  constructor(readonly problem: JinjaProblem) {}
}
/** Too deep to be read. */
class Unread {}

/** The tags that end each block, and those that may stand in it first. */
const BLOCKS: Readonly<Record<string, { readonly end: string; readonly middle: readonly string[] }>> = {
  if: { end: 'endif', middle: ['elif', 'else'] },
  for: { end: 'endfor', middle: ['else'] },
  with: { end: 'endwith', middle: [] },
  autoescape: { end: 'endautoescape', middle: [] },
  block: { end: 'endblock', middle: [] },
  call: { end: 'endcall', middle: [] },
  filter: { end: 'endfilter', middle: [] },
  macro: { end: 'endmacro', middle: [] },
  set: { end: 'endset', middle: [] },
};
const SINGLE = ['print', 'do', 'include', 'import', 'from', 'extends'];
const ENDS = new Set(Object.values(BLOCKS).flatMap(({ end, middle }) => [end, ...middle]));
/** Words that are no names, or that only a mistake puts in the place of one. */
const CONSTANTS = new Set([
  'true',
  'false',
  'none',
  'True',
  'False',
  'None',
  'not',
  'and',
  'or',
  'in',
  'is',
  'if',
  'else',
]);

interface OpenBlock {
  readonly name: string;
  readonly tag: Tag;
  /** Its `else` was there. */
  closing: boolean;
}

interface Found extends JinjaReference {
  /** The template asks whether it is there, or has another value for it. */
  minded: boolean;
}

class Reader {
  readonly filters: JinjaWord[] = [];
  readonly tests: JinjaWord[] = [];
  readonly loads: JinjaWord[] = [];
  readonly assigned = new Set<string>();
  private readonly found: Found[] = [];
  private readonly blocks: OpenBlock[] = [];
  private tag!: Tag;
  private next = 0;
  private depth = 0;
  private condition = 0;

  constructor(private readonly text: string) {}

  /** Reads the tags; `complete`: they are all of the template. */
  read(tags: readonly Tag[], complete: boolean): JinjaProblem | undefined {
    try {
      for (const tag of tags) this.readTag(tag);
      const open = this.blocks.at(-1);
      return complete && open ? unended(open) : undefined;
    } catch (reason) {
      if (reason instanceof Rejected) return reason.problem;
      if (reason instanceof Unread) return undefined;
      throw reason;
    }
  }

  /** The references whose absence goes unnoticed. What the template minds once, it minds everywhere. */
  unminded(): JinjaReference[] {
    const minded = this.found.filter(one => one.minded).map(({ path }) => path.join('.'));
    const known = new Set(minded);
    return this.found.filter(
      ({ hyphen, path }) => hyphen || !path.some((_, i) => known.has(path.slice(0, i + 1).join('.'))),
    );
  }

  private readTag(tag: Tag): void {
    if (tag.kind === 'comment') return;
    this.tag = tag;
    this.next = 0;
    this.depth = 0;
    if (tag.kind === 'output') {
      this.tuple();
      this.finish();
    } else this.statement();
  }

  // The tokens of the tag.

  private get token(): Token | undefined {
    return this.tag.tokens[this.next];
  }
  private is(text: string, kind: Token['kind'] = 'sign'): boolean {
    const { token } = this;
    return token !== undefined && token.kind === kind && token.text === text;
  }
  private isWord(word: string): boolean {
    return this.is(word, 'name');
  }
  private take(): Token {
    const { token } = this;
    if (!token) this.fail();
    this.next++;
    return token!;
  }
  private skip(text: string, kind: Token['kind'] = 'sign'): boolean {
    if (!this.is(text, kind)) return false;
    this.next++;
    return true;
  }
  private expect(text: string): void {
    if (!this.skip(text)) this.fail(`Write \`${text}\` before it`);
  }
  private name(): Token {
    if (this.token?.kind !== 'name') this.fail();
    return this.take();
  }
  private finish(): void {
    if (this.token) this.fail();
  }

  /** Rejects the template at the next token, or at the end of the tag. */
  private fail(help?: string): never {
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

  // Statements.

  private statement(): void {
    const { tag } = this;
    const word = this.token;
    if (word?.kind !== 'name') this.fail();
    const name = word!.text;
    if (ENDS.has(name)) {
      this.end(word!);
      return;
    }
    if (!Object.hasOwn(BLOCKS, name) && !SINGLE.includes(name)) throw new Rejected(unknownTag(word!));
    this.next++;
    const opens = this.start(name, word!);
    this.skipColon(opens);
    this.finish();
    if (!opens) return;
    this.blocks.push({ name, tag, closing: false });
    if (this.blocks.length > DEEPEST) throw new Unread();
    if (name === 'if') this.condition++;
  }

  /** Blocks may have a colon at the end, as in Python. */
  private skipColon(opens: boolean): void {
    if (opens) this.skip(':');
  }

  private end(word: Token): void {
    const block = this.blocks.at(-1);
    const { text } = word;
    if (!block) throw new Rejected(strayEnd(word));
    const { end, middle } = BLOCKS[block.name]!;
    const isMiddle = middle.includes(text) && !block.closing;
    if (text !== end && !isMiddle) throw new Rejected(wrongEnd(word, block));
    this.next++;
    if (text === 'elif') this.minding(() => this.tuple(false));
    if (text === 'else') block.closing = true;
    if (text === end) {
      this.blocks.pop();
      if (block.name === 'if') this.condition--;
      // A block's name may follow.
      if (text === 'endblock' && this.token?.kind === 'name') this.next++;
    } else this.skip(':');
    this.finish();
  }

  /** What is behind the name of a statement; whether a block begins. */
  private start(name: string, word: Token): boolean {
    switch (name) {
      case 'if':
        this.minding(() => this.tuple(false));
        return true;
      case 'for':
        this.targets();
        if (!this.skip('in', 'name')) this.fail('Write `in` before it');
        // Nothing is written for a list that is not there.
        this.minding(() => this.tuple(false, 'recursive'));
        if (this.skip('if', 'name')) this.minding(() => this.expression());
        this.skip('recursive', 'name');
        return true;
      case 'set':
        return this.set();
      case 'with':
        this.withValues();
        return true;
      case 'macro':
        this.assigned.add(this.name().text);
        this.signature();
        return true;
      case 'call':
        if (this.is('(')) this.signature();
        this.expression();
        return true;
      case 'filter':
        this.filter();
        while (this.skip('|')) this.filter();
        return true;
      case 'block':
        this.name();
        while (this.skip('scoped', 'name') || this.skip('required', 'name'));
        return true;
      case 'autoescape':
        this.expression();
        return true;
      case 'print':
        while (this.token) {
          this.expression();
          if (this.token) this.expect(',');
        }
        return false;
      case 'do':
        this.tuple();
        return false;
      default:
        this.load(word);
        return false;
    }
  }

  /** `{% set x = 1 %}` is a statement, `{% set x %}` begins a block. */
  private set(): boolean {
    if (this.tag.tokens[this.next + 1]?.text === '.') {
      this.name();
      this.take();
      this.name();
    } else this.targets();
    if (this.skip('=')) {
      // What gets the value is looked at where it is written.
      this.minding(() => this.tuple());
      return false;
    }
    while (this.skip('|')) this.filter();
    return true;
  }

  private withValues(): void {
    while (this.token && !this.is(':')) {
      this.targets(false);
      this.expect('=');
      this.expression();
      if (this.token && !this.is(':')) this.expect(',');
    }
  }

  /** Names that get a value, up to what is no longer one. */
  private targets(several = true): void {
    do {
      if (this.isWord('in') && several) return;
      if (this.skip('(')) {
        this.targets();
        this.expect(')');
      } else this.assigned.add(this.name().text);
    } while (several && this.skip(','));
  }

  private signature(): void {
    this.expect('(');
    while (!this.is(')')) {
      this.assigned.add(this.name().text);
      if (this.skip('=')) this.expression();
      if (!this.is(')')) this.expect(',');
    }
    this.take();
  }

  /** `include`, `import`, `from` and `extends`; what follows the name of the file is not judged. */
  private load(word: Token): void {
    this.expression();
    this.loads.push(this.word(word));
    for (; this.token; this.next++) if (this.token.kind === 'name') this.assigned.add(this.token.text);
  }

  // Expressions, loosest first.

  private nested(read: () => void): void {
    if (++this.depth > DEEPEST) throw new Unread();
    read();
    this.depth--;
  }

  /** What `read` finds is minded: a condition, an alternative. */
  private minding(read: () => void): void {
    const before = this.found.length;
    read();
    this.mind(before);
  }
  private mind(from: number): void {
    for (let i = from; i < this.found.length; i++) this.found[i]!.minded = true;
  }

  /** Expressions between commas. */
  private tuple(conditional = true, stop = ''): void {
    this.expressionOf(conditional);
    while (this.skip(',')) {
      const { token } = this;
      if (!token || token.text === ')' || this.is(':') || (stop !== '' && this.isWord(stop))) return;
      this.expressionOf(conditional);
    }
  }
  private expressionOf(conditional: boolean): void {
    if (conditional) this.expression();
    else this.nested(() => this.either());
  }

  private expression(): void {
    this.nested(() => {
      const before = this.found.length;
      this.either();
      while (this.skip('if', 'name')) {
        this.condition++;
        this.either();
        // Either value may be the one that is not written.
        this.mind(before);
        if (this.skip('else', 'name')) this.expression();
        this.condition--;
      }
    });
  }

  private either(): void {
    const before = this.found.length;
    this.both();
    while (this.skip('or', 'name')) {
      this.mind(before);
      this.both();
    }
  }
  private both(): void {
    const before = this.found.length;
    this.negation();
    while (this.skip('and', 'name')) {
      this.mind(before);
      this.negation();
    }
  }
  private negation(): void {
    while (this.skip('not', 'name'));
    this.comparison();
  }

  private comparison(): void {
    this.sum();
    for (;;) {
      const isNotIn = this.isWord('not') && this.tag.tokens[this.next + 1]?.text === 'in';
      if (isNotIn) this.next += 2;
      else if (!this.skip('in', 'name') && !this.anyOf(['==', '!=', '<', '<=', '>', '>='])) return;
      this.sum();
    }
  }
  private anyOf(signs: readonly string[]): boolean {
    return signs.some(sign => this.skip(sign));
  }

  /** All operators between values: which binds tighter does not matter here. */
  private sum(): void {
    this.signed();
    while (this.anyOf(['+', '-', '~', '*', '/', '//', '%', '**'])) this.signed();
  }

  private signed(): void {
    while (this.anyOf(['-', '+']));
    const before = this.found.length;
    this.primary();
    this.postfix(before);
  }

  /** Filters, tests and calls behind a value. */
  private postfix(before: number): void {
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

  private primary(): void {
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

  private bracketed(): void {
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
  private reference(): void {
    const first = this.name();
    if (CONSTANTS.has(first.text)) {
      while (this.is('.') || this.is('[') || this.is('(')) this.step();
      return;
    }
    const path = [first.text];
    let { end } = first;
    let open = false;
    // Its place in the order of the text: before what its brackets contain.
    const index = this.found.push({ path, open, hyphen: false, start: first.start, end, minded: false }) - 1;
    while (this.is('.') || this.is('[') || this.is('(')) {
      const step = this.step();
      if (step === undefined || path.length >= LONGEST_PATH) open = true;
      else if (!open) path.push(step);
      if (!open) end = this.tag.tokens[this.next - 1]!.end;
    }
    this.found[index] = { path, open, hyphen: this.isHyphen(end), start: first.start, end, minded: false };
  }

  /** Whether `-word` is directly behind: no one who subtracts writes so. */
  private isHyphen(end: number): boolean {
    const minus = this.token;
    const word = this.tag.tokens[this.next + 1];
    return this.is('-') && minus!.start === end && word?.kind === 'name' && word.start === minus!.end;
  }

  /** `.name`, `["name"]` or something computed, which is `undefined`. */
  private step(): string | undefined {
    if (this.skip('.')) {
      const { token } = this;
      if (token?.kind === 'number') {
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
  private subscript(): void {
    while (!this.is(']')) {
      if (!this.is(':')) this.expression();
      if (!this.skip(':') && !this.is(']')) this.expect(',');
    }
    this.take();
  }

  private call(): void {
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

  private filter(): void {
    const word = this.name();
    this.filters.push(this.word(word));
    this.dotted();
    if (this.is('(')) this.call();
  }
  private test(): void {
    this.skip('not', 'name');
    const word = this.name();
    this.tests.push(this.word(word));
    this.dotted();
    const { token } = this;
    if (this.is('(')) this.call();
    else if (token && (token.kind !== 'sign' || token.text === '[' || token.text === '{') && !this.isJoint()) {
      this.primary();
    }
  }
  private isJoint(): boolean {
    return ['else', 'or', 'and', 'if', 'not', 'is', 'in', 'recursive'].some(word => this.isWord(word));
  }
  private dotted(): void {
    while (this.skip('.')) this.name();
  }
  private word({ text, start, end }: Token): JinjaWord {
    return { name: text, start, end, conditional: this.condition > 0 };
  }
}

function unended({ name, tag }: OpenBlock): JinjaProblem {
  const { end } = BLOCKS[name]!;
  return { message: `\`{% ${name} %}\` without \`{% ${end} %}\``, help: `Add \`{% ${end} %}\``, ...placeOf(tag) };
}
function placeOf({ start, end }: Tag): { start: number; end: number } {
  return { start, end };
}
function strayEnd({ text, start, end }: Token): JinjaProblem {
  const opens = Object.entries(BLOCKS).find(([, block]) => block.end === text || block.middle.includes(text))?.[0];
  return {
    message: `\`{% ${text} %}\` without \`{% ${opens} %}\``,
    help: `Remove it, or write \`{% ${opens} %}\` before it`,
    start,
    end,
  };
}
function wrongEnd({ text, start, end }: Token, { name }: OpenBlock): JinjaProblem {
  const wanted = BLOCKS[name]!.end;
  return {
    message: `\`{% ${text} %}\` inside \`{% ${name} %}\`, which ends with \`{% ${wanted} %}\``,
    help: `Write \`{% ${wanted} %}\` before it, or instead of it`,
    start,
    end,
  };
}
function unknownTag({ text, start, end }: Token): JinjaProblem {
  const close = nearest(text, [...Object.keys(BLOCKS), ...SINGLE, ...ENDS]);
  const word = /^\w{1,30}$/.test(text) ? ` \`${text}\`` : '';
  return {
    message: `Unknown Jinja tag${word}`,
    help: close ? `Did you mean \`${close}\`?` : 'Put `{% raw %}` and `{% endraw %}` around what is not for Jinja',
    start,
    end,
  };
}
