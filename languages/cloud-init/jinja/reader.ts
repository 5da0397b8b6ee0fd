/**
 * Reads a Jinja template: whether Jinja accepts it, and which names, filters and tests it uses. A parser of the grammar
 * that cloud-init's Jinja has (https://jinja.palletsprojects.com/en/stable/templates/): without extensions but `do`.
 */
import { nearest } from '../../../core/nearest.ts';
import { DEEPEST, ExpressionReader, type JinjaReference, type JinjaWord, Rejected, Unread } from './expressions.ts';
import { type JinjaProblem, type Tag, type Token, tagsOf } from './tokens.ts';

export interface JinjaTemplate {
  readonly tags: readonly Tag[];
  /** Why Jinja rejects it; the first problem only, as nothing behind it is read. */
  readonly problem: JinjaProblem | undefined;
  /**
   * Names, in order. Those whose absence the template minds are left out, but for those with a hyphen and attributes of what
   * may not be there.
   */
  readonly references: readonly JinjaReference[];
  readonly filters: readonly JinjaWord[];
  readonly tests: readonly JinjaWord[];
  /** `include`, `import` and `extends`, which have no files to load. */
  readonly loads: readonly JinjaWord[];
  /** Names that the template gives a value itself. */
  readonly assigned: ReadonlySet<string>;
}

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
/** A list may be empty, and a macro may not be called. */
const LAZY = new Set(['for', 'macro']);
const SINGLE = ['print', 'do', 'include', 'import', 'from', 'extends'];
const ENDS = new Set(Object.values(BLOCKS).flatMap(({ end, middle }) => [end, ...middle]));

interface OpenBlock {
  readonly name: string;
  readonly tag: Tag;
  /** Its `else` was there. */
  closing: boolean;
}

class Reader extends ExpressionReader {
  readonly loads: JinjaWord[] = [];
  private readonly blocks: OpenBlock[] = [];

  /** Reads the tags; `complete`: they are all of the template. */
  read(tags: readonly Tag[], complete: boolean): JinjaProblem | undefined {
    try {
      for (const tag of tags) this.readTag(tag);
      const open = this.blocks.at(-1);
      return complete && open ? unclosed(open) : undefined;
    } catch (reason) {
      if (reason instanceof Rejected) return reason.problem;
      if (reason instanceof Unread) return undefined;
      throw reason;
    }
  }

  /**
   * The references whose absence goes unnoticed, and attributes of what may not be there, which Jinja cannot ask for.
   * What the template minds once, it minds everywhere.
   */
  unminded(): JinjaReference[] {
    const minding = this.found.filter(one => one.minded);
    const known = new Set(minding.map(({ path }) => path.join('.')));
    // `a` and `a.b` are asked for as they are, `a[0]` and `a()` are not.
    const asked = new Set(minding.flatMap(({ path, open }) => (open ? [] : [path.join('.')])));
    if (known.size === 0) return this.found;
    return this.found.flatMap(one => {
      const { hyphen, open, path } = one;
      const holders = open ? path : path.slice(0, -1);
      if (!hyphen && holders.some((_, i) => asked.has(path.slice(0, i + 1).join('.')))) return [];
      return [{ ...one, minded: known.has(path.join('.')) }];
    });
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
    if (LAZY.has(name)) this.lazy++;
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
      if (LAZY.has(block.name)) this.lazy--;
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
      if (this.is(')')) return;
      if (this.skip('(')) {
        this.targets();
        this.expect(')');
      } else this.assigned.add(this.name().text);
    } while (several && this.skip(','));
  }

  private signature(): void {
    this.expect('(');
    if (this.skip(')')) return;
    do {
      this.assigned.add(this.name().text);
      if (this.skip('=')) this.expression();
    } while (this.skip(','));
    this.expect(')');
  }

  /** `include`, `import`, `from` and `extends`; what follows the name of the file is not judged. */
  private load(word: Token): void {
    this.expression();
    this.loads.push(this.word(word));
    for (; this.token; this.next++) if (this.token.kind === 'name') this.assigned.add(this.token.text);
  }
}

function unclosed({ name, tag }: OpenBlock): JinjaProblem {
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
