/** The text of an expression, mapped to its source: known parts are filled in, unknown ones are a `UNRESOLVED`. */
import type { Reference, Value } from '../../../core/build.ts';
import { Decoder, type Encode, type SourceText, type Span, UNRESOLVED } from '../../../core/text.ts';
import type { Expression, Template, TemplatePart, TextPart } from '../hcl/ast.ts';
import { encodeQuoted, heredocEncoder, jsonEncoder } from '../hcl/index.ts';
import { assembledText } from './assemble.ts';
import { type Datum, toText, UNKNOWN } from './datum.ts';

/** What decoding needs to know of the module. */
export interface TextContext {
  evaluate(expression: Expression): Datum;
  /** The first reference in an expression, as the shared model has it; `undefined` when there is none. */
  reference(expression: Expression, source: SourceText): Reference | undefined;
}

/** Decoded text and the references in it, each with its range of the text. */
export interface DecodedText {
  readonly source: SourceText;
  readonly references: readonly { readonly at: number; readonly length: number; readonly reference: Reference }[];
}

const unwritable: Encode = () => undefined;

/** The text of an expression that is, or is converted to, a string. */
export function decodeText(expression: Expression, source: SourceText, context: TextContext): DecodedText {
  if (expression.kind === 'parentheses') return decodeText(expression.expression, source, context);
  const call = expression.kind === 'template' ? onlyIn(expression) : expression;
  const assembled = call?.kind === 'call' ? assembledText(call, source, context) : undefined;
  if (assembled) return assembled;
  if (expression.kind === 'template') return decodeTemplate(expression, source, context);
  return computedText(context.evaluate(expression), expression, source, context);
}

/** What a string is when it is nothing but `${…}`. */
function onlyIn({ parts }: Template): Expression | undefined {
  const only = parts.length === 1 ? parts[0] : undefined;
  return only?.kind === 'interpolation' ? only.expression : undefined;
}

/** The text of a computed value; it maps as a whole to the expression. */
export function computedText(
  value: Datum,
  expression: Expression,
  source: SourceText,
  context: Pick<TextContext, 'reference'>,
): DecodedText {
  const { start, end } = expression;
  const known = toText(value);
  const text = known === UNKNOWN ? UNRESOLVED : known;
  const decoded = new Decoder(source, unwritable, start).as(text, start, end, unwritable).done();
  const reference = context.reference(expression, source) ?? (known === UNKNOWN ? nameless(decoded.span) : undefined);
  return { source: decoded, references: reference ? [{ at: 0, length: text.length, reference }] : [] };
}

function decodeTemplate(template: Template, source: SourceText, context: TextContext): DecodedText {
  const written = source.text;
  const write = encoderOf(template, written);
  // Where the end is a guess, nothing is written.
  const { closed } = template;
  let decoded = '';
  // What is written over by itself stays as it was written, escapes and interpolations included.
  const encode: Encode = (text, at) =>
    !closed
      ? undefined
      : text === decoded.slice(at.start, at.end)
        ? written.slice(at.parentStart, at.parentEnd)
        : write(text, at);
  const decoder = new Decoder(source, encode, template.content.start);
  const references: DecodedText['references'][number][] = [];
  let length = 0;
  const addText = (part: TextPart): void => {
    let at = 0;
    for (const run of part.runs) {
      if (run.length === 0) continue;
      if (run.verbatim) decoder.verbatim(run.start, run.end);
      else decoder.as(part.text.slice(at, at + run.length), run.start, run.end);
      at += run.length;
    }
    length += part.text.length;
  };
  const addFilled = (text: string, { start, end }: { start: number; end: number }): void => {
    decoder.as(text, start, end);
    length += text.length;
  };
  const add = (parts: readonly TemplatePart[]): void => {
    for (const part of parts) {
      if (part.kind === 'text') addText(part);
      else if (part.kind === 'interpolation') {
        const known = toText(context.evaluate(part.expression));
        const text = known === UNKNOWN ? UNRESOLVED : known;
        const reference =
          context.reference(part.expression, source) ??
          (known === UNKNOWN ? nameless(source.spanOf(part.start, part.end)) : undefined);
        if (reference) references.push({ at: length, length: text.length, reference });
        addFilled(text, part);
      } else {
        const chosen = part.kind === 'if' ? chosenArm(part, context) : undefined;
        if (chosen) add(chosen);
        else {
          references.push({ at: length, length: 1, reference: nameless(source.spanOf(part.start, part.end)) });
          addFilled(UNRESOLVED, part);
        }
      }
    }
  };
  add(template.parts);
  const done = decoder.done();
  decoded = done.text;
  return { source: done, references };
}

function encoderOf(template: Template, written: string): Encode {
  if (template.json) return template.heredoc ? unwritable : jsonEncoder(template.json);
  return template.heredoc ? heredocEncoder(template, written) : encodeQuoted;
}

function chosenArm(
  part: Extract<TemplatePart, { kind: 'if' }>,
  { evaluate }: TextContext,
): readonly TemplatePart[] | undefined {
  const condition = evaluate(part.condition);
  if (condition === true || condition === 'true') return part.whenTrue;
  return condition === false || condition === 'false' ? (part.whenFalse ?? []) : undefined;
}

function nameless(span: Span): Reference {
  return { name: '', span };
}

/** The same text with each action of a Go template, `{{ … }}`, as one `UNRESOLVED`: plugins fill them in. */
export function maskActions({ source, references }: DecodedText): DecodedText {
  const { text } = source;
  let open = text.indexOf('{{');
  if (open < 0 || text.indexOf('}}', open) < 0) return { source, references };
  const decoder = new Decoder(source);
  const masked: DecodedText['references'][number][] = [];
  let from = 0;
  let shift = 0;
  let next = 0;
  const keepUntil = (end: number): void => {
    for (; next < references.length && references[next]!.at < end; next++)
      masked.push({ ...references[next]!, at: references[next]!.at - shift });
    decoder.verbatim(from, end);
  };
  while (open >= 0) {
    const close = text.indexOf('}}', open + 2);
    if (close < 0) break;
    keepUntil(open);
    const end = close + 2;
    const reference: Reference = { name: text.slice(open, end), span: source.spanOf(open, end) };
    masked.push({ at: open - shift, length: 1, reference });
    decoder.as(UNRESOLVED, open, end);
    while (next < references.length && references[next]!.at < end) next++;
    shift += end - open - 1;
    from = end;
    open = text.indexOf('{{', end);
  }
  keepUntil(text.length);
  return { source: decoder.done(), references: masked };
}

/** Decoded text as a value of the shared model. */
export function asSharedValue({ source, references }: DecodedText, byDefault: string | undefined, span: Span): Value {
  const { text } = source;
  const literal = text.includes(UNRESOLVED) ? undefined : text;
  const parts: (string | Reference)[] = [];
  let from = 0;
  for (const { at, length, reference } of references) {
    if (at > from) parts.push(text.slice(from, at));
    parts.push(reference);
    from = at + length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return { source, parts, literal, byDefault: literal ?? byDefault, span };
}
