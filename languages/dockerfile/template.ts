/**
 * One word as BuildKit reads it: quotes, escapes and variables
 * (https://docs.docker.com/reference/dockerfile/#environment-replacement). Offsets are offsets in that text.
 */
import type { EscapeCharacter } from './lines.ts';

export type Node = Literal | VariableNode;

/** Literal text: `text[start, end)` as it is written, or one character written with an escape. */
export interface Literal {
  readonly kind: 'literal';
  readonly start: number;
  readonly end: number;
  /** The decoded character of an escape; `undefined` without an escape. */
  readonly escaped: string | undefined;
}
export interface VariableNode {
  readonly kind: 'variable';
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly modifier: Modifier | undefined;
}
export interface Modifier {
  /** `/` and `//` replace; `too-deep`: nested too deeply to be read. */
  readonly operator: '-' | ':-' | '+' | ':+' | '?' | ':?' | '#' | '##' | '%' | '%%' | '/' | '//' | 'too-deep';
  readonly word: readonly Node[];
  /** The replacement of `/`. */
  readonly replacement: readonly Node[];
}

interface Problem {
  readonly message: string;
  readonly help: string;
  readonly missing?: '"' | "'";
}

const UNCLOSED_BRACE: Problem = { message: 'Missing `}` in a variable', help: 'Add `}` after the variable' };
const UNCLOSED_SINGLE: Problem = {
  message: 'Unclosed single quote',
  help: 'Close it, or escape it if it is part of the value',
  missing: "'",
};
const UNCLOSED_DOUBLE: Problem = {
  message: 'Unclosed double quote',
  help: 'Close it, or escape it if it is part of the value',
  missing: '"',
};
const NO_NAME: Problem = { message: 'Variable without a name', help: 'Write `$NAME` or `${NAME}`' };
const UNKNOWN_MODIFIER: Problem = {
  message: 'Unknown modifier of a variable',
  help: 'Use `-`, `+`, `?`, `#`, `%` or `/` after the name',
};

export interface Template {
  readonly nodes: readonly Node[];
  /** What is wrong with the word, what to do, and where it is; `missing` is the quote that would close it. */
  readonly error: (Problem & { readonly start: number; readonly end: number }) | undefined;
}

/** `${a:-${b:-…}}` is read to this depth. */
const DEEPEST = 20;
// Created once: bundles for older engines build patterns with Unicode classes whenever they are evaluated.
const NAME_CHARACTER = /[\p{L}\p{Nd}_]/u;

export function readTemplate(text: string, mark: EscapeCharacter, quotes = true): Template {
  const reader = new Reader(text, mark, quotes);
  const nodes = reader.until(undefined, false, 0);
  return { nodes, error: reader.error };
}

class Reader {
  error: Template['error'];
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly mark: EscapeCharacter,
    private readonly quotes: boolean,
  ) {}

  /** Reads up to the character `stop`, which is consumed, or to the end. `raw`: escapes are not decoded. */
  until(stop: string | undefined, raw: boolean, depth: number): Node[] {
    const nodes: Node[] = [];
    const { text } = this;
    let from = this.at;
    const flush = () => {
      if (this.at > from) nodes.push({ kind: 'literal', start: from, end: this.at, escaped: undefined });
    };
    while (this.at < text.length) {
      const character = text[this.at]!;
      if (character === stop) {
        flush();
        this.at++;
        return nodes;
      }
      if (character === '$') {
        flush();
        this.variable(nodes, depth);
        from = this.at;
      } else if (this.quotes && (character === '"' || character === "'")) {
        flush();
        if (character === '"') this.doubleQuoted(nodes, raw, depth);
        else this.singleQuoted(nodes);
        from = this.at;
      } else if (character === this.mark) {
        flush();
        this.escapeIn(nodes, raw);
        from = this.at;
      } else this.at++;
    }
    flush();
    if (stop !== undefined) this.fail(UNCLOSED_BRACE, Math.max(0, text.length - 1), text.length);
    return nodes;
  }

  private fail(problem: Problem, start: number, end: number): void {
    this.error ??= { ...problem, start, end };
  }

  private escapeIn(nodes: Node[], raw: boolean): void {
    const start = this.at;
    if (start + 1 >= this.text.length) {
      // An escape character at the end is dropped.
      this.at++;
      return;
    }
    this.at += 2;
    if (raw) nodes.push({ kind: 'literal', start, end: this.at, escaped: undefined });
    else nodes.push({ kind: 'literal', start, end: this.at, escaped: this.text[start + 1]! });
  }

  private singleQuoted(nodes: Node[]): void {
    const start = this.at;
    const close = this.text.indexOf("'", start + 1);
    const end = close < 0 ? this.text.length : close;
    if (close < 0) this.fail(UNCLOSED_SINGLE, start, start + 1);
    if (end > start + 1) nodes.push({ kind: 'literal', start: start + 1, end, escaped: undefined });
    this.at = close < 0 ? end : end + 1;
  }

  private doubleQuoted(nodes: Node[], raw: boolean, depth: number): void {
    const { text } = this;
    const open = this.at++;
    let from = this.at;
    const flush = () => {
      if (this.at > from) nodes.push({ kind: 'literal', start: from, end: this.at, escaped: undefined });
    };
    while (this.at < text.length) {
      const character = text[this.at]!;
      if (character === '"') {
        flush();
        this.at++;
        return;
      }
      if (character === '$') {
        flush();
        this.variable(nodes, depth);
        from = this.at;
      } else if (character === this.mark && this.at + 1 < text.length) {
        const next = text[this.at + 1]!;
        // Only these lose their escape inside double quotes.
        if (!raw && (next === '"' || next === '$' || next === this.mark)) {
          flush();
          nodes.push({ kind: 'literal', start: this.at, end: this.at + 2, escaped: next });
          this.at += 2;
          from = this.at;
        } else this.at += next === '"' || next === '$' || next === this.mark ? 2 : 1;
      } else this.at++;
    }
    flush();
    this.fail(UNCLOSED_DOUBLE, open, open + 1);
  }

  private name(): string {
    const { text } = this;
    const start = this.at;
    const first = text[start] ?? '';
    if (/[0-9]/.test(first)) {
      while (this.at < text.length && /[0-9]/.test(text[this.at]!)) this.at++;
    } else if (first !== '' && '@*#?-$!'.includes(first)) this.at++;
    else while (this.at < text.length && NAME_CHARACTER.test(text[this.at]!)) this.at++;
    return text.slice(start, this.at);
  }

  private variable(nodes: Node[], depth: number): void {
    const { text } = this;
    const start = this.at++;
    if (text[this.at] !== '{') {
      const name = this.name();
      if (name === '') nodes.push({ kind: 'literal', start, end: this.at, escaped: undefined });
      else nodes.push({ kind: 'variable', name, start, end: this.at, modifier: undefined });
      return;
    }
    this.at++;
    const after = text[this.at];
    if (after === undefined) {
      this.fail(UNCLOSED_BRACE, start, this.at);
      return;
    }
    if (after === '{' || after === '}' || after === ':') this.fail(NO_NAME, start, this.at + 1);
    const name = this.name();
    const modifier = this.modifier(start, depth);
    nodes.push({ kind: 'variable', name, start, end: this.at, modifier });
  }

  private modifier(start: number, depth: number): Modifier | undefined {
    const { text } = this;
    const first = text[this.at++];
    if (first === '}') return undefined;
    if (first === undefined) {
      this.at = text.length;
      this.fail(UNCLOSED_BRACE, start, text.length);
      return undefined;
    }
    if (depth >= DEEPEST) {
      this.at = text.length;
      return { operator: 'too-deep', word: [], replacement: [] };
    }
    const character = first === ':' ? text[this.at++] : first;
    if (character === '-' || character === '+' || character === '?') {
      const operator = first === ':' ? (`:${character}` as const) : character;
      return { operator, word: this.until('}', false, depth + 1), replacement: [] };
    }
    if (first !== ':' && (character === '#' || character === '%')) {
      const doubled = text[this.at] === character;
      if (doubled) this.at++;
      const operator = doubled ? (`${character}${character}` as '##' | '%%') : character;
      return { operator, word: this.until('}', true, depth + 1), replacement: [] };
    }
    if (first === '/') {
      const all = text[this.at] === '/';
      if (all) this.at++;
      const word = this.until('/', true, depth + 1);
      return { operator: all ? '//' : '/', word, replacement: this.until('}', true, depth + 1) };
    }
    this.at = Math.min(this.at, text.length);
    this.fail(UNKNOWN_MODIFIER, start, this.at);
    this.until('}', false, depth + 1);
    return { operator: 'too-deep', word: [], replacement: [] };
  }
}
