/**
 * Text that knows where it was written.
 *
 * Everything in the core speaks half-open ranges of UTF-16 offsets ({@link Span}). What the consuming tool
 * sees (a RUN line joined over its continuations, an HCL string, a YAML scalar) is a {@link SourceText}: decoded
 * text that can say where each part is in the document and how to write a replacement in place.
 */

/** A half-open range of UTF-16 offsets in a document. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** The path of the document when it is not the one being linted (a script that a template names, a sibling file). */
  readonly file?: string;
}

/** One replacement in a document. */
export interface Edit {
  readonly span: Span;
  readonly newText: string;
}

/**
 * Stands in decoded text for something that only the tool can fill in (an interpolation of an unknown variable, a
 * template directive). Text that contains it is not a literal, so rules report nothing about it.
 */
export const UNRESOLVED = '\uE000';

/** Where a replacement goes. Offsets count in the text that the run's decoder built, whatever slice of it is edited. */
export interface EncodeContext {
  /** The decoded characters next to it; empty at the edges of the text. */
  readonly before: string;
  readonly after: string;
  /** The decoded text that it replaces. */
  readonly start: number;
  readonly end: number;
  /** The stretch of the parent text that it overwrites. */
  readonly parentStart: number;
  readonly parentEnd: number;
}

/** Writes decoded text in the host syntax; `undefined` when that cannot be done safely at this place. */
export type Encode = (text: string, at: EncodeContext) => string | undefined;

const asIs: Encode = text => text;

/**
 * A stretch of decoded text and the stretch of the parent text that it came from. A verbatim run maps character by
 * character; any other run (an escape, a folded line break) maps as a whole. A run without `encode` cannot be written.
 */
interface Run {
  readonly at: number;
  readonly length: number;
  readonly start: number;
  readonly end: number;
  readonly verbatim: boolean;
  readonly encode: Encode | undefined;
}

interface Root {
  readonly kind: 'root';
  readonly file: string | undefined;
}
interface Decoded {
  readonly kind: 'decoded';
  readonly parent: SourceText;
  readonly runs: readonly Run[];
  readonly origin: number;
}
interface Joined {
  readonly kind: 'joined';
  readonly parts: readonly { readonly at: number; readonly part: SourceText }[];
}

type Base = Root | Decoded | Joined;

/** The index of the last element that starts at or before `offset`; 0 when there is none. */
function lastAtOrBefore(items: readonly { readonly at: number }[], offset: number): number {
  let low = 0;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (items[middle]!.at <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Immutable. All offsets in its methods are offsets in {@link SourceText.text}. */
export class SourceText {
  private constructor(
    /** The text as the consuming tool sees it. */
    readonly text: string,
    private origin: Base | (() => SourceText),
    private readonly offset: number,
    private readonly baseText: string,
  ) {}

  /** A whole document, written as it is read. `file` is its path when it is not the document being linted. */
  static document(text: string, file?: string): SourceText {
    return new SourceText(text, { kind: 'root', file }, 0, text);
  }

  /** Parts joined with text that the tool inserts (Packer joins `inline` with newlines). */
  static join(parts: readonly SourceText[], separator: string): SourceText {
    let text = '';
    const placed = parts.map((part, i) => {
      if (i > 0) text += separator;
      const at = text.length;
      text += part.text;
      return { at, part };
    });
    return new SourceText(text, { kind: 'joined', parts: placed }, 0, text);
  }

  /** For {@link Decoder} only. */
  static fromRuns(parent: SourceText, text: string, runs: readonly Run[], origin: number): SourceText {
    return new SourceText(text, { kind: 'decoded', parent, runs, origin }, 0, text);
  }

  /** A text whose way back is only worked out where a place in it is asked for. `decode` makes the same text. */
  static later(text: string, decode: () => SourceText): SourceText {
    return new SourceText(text, decode, 0, text);
  }

  private get base(): Base {
    if (typeof this.origin === 'function') this.origin = this.origin().base;
    return this.origin;
  }

  /** The text from `start` to `end` with the same way back. Costs the same however long the text is. */
  slice(start: number, end: number): SourceText {
    const from = Math.max(0, Math.min(start, this.text.length));
    const to = Math.max(from, Math.min(end, this.text.length));
    return new SourceText(this.text.slice(from, to), this.base, this.offset + from, this.baseText);
  }

  /** Where the whole text is in the document. */
  get span(): Span {
    return this.spanOf(0, this.text.length);
  }

  /** The smallest range of the document that holds `text[start, end)`. */
  spanOf(start: number, end: number): Span {
    const { base } = this;
    const from = start + this.offset;
    const to = end + this.offset;
    if (base.kind === 'root')
      return base.file === undefined ? { start: from, end: to } : { start: from, end: to, file: base.file };
    if (base.kind === 'joined') {
      if (base.parts.length === 0) return { start: 0, end: 0 };
      const first = base.parts[lastAtOrBefore(base.parts, from)]!;
      const head = first.part.spanOf(clamp(from - first.at, first.part), clamp(to - first.at, first.part));
      const last = base.parts[lastAtOrBefore(base.parts, Math.max(from, to - 1))]!;
      if (last === first) return head;
      const tail = last.part.spanOf(0, clamp(to - last.at, last.part));
      return head.file === tail.file ? { ...head, end: Math.max(head.start, tail.end) } : head;
    }
    const a = locate(base, from, start === end && start > 0 ? 'end' : 'start').at;
    const b = start === end ? a : locate(base, to, 'end').at;
    return base.parent.spanOf(a, Math.max(a, b));
  }

  /**
   * What is written where this text is, in the file that it comes from: a line of kickstart for the command that
   * does the same. The parts of a joined text are on lines of their own.
   */
  get written(): string {
    return this.writtenAt(0, this.text.length);
  }

  private writtenAt(start: number, end: number): string {
    const { base } = this;
    const from = start + this.offset;
    const to = end + this.offset;
    if (base.kind === 'root') return this.baseText.slice(from, to);
    if (base.kind === 'joined')
      return base.parts
        .slice(lastAtOrBefore(base.parts, from), lastAtOrBefore(base.parts, Math.max(from, to - 1)) + 1)
        .map(({ at, part }) => part.writtenAt(clamp(from - at, part), clamp(to - at, part)))
        .join('\n');
    const a = locate(base, from, 'start').at;
    return base.parent.writtenAt(a, Math.max(a, locate(base, to, 'end').at));
  }

  /** The number of the line on which `text[offset]` is written, from 1; `undefined` where several documents make the text. */
  lineOf(offset: number): number | undefined {
    const { base } = this;
    if (base.kind === 'joined') return undefined;
    const at = offset + this.offset;
    if (base.kind === 'decoded') return base.parent.lineOf(locate(base, at, 'start').at);
    let line = 1;
    for (let found = this.baseText.indexOf('\n'); found >= 0 && found < at; line++)
      found = this.baseText.indexOf('\n', found + 1);
    return line;
  }

  /**
   * The edit that replaces `text[start, end)` by `newText`, or `undefined` where it cannot be written in place (it would
   * touch inserted text, a part of an escape, or the host syntax cannot hold the text there).
   */
  replace(start: number, end: number, newText: string): Edit | undefined {
    const { base } = this;
    const from = start + this.offset;
    const to = end + this.offset;
    if (base.kind === 'root') return { span: this.spanOf(start, end), newText };
    if (base.kind === 'joined') {
      const place = base.parts[lastAtOrBefore(base.parts, start === end ? from : Math.max(from, to - 1))];
      if (!place || from < place.at || to > place.at + place.part.text.length) return undefined;
      return place.part.replace(from - place.at, to - place.at, newText);
    }
    const empty = start === end;
    const a = locate(base, from, empty && start > 0 ? 'end' : 'start');
    const b = empty ? a : locate(base, to, 'end');
    if (!a.exact || !b.exact || b.at < a.at) return undefined;
    const encode = base.runs[a.run]?.encode;
    if (!encode) return undefined;
    for (let i = a.run; i <= b.run; i++) if (base.runs[i]?.encode !== encode) return undefined;
    const written = encode(newText, {
      before: this.baseText[from - 1] ?? '',
      after: this.baseText[to] ?? '',
      start: from,
      end: to,
      parentStart: a.at,
      parentEnd: b.at,
    });
    return written === undefined ? undefined : base.parent.replace(a.at, b.at, written);
  }

  /** The edit that inserts `newText` before `text[offset]`. */
  insert(offset: number, newText: string): Edit | undefined {
    return this.replace(offset, offset, newText);
  }
}

function clamp(offset: number, part: SourceText): number {
  return Math.max(0, Math.min(offset, part.text.length));
}

/** Where a decoded offset is in the parent text. `side` decides at the border between two runs. */
function locate(base: Decoded, offset: number, side: 'start' | 'end'): { at: number; run: number; exact: boolean } {
  const { runs } = base;
  if (runs.length === 0) return { at: base.origin, run: -1, exact: false };
  let index = lastAtOrBefore(runs, offset);
  if (side === 'end') {
    // At a border the earlier run wins, so that an insertion lands after what is already there.
    while (index > 0 && runs[index]!.at >= offset) index--;
  }
  const run = runs[index]!;
  const into = offset - run.at;
  if (run.verbatim) return { at: run.start + Math.min(into, run.length), run: index, exact: into <= run.length };
  if (into <= 0) return { at: run.start, run: index, exact: true };
  // What is inside of a run as a whole is in all of it.
  return { at: side === 'end' || into >= run.length ? run.end : run.start, run: index, exact: into >= run.length };
}

/**
 * Builds decoded text piece by piece, in order. Offsets are offsets in `parent.text`.
 *
 * @example
 * const decoder = new Decoder(parent, text => text.replaceAll('"', '\\"'));
 * decoder.verbatim(1, 4); decoder.as('"', 4, 6); decoder.verbatim(6, 9);
 * const value = decoder.done();
 */
export class Decoder {
  private readonly pieces: string[] = [];
  private readonly runs: Run[] = [];
  private at = 0;

  private readonly encode: Encode | undefined;

  constructor(
    private readonly parent: SourceText,
    encode: Encode | 'read-only' = asIs,
    /** Where an empty text is. */
    private readonly origin = 0,
  ) {
    this.encode = encode === 'read-only' ? undefined : encode;
  }

  /** The parent's characters as they are. `encode` is for text whose quoting changes in between (a shell word). */
  verbatim(start: number, end: number, encode: Encode | undefined = this.encode): this {
    if (end > start) this.push(this.parent.text.slice(start, end), start, end, true, encode);
    return this;
  }

  /** `text` stands for `parent.text[start, end)` as a whole: an escape, a fold, a {@link UNRESOLVED}. */
  as(text: string, start: number, end: number, encode: Encode | undefined = this.encode): this {
    this.push(text, start, end, false, encode);
    return this;
  }

  /** Text that the tool adds at a place; it cannot be replaced. */
  insert(text: string, at: number): this {
    if (text.length > 0) this.push(text, at, at, false, undefined);
    return this;
  }

  done(): SourceText {
    const runs =
      this.runs.length > 0 || !this.encode ? this.runs : [this.run(0, this.origin, this.origin, true, this.encode)];
    return SourceText.fromRuns(this.parent, this.pieces.join(''), runs, this.origin);
  }

  private push(text: string, start: number, end: number, verbatim: boolean, encode: Encode | undefined): void {
    this.pieces.push(text);
    this.runs.push(this.run(text.length, start, end, verbatim, encode));
    this.at += text.length;
  }

  private run(length: number, start: number, end: number, verbatim: boolean, encode: Encode | undefined): Run {
    return { at: this.at, length, start, end, verbatim, encode };
  }
}

/** Whether one range has all of the other, in the same document. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.file === inner.file && outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether the two ranges share a character or, when one of them is empty, touch; ranges of two documents never do. */
export function overlaps(a: Span, b: Span): boolean {
  if (a.file !== b.file) return false;
  return a.start === a.end || b.start === b.end
    ? a.start <= b.end && b.start <= a.end
    : a.start < b.end && b.start < a.end;
}
