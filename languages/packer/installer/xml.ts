/**
 * A small reader of XML for answer files: elements, attributes and text with their places. It accepts what is broken:
 * an end tag closes the nearest element of its name, what is never closed ends with the text. No entities but the
 * predefined ones and characters by number are resolved, so that nothing expands.
 */
import { Decoder, type SourceText } from '../../../core/text.ts';

export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  readonly children: readonly XmlElement[];
  /** Its own text, decoded, without the whitespace around it. */
  readonly text: SourceText;
  /** The start tag behind the name, as written. */
  readonly head: string;
}

/** Further elements are not read. */
const MOST_ELEMENTS = 20_000;
/** Deeper elements count as text of the one at this depth. */
const DEEPEST = 60;

class Open implements XmlElement {
  readonly children: Open[] = [];
  private readonly pieces: { readonly start: number; readonly end: number; readonly raw: boolean }[] = [];
  private decoded: SourceText | undefined;

  constructor(
    readonly name: string,
    readonly head: string,
    private readonly source: SourceText,
    private readonly at: number,
  ) {}

  add(start: number, end: number, raw: boolean): void {
    if (end > start) this.pieces.push({ start, end, raw });
  }

  get text(): SourceText {
    return (this.decoded ??= this.decode());
  }

  private decode(): SourceText {
    const decoder = new Decoder(this.source, 'read-only', this.at);
    for (const { start, end, raw } of this.pieces) {
      if (raw) decoder.verbatim(start, end);
      else decodeEntities(this.source.text, start, end, decoder);
    }
    const whole = decoder.done();
    const first = whole.text.length - whole.text.trimStart().length;
    return whole.slice(first, Math.max(first, whole.text.trimEnd().length));
  }
}

/** The outermost elements of a text. */
export function readXml(source: SourceText): readonly XmlElement[] {
  const { text } = source;
  const top = new Open('', '', source, 0);
  const open: Open[] = [top];
  let count = 0;
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf('<', at);
    const tag = found < 0 ? text.length : found;
    const current = open.at(-1)!;
    current.add(at, tag, false);
    if (found < 0) break;
    const skipped = skip(text, tag, current);
    if (skipped !== undefined) {
      at = skipped;
      continue;
    }
    const end = endOfTag(text, tag);
    const name = /^<\/?(?:[\w.-]{1,60}:)?([\w.-]{1,100})/.exec(text.slice(tag, tag + 170));
    if (!name) current.add(tag, tag + 1, true);
    else if (text[tag + 1] === '/') close(open, name[1]!);
    else if (count++ < MOST_ELEMENTS && open.length <= DEEPEST) {
      const element = new Open(name[1]!, text.slice(tag + name[0].length, end), source, Math.min(end + 1, text.length));
      current.children.push(element);
      if (text[end - 1] !== '/') open.push(element);
    }
    at = name ? end + 1 : tag + 1;
  }
  return top.children;
}

/** Behind a comment, a declaration or literal text; `undefined` at a tag. */
function skip(text: string, at: number, current: Open): number | undefined {
  const kind = text.startsWith('<!--', at)
    ? '-->'
    : text.startsWith('<![CDATA[', at)
      ? ']]>'
      : text[at + 1] === '?' || text[at + 1] === '!'
        ? '>'
        : undefined;
  if (kind === undefined) return undefined;
  const found = text.indexOf(kind, at + 2);
  const end = found < 0 ? text.length : found;
  if (kind === ']]>') current.add(at + '<![CDATA['.length, end, true);
  return end + kind.length;
}

/** The `>` of a tag, which may stand in the values of its attributes too. */
function endOfTag(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const sign = text[at];
    if (sign === '>') return at;
    if (sign !== '"' && sign !== "'") continue;
    const quote = text.indexOf(sign, at + 1);
    if (quote < 0) return text.length;
    at = quote;
  }
  return text.length;
}

function close(open: Open[], name: string): void {
  for (let i = open.length - 1; i > 0; i--)
    if (open[i]!.name === name) {
      open.length = i;
      return;
    }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string, start: number, end: number, decoder: Decoder): void {
  let at = start;
  while (at < end) {
    const found = text.indexOf('&', at);
    const sign = found < 0 || found >= end ? end : found;
    decoder.verbatim(at, sign);
    if (sign === end) return;
    const match = /^&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/i.exec(text.slice(sign, sign + 12));
    const value = match ? characterOf(match) : undefined;
    const length = value === undefined ? 1 : match![0].length;
    decoder.as(value ?? '&', sign, sign + length);
    at = sign + length;
  }
}

function characterOf([, decimal, hexadecimal, name]: RegExpExecArray): string | undefined {
  if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
  const code = decimal === undefined ? Number.parseInt(hexadecimal!, 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** The first child of a name, in any case. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find(inner => inner.name.toLowerCase() === name.toLowerCase());
}
