/** Words: quotes, escapes, substitutions and the templates of other tools inside them. */
import type { Expansion } from '../../core/shell-tree.ts';
import { HOLE } from '../../core/text.ts';
import { Mask } from './mask.ts';
import type { HeredocToken, Token, WordToken } from './tokens.ts';

/** Quotes, substitutions and parentheses inside each other; beyond it nothing is read. */
export const DEEPEST = 100;
/** How far a template's `}}` may be from its `{{`. */
const LONGEST_TEMPLATE = 300;

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;

/** What can be undone when a `((` turns out to be two parentheses. */
interface Saved {
  readonly tokens: number;
  readonly mask: number;
  readonly at: number;
  readonly pending: number;
  readonly depth: number;
  readonly broken: boolean;
}

export abstract class WordScanner {
  protected readonly tokens: Token[] = [];
  protected readonly mask: Mask;
  protected readonly n: number;
  /** Heredocs whose bodies start behind the next newline. */
  protected readonly pending: HeredocToken[] = [];
  protected depth = 0;
  protected broken = false;
  protected tooDeep = false;
  /** Up to where the word being read is masked. */
  private mark = 0;
  private readonly notArithmetic = new Set<number>();

  constructor(protected readonly text: string) {
    this.mask = new Mask(text);
    this.n = text.length;
  }

  /** The commands from `from` up to the parenthesis that closes them; returns the offset behind it. */
  protected abstract list(from: number): number;

  /** Behind blanks and `\`+newline. */
  protected gap(from: number): number {
    let i = from;
    for (; i < this.n; i++) {
      const c = this.text[i];
      if (c === ' ' || c === '\t') continue;
      const joined = this.continuation(i);
      if (joined === i) break;
      i = joined - 1;
    }
    return i;
  }

  /** Behind the `\`+newline at `i`, or `i`. */
  protected continuation(i: number): number {
    if (this.text[i] !== '\\') return i;
    if (this.text[i + 1] === '\n') return i + 2;
    return this.text[i + 1] === '\r' && this.text[i + 2] === '\n' ? i + 3 : i;
  }

  protected newWord(start: number, previous: number): WordToken {
    return {
      kind: 'word',
      start,
      end: start,
      previous,
      next: 0,
      expansions: [],
      backquotes: [],
      special: false,
      quoted: false,
      reserved: false,
    };
  }

  /** Reads a word, which is empty where none can start. `listed`: it is a token of its own. */
  protected word(from: number, previous: number, listed: boolean): WordToken {
    const word = this.newWord(from, previous);
    if (listed) this.tokens.push(word);
    this.mark = from;
    let i = from;
    while (i < this.n && !this.tooDeep) {
      const c = this.text[i]!;
      const next = this.text[i + 1];
      if (c === ' ' || c === '\t' || c === '\n' || c === ';' || c === '|' || c === '&' || c === ')') break;
      if (c === '\r' && next === '\n') break;
      if (c === '<' || c === '>') {
        if (next !== '(') break;
        i = this.substitution(i, 'process', word);
      } else if (c === '(') {
        const before = i > from ? this.text[i - 1]! : '';
        if (before === '=' || '?*+@!'.includes(before || ' ')) i = this.group(i, word);
        else break;
      } else if (c === '!' && next === '(' && i === from && previous >= 0 && this.tokens[previous]?.kind === 'word') {
        i = this.group(i + 1, word);
      } else if (c === '\\') {
        const escaped = this.continuation(i) === i;
        const end = escaped ? Math.min(this.n, i + 2) : this.gap(i);
        if (!escaped && (end >= this.n || this.endsWord(end) || /[ \t]/.test(this.text[end - 1]!))) break;
        word.special = true;
        word.quoted ||= escaped;
        i = end;
      } else if (c === "'") {
        word.special = word.quoted = true;
        const close = this.text.indexOf("'", i + 1);
        if (close < 0) this.broken = true;
        const end = close < 0 ? this.n : close;
        this.templates(i + 1, end, "'", word);
        i = close < 0 ? end : end + 1;
      } else if (c === '"') i = this.double(i, word);
      else if (c === '$') i = this.dollar(i, word, false);
      else if (c === '`') i = this.backquote(i, word, false);
      else i = this.hole(i, word, '') ?? i + 1;
    }
    if (this.tooDeep) i = this.n;
    this.fillTo(i);
    word.end = i;
    word.next = this.tokens.length;
    return word;
  }

  private endsWord(i: number): boolean {
    return /[\s;&|()<>]/.test(this.text[i]!);
  }

  private fillTo(end: number): void {
    this.mask.fill(this.mark, end, 'x');
    this.mark = Math.max(this.mark, end);
  }

  private expand(
    word: WordToken,
    kind: Expansion['kind'],
    name: string | undefined,
    start: number,
    end: number,
  ): number {
    word.special = true;
    // A substitution inside `${…}` belongs to that expansion.
    const last = word.expansions.at(-1);
    if (!last || start >= last.end) word.expansions.push({ kind, name, start, end });
    return end;
  }

  /** A placeholder of the host or a template of another tool at `i`; `quote` would end it. */
  protected hole(i: number, word: WordToken, quote: string): number | undefined {
    const c = this.text[i];
    if (c === HOLE) {
      let end = i + 1;
      while (this.text[end] === HOLE) end++;
      return this.expand(word, 'unknown', undefined, i, end);
    }
    if (c !== '{' || this.text[i + 1] !== '{') return undefined;
    const inside = this.text.slice(i + 2, i + LONGEST_TEMPLATE);
    const close = inside.indexOf('}}');
    if (close < 0) return undefined;
    const body = inside.slice(0, close);
    if (body.includes('\n') || body.includes('{{') || (quote !== '' && body.includes(quote))) return undefined;
    return this.expand(word, 'unknown', undefined, i, i + close + 4);
  }

  private templates(from: number, end: number, quote: string, word: WordToken): void {
    for (let i = from; i < end; ) {
      const c = this.text[i];
      i = (c === '{' || c === HOLE ? this.hole(i, word, quote) : undefined) ?? i + 1;
    }
  }

  private enter(): boolean {
    if (++this.depth > DEEPEST) this.tooDeep = true;
    return !this.tooDeep;
  }

  /** From the opening `"` to behind the closing one. */
  private double(from: number, word: WordToken): number {
    word.special = word.quoted = true;
    if (!this.enter()) return this.n;
    let i = from + 1;
    let closed = false;
    while (i < this.n && !this.tooDeep && !closed) {
      const c = this.text[i]!;
      if (c === '"') {
        closed = true;
        i++;
      } else if (c === '\\') i = Math.min(this.n, i + 2);
      else if (c === '$') i = this.dollar(i, word, true);
      else if (c === '`') i = this.backquote(i, word, true);
      else i = this.hole(i, word, '"') ?? i + 1;
    }
    if (!closed) this.broken = true;
    this.depth--;
    return i;
  }

  /** What starts with `$`; returns the offset behind it. */
  protected dollar(i: number, word: WordToken, inDouble: boolean): number {
    const next = this.text[i + 1];
    if (next === '(') {
      if (this.text[i + 2] === '(') {
        const end = this.arithmetic(i, i + 3, word);
        if (end >= 0) return this.expand(word, 'arithmetic', undefined, i, end);
      }
      return this.substitution(i, 'command', word);
    }
    if (next === '{') {
      const template = this.text[i + 2] === '{' ? this.hole(i + 1, word, inDouble ? '"' : '') : undefined;
      if (template !== undefined) {
        word.expansions.pop();
        return this.expand(word, 'unknown', undefined, i, template);
      }
      return this.braces(i, word, inDouble);
    }
    if (next === "'" && !inDouble) {
      word.special = word.quoted = true;
      let end = i + 2;
      while (end < this.n && this.text[end] !== "'") end += this.text[end] === '\\' ? 2 : 1;
      if (end >= this.n) this.broken = true;
      return Math.min(this.n, end + 1);
    }
    if (next === '"' && !inDouble) return this.double(i + 1, word);
    NAME.lastIndex = i + 1;
    const name = NAME.exec(this.text)?.[0] ?? (next !== undefined && '@*#?-$!0123456789'.includes(next) ? next : '');
    if (name === '') return i + 1;
    return this.expand(word, 'parameter', name, i, i + 1 + name.length);
  }

  /** `${…}`: everything up to the brace that closes it is one expansion. */
  private braces(from: number, word: WordToken, inDouble: boolean): number {
    NAME.lastIndex = from + 2;
    let prefix = 0;
    if (this.text[from + 2] === '!' || this.text[from + 2] === '#') {
      NAME.lastIndex = from + 3;
      prefix = 1;
    }
    const found = NAME.exec(this.text)?.[0];
    const special = /[@*#?\-$!0-9]/.exec(this.text[from + 2] ?? '')?.[0];
    const name = found ?? special;
    let i = from + 2 + (found ? prefix + found.length : special ? 1 : 0);
    const inside: WordToken = { ...this.newWord(from, -1), backquotes: word.backquotes };
    let closed = false;
    if (this.enter()) {
      while (i < this.n && !this.tooDeep && !closed) {
        const c = this.text[i]!;
        if (c === '}') {
          closed = true;
          i++;
        } else if (c === '\\') i = Math.min(this.n, i + 2);
        else if (c === "'" && !inDouble) {
          const close = this.text.indexOf("'", i + 1);
          i = close < 0 ? this.n : close + 1;
        } else if (c === '"') i = this.double(i, inside);
        else if (c === '$') i = this.dollar(i, inside, inDouble);
        else if (c === '`') i = this.backquote(i, inside, inDouble);
        else i++;
      }
      this.depth--;
    }
    if (!closed) this.broken = true;
    return this.expand(word, 'parameter', name, from, i);
  }

  /** `$(…)`, `<(…)`, `>(…)`: the only part of a word that stays in the mask. */
  private substitution(from: number, kind: 'command' | 'process', word: WordToken): number {
    this.fillTo(from);
    const before = this.tokens.length;
    const mask = this.mask.length;
    // `$((b) | c)` is no arithmetic, but the library would take it for that.
    if (this.text[from + 2] === '(') this.mask.fill(from, from + 1, '<');
    const end = this.enter() ? this.list(from + 2) : this.n;
    this.depth--;
    // The closing parenthesis alone: the grammar does not know an empty substitution.
    if (
      this.tokens.length === before ||
      (this.tokens[before]!.next === this.tokens.length && this.tokens[before]!.kind === 'operator')
    ) {
      this.mask.cut(mask, from);
      this.mark = from;
      this.fillTo(end);
    }
    this.mark = end;
    return this.expand(word, kind, undefined, from, end);
  }

  /** Contents of backquotes are read on their own, so here they are opaque. */
  protected backquote(from: number, word: WordToken, inDouble: boolean): number {
    let end = from + 1;
    while (end < this.n && this.text[end] !== '`') end += this.text[end] === '\\' ? 2 : 1;
    if (end >= this.n) this.broken = true;
    end = Math.min(this.n, end);
    word.backquotes.push({ start: from + 1, end, inDouble });
    return this.expand(word, 'command', undefined, from, Math.min(this.n, end + 1));
  }

  /** An array's `(…)` or a pattern's `@(…|…)`: part of the word, whatever stands in it. */
  private group(from: number, word: WordToken): number {
    const array = this.text[from - 1] === '=';
    const inside: WordToken = { ...this.newWord(from, -1), backquotes: word.backquotes };
    let i = from + 1;
    let open = 1;
    if (this.enter()) {
      while (i < this.n && !this.tooDeep && open > 0) {
        const c = this.text[i]!;
        if (c === '(') open++;
        if (c === ')') open--;
        if (c === '\\') i = Math.min(this.n, i + 2);
        else if (c === "'") {
          const close = this.text.indexOf("'", i + 1);
          i = close < 0 ? this.n : close + 1;
        } else if (c === '"') i = this.double(i, inside);
        else if (c === '$') i = this.dollar(i, inside, false);
        else if (c === '`') i = this.backquote(i, inside, false);
        else if (c === '#' && array && /\s/.test(this.text[i - 1]!)) i = this.lineEnd(i);
        else i++;
      }
      this.depth--;
    }
    if (open > 0) this.broken = true;
    if (array || inside.expansions.length > 0) this.expand(word, 'unknown', undefined, from, i);
    return i;
  }

  /** The inside of `((…))` from behind the second parenthesis; the offset behind it, or -1 when it is not that. */
  protected arithmetic(from: number, inner: number, outer?: WordToken): number {
    if (this.notArithmetic.has(from)) return -1;
    const saved = this.save(from);
    const inside: WordToken = { ...this.newWord(from, -1), backquotes: outer?.backquotes ?? [] };
    if (!outer) this.mark = from;
    let i = inner;
    let open = 2;
    if (this.enter()) {
      while (i < this.n && !this.tooDeep) {
        const c = this.text[i]!;
        if (c === '(') open++;
        else if (c === ')' && --open < 2) break;
        if (c === '\\') i = Math.min(this.n, i + 2);
        else if (c === "'") {
          const close = this.text.indexOf("'", i + 1);
          i = close < 0 ? this.n : close + 1;
        } else if (c === '"') i = this.double(i, inside);
        else if (c === '$') i = this.dollar(i, inside, false);
        else if (c === '`') i = this.backquote(i, inside, false);
        else i++;
      }
    }
    if (!this.tooDeep && this.text.startsWith('))', i)) {
      this.depth--;
      if (!outer) this.fillTo(i + 2);
      return i + 2;
    }
    if (!this.tooDeep) this.undo(saved);
    this.notArithmetic.add(from);
    return -1;
  }

  protected save(at: number): Saved {
    const { depth, broken } = this;
    return { tokens: this.tokens.length, mask: this.mask.length, at, pending: this.pending.length, depth, broken };
  }

  protected undo(saved: Saved): void {
    this.tokens.length = saved.tokens;
    this.mask.cut(saved.mask, saved.at);
    this.pending.length = Math.min(this.pending.length, saved.pending);
    this.depth = saved.depth;
    this.broken = saved.broken;
    this.mark = Math.min(this.mark, saved.at);
  }

  protected lineEnd(i: number): number {
    const end = this.text.indexOf('\n', i);
    return end < 0 ? this.n : end;
  }
}
