/**
 * Quote removal: from a word as written to the text that the program receives, with the way back.
 * https://www.gnu.org/software/bash/manual/html_node/Quoting.html
 */
import type { Expansion, Word } from '../../core/shell-tree.ts';
import { Decoder, type Encode, HOLE, type SourceText } from '../../core/text.ts';
import { escapeAt } from './ansi-c.ts';
import type { WordToken } from './tokens.ts';

type Style = 'bare' | 'single' | 'double' | 'ansi';

/** Takes the pieces of a word in order. */
interface Sink {
  verbatim(start: number, end: number, style: Style): void;
  as(text: string, start: number, end: number, style: Style): void;
}

/** What stands around a word: its text and the way from there to the outermost script. */
export interface Layer {
  readonly source: SourceText;
  /** The same text over the outermost script alone, whose spans are offsets there; `undefined` for the outermost. */
  readonly frame: SourceText | undefined;
}

/** Offsets of a layer's `[start, end)` in the outermost script. */
export function outer(layer: Layer, start: number, end: number): { start: number; end: number } {
  return layer.frame ? layer.frame.spanOf(start, end) : { start, end };
}

/** A word whose value is worked out when it is asked for: most never are. */
export class ShellWord implements Word {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  readonly expansions: readonly Expansion[];
  private decoded: SourceText | undefined;
  private text: string | undefined | null = null;
  private readonly local: readonly Expansion[];

  /** The part of `token` from `from` on; the whole token when that is not given. */
  constructor(
    private readonly layer: Layer,
    token: WordToken,
    readonly localStart: number = token.start,
  ) {
    const { start, end } = outer(layer, localStart, token.end);
    this.start = start;
    this.end = end;
    this.localEnd = token.end;
    this.special = token.special;
    this.quoted = token.quoted;
    this.local = token.expansions.filter(expansion => expansion.start >= localStart);
    this.expansions = layer.frame
      ? this.local.map(expansion => ({ ...expansion, ...outer(layer, expansion.start, expansion.end) }))
      : this.local;
  }

  private readonly localEnd: number;
  private readonly special: boolean;

  get raw(): string {
    return this.layer.source.text.slice(this.localStart, this.localEnd);
  }

  get literal(): string | undefined {
    if (this.text === null) {
      if (this.expansions.length > 0) this.text = undefined;
      else if (!this.special) this.text = this.raw;
      else {
        const pieces: string[] = [];
        const raw = this.layer.source.text;
        walk(raw, this.localStart, this.localEnd, this.local, {
          verbatim: (start, end) => pieces.push(raw.slice(start, end)),
          as: text => pieces.push(text),
        });
        this.text = pieces.join('');
      }
    }
    return this.text;
  }

  get value(): SourceText {
    return (this.decoded ??= this.decode(this.layer.source));
  }

  /** The value over the outermost script alone, for scripts inside this word. */
  frame(outermost: SourceText): SourceText {
    return this.decode(this.layer.frame ?? outermost);
  }

  private decode(parent: SourceText): SourceText {
    const raw = parent.text;
    // An empty text stands between the quotes, where there are some.
    const quote = /^\$?['"]/.exec(raw.slice(this.localStart, this.localEnd))?.[0] ?? '';
    let done: SourceText | undefined;
    const keep =
      (style: Style): Encode =>
      (text, at) => {
        if (at.end > at.start && done?.text.slice(at.start, at.end) === text)
          return raw.slice(at.parentStart, at.parentEnd);
        // A short numeric escape in front would take a digit for its own.
        const numeric = /\\[0-7xuU][0-9A-Fa-f]{0,8}$/.test(raw.slice(Math.max(0, at.parentStart - 10), at.parentStart));
        const after = raw.charAt(at.parentEnd);
        if (style === 'ansi' && numeric && /^[0-9A-Fa-f]/.test(text + after)) return undefined;
        if ((style === 'bare' || style === 'double') && joins(raw.charAt(at.parentStart - 1), text + after))
          return undefined;
        return ENCODE[style](text, at);
      };
    const encode = { bare: keep('bare'), single: keep('single'), double: keep('double'), ansi: keep('ansi') };
    const style: Style = quote === "'" ? 'single' : quote === "$'" ? 'ansi' : quote.endsWith('"') ? 'double' : 'bare';
    const decoder = new Decoder(parent, encode[style], this.localStart + quote.length);
    walk(raw, this.localStart, this.localEnd, this.local, {
      verbatim: (start, end, kind) => decoder.verbatim(start, end, encode[kind]),
      as: (text, start, end, kind) => decoder.as(text, start, end, encode[kind]),
    });
    done = decoder.done();
    return done;
  }
}

function walk(raw: string, from: number, to: number, expansions: readonly Expansion[], sink: Sink): void {
  let i = from;
  let style: Style = 'bare';
  let k = 0;
  let plain = from;
  const flush = (end: number) => {
    if (end > plain) sink.verbatim(plain, end, style);
  };
  while (i < to) {
    const expansion = expansions[k];
    if (expansion && i >= expansion.start) {
      flush(i);
      sink.as(HOLE, expansion.start, expansion.end, style);
      i = plain = Math.max(i + 1, expansion.end);
      k++;
      continue;
    }
    const c = raw[i]!;
    const next = raw[i + 1];
    if (style === 'bare') {
      const opens: Style | undefined =
        c === "'"
          ? 'single'
          : c === '"'
            ? 'double'
            : c === '$' && next === "'"
              ? 'ansi'
              : c === '$' && next === '"'
                ? 'double'
                : undefined;
      if (opens) {
        flush(i);
        style = opens;
        i = plain = i + (c === '$' ? 2 : 1);
      } else if (c === '\\') {
        flush(i);
        const joined = continuation(raw, i);
        if (joined > i) i = joined;
        else if (i + 1 < to) {
          const length = pair(raw, i + 1);
          sink.as(raw.slice(i + 1, i + 1 + length), i, i + 1 + length, style);
          i += 1 + length;
        } else {
          sink.as('\\', i, i + 1, style);
          i++;
        }
        plain = i;
      } else i++;
      continue;
    }
    if (c === (style === 'double' ? '"' : "'")) {
      flush(i);
      style = 'bare';
      i = plain = i + 1;
    } else if (c === '\\' && style === 'double' && i + 1 < to) {
      const joined = continuation(raw, i);
      if (joined > i) {
        flush(i);
        i = plain = joined;
      } else if ('$`"\\'.includes(next!)) {
        flush(i);
        sink.as(next!, i, i + 2, style);
        i = plain = i + 2;
      } else i += 2;
    } else if (c === '\\' && style === 'ansi' && i + 1 < to) {
      flush(i);
      const { text, end } = escapeAt(raw, i);
      sink.as(text, i, end, style);
      i = plain = end;
    } else i++;
  }
  flush(to);
}

function pair(raw: string, i: number): number {
  return (raw.codePointAt(i) ?? 0) > 0xffff ? 2 : 1;
}

function continuation(raw: string, i: number): number {
  if (raw[i + 1] === '\n') return i + 2;
  return raw[i + 1] === '\r' && raw[i + 2] === '\n' ? i + 3 : i;
}

/** How each quoting writes a text; a placeholder has no spelling in any of them. */
const ENCODE: Record<Style, (text: string, at: { before: string; after: string }) => string | undefined> = {
  bare(text, at) {
    // A newline cannot be written bare, and a word without characters is no word.
    if (/[\n\uE000\0]/.test(text) || (text === '' && at.before === '' && at.after === '')) return undefined;
    const written = text.replace(/[\s;&|<>()$`"'\\]/g, '\\$&');
    return at.before === '' && written.startsWith('#') ? `\\${written}` : written;
  },
  single: text => (/['\uE000\0]/.test(text) ? undefined : text),
  double(text) {
    if (/[\uE000\0]/.test(text)) return undefined;
    return text.replace(/["$`\\]/g, '\\$&');
  },
  ansi(text) {
    if (/[\uE000\0]/.test(text)) return undefined;
    return text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\r', '\\r');
  },
};

/** Whether a `$` or `\` as written in front, which may stand there for itself, would take what follows for its own. */
function joins(before: string, follows: string): boolean {
  if (before === '$') return /^[\w({$@*#?!'"[-]/.test(follows);
  return before === '\\' && /^(?:["$`\\\n]|$)/.test(follows);
}
