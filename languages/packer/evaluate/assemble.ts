/**
 * The text that `jsonencode` and `format` make of what is written in their arguments, piece by piece: known pieces are where they
 * are written, the others are one `UNRESOLVED` each.
 */
import { Decoder, SourceText, UNRESOLVED } from '../../../core/text.ts';
import type { Call, Expression } from '../hcl/ast.ts';
import { stringOf } from '../references.ts';
import { UNKNOWN } from './datum.ts';
import { type DecodedText, decodeText, type TextContext } from './text.ts';

/** Values in values are looked into so far, and so many in all. */
const DEEPEST = 20;
const MOST_VALUES = 2_000;

/** The text of a call; `undefined` where it is computed as a whole or not known at all. */
export function assembledText(call: Call, source: SourceText, context: TextContext): DecodedText | undefined {
  const [first, ...others] = call.args;
  if (!first || call.expand) return undefined;
  const pieces = new Pieces(source, context);
  if (call.name.text === 'jsonencode') {
    const isWritten = first.kind === 'object' || first.kind === 'tuple';
    return isWritten && others.length === 0 && pieces.json(first, 0) ? pieces.done() : undefined;
  }
  if (call.name.text !== 'format' || context.evaluate(call) !== UNKNOWN) return undefined;
  return pieces.format(first, others) ? pieces.done() : undefined;
}

class Pieces {
  private readonly parts: SourceText[] = [];
  private readonly references: DecodedText['references'][number][] = [];
  private length = 0;
  private values = 0;

  constructor(
    private readonly source: SourceText,
    private readonly context: TextContext,
  ) {}

  done(): DecodedText {
    return { source: SourceText.join(this.parts, ''), references: this.references };
  }

  /** A pattern that is written out, with its arguments in the places of `%s` and the like. */
  format(pattern: Expression, args: readonly Expression[]): boolean {
    if (pattern.kind !== 'template') return false;
    const { references, source: text } = decodeText(pattern, this.source, this.context);
    if (references.length > 0) return false;
    const verbs = /%(?:%|[-+ #0]{0,4}\d{0,4}(?:\.\d{1,4})?[a-zA-Z])/g;
    let from = 0;
    let next = 0;
    for (const { 0: verb, index } of text.text.matchAll(verbs)) {
      this.add(text.slice(from, index));
      from = index + verb.length;
      if (verb === '%%') {
        this.add(text.slice(index, index + 1));
        continue;
      }
      const arg = args[next++];
      if (!arg) return false;
      // Other verbs pad and round.
      if (/^%[dsv]$/.test(verb)) this.addText(decodeText(arg, this.source, this.context));
      else this.insert(UNRESOLVED, arg.start, arg.end);
    }
    this.add(text.slice(from, text.text.length));
    return true;
  }

  json(value: Expression, depth: number): boolean {
    if (depth > DEEPEST || ++this.values > MOST_VALUES) return false;
    switch (value.kind) {
      case 'parentheses':
        return this.json(value.expression, depth + 1);
      case 'object':
        return this.list('{', '}', value, value.items, item => {
          const key = item.key.kind === 'variable' ? item.key.name : stringOf(item.key);
          if (key === undefined) return false;
          this.insert(JSON.stringify(key), item.key.start, item.key.end);
          this.insert(':', item.key.end, item.key.end);
          return this.json(item.value, depth + 1);
        });
      case 'tuple':
        return this.list('[', ']', value, value.elements, element => this.json(element, depth + 1));
      case 'template':
        return this.string(value);
      default:
        return this.computed(value);
    }
  }

  private list<T>(
    open: string,
    close: string,
    { end, start }: Expression,
    items: readonly T[],
    add: (item: T) => boolean,
  ): boolean {
    this.insert(open, start, start);
    for (const [i, item] of items.entries()) {
      if (i > 0) this.insert(',', start, start);
      if (!add(item)) return false;
    }
    this.insert(close, end, end);
    return true;
  }

  private string(value: Expression): boolean {
    const decoded = decodeText(value, this.source, this.context);
    const { text } = decoded.source;
    // What JSON escapes is not where it is written.
    if (JSON.stringify(text) !== `"${text}"`) return this.computed(value);
    this.insert('"', value.start, value.start);
    this.addText(decoded);
    this.insert('"', value.end, value.end);
    return true;
  }

  private computed(value: Expression): boolean {
    const datum = this.context.evaluate(value);
    if (datum === null || typeof datum === 'boolean' || typeof datum === 'number' || typeof datum === 'string')
      this.insert(JSON.stringify(datum), value.start, value.end);
    else if (datum === UNKNOWN) {
      this.insert('"', value.start, value.start);
      this.addText(decodeText(value, this.source, this.context));
      this.insert('"', value.end, value.end);
    } else return false;
    return true;
  }

  private insert(text: string, start: number, end: number): void {
    this.add(new Decoder(this.source, 'read-only', start).as(text, start, end).done());
  }

  private add(part: SourceText): void {
    if (part.text === '') return;
    this.parts.push(part);
    this.length += part.text.length;
  }

  private addText({ references, source }: DecodedText): void {
    for (const one of references) this.references.push({ ...one, at: one.at + this.length });
    this.add(source);
  }
}
