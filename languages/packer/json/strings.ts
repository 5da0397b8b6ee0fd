/** Strings of JSON as HCL reads them: decoded first, then parsed, with every place mapped back into the document. */
import type {
  Expression,
  HclNode,
  HclProblem,
  JsonHost,
  Label,
  Name,
  Template,
  TemplatePart,
  TextRun,
} from '../hcl/ast.ts';
import { type Parsed, parseExpressionText, parseTemplateText } from '../hcl/index.ts';
import type { JsonString } from './values.ts';

/** The characters of a string and where each is written. */
class DecodedString {
  readonly text: string;
  /** For each character where it starts, and where the last one ends; `undefined` without escapes. */
  private readonly starts: readonly number[] | undefined;
  private readonly from: number;

  constructor(source: string, { end, start }: JsonString) {
    this.from = start + 1;
    const written = source.slice(start + 1, end - 1);
    if (!written.includes('\\')) {
      this.text = written;
      return;
    }
    const starts: number[] = [];
    let text = '';
    let at = start + 1;
    while (at < end - 1) {
      starts.push(at);
      const length = source[at] !== '\\' ? 1 : source[at + 1] === 'u' ? 6 : 2;
      text += length === 1 ? source[at] : (JSON.parse(`"${source.slice(at, at + length)}"`) as string);
      at += length;
    }
    starts.push(at);
    this.text = text;
    this.starts = starts;
  }

  /** Where the character at an offset starts in the document. */
  place(offset: number): number {
    return this.starts ? this.starts[Math.min(offset, this.text.length)]! : this.from + offset;
  }

  /** The runs of the document that a stretch of the text was written as. */
  runs(from: number, to: number): TextRun[] {
    if (to <= from) return [];
    const { starts } = this;
    if (!starts) return [this.verbatim(from, to)];
    const runs: TextRun[] = [];
    let plain = from;
    for (let at = from; at < to; at++) {
      if (starts[at + 1]! - starts[at]! === 1) continue;
      if (at > plain) runs.push(this.verbatim(plain, at));
      runs.push({ length: 1, verbatim: false, start: starts[at]!, end: starts[at + 1]! });
      plain = at + 1;
    }
    if (to > plain) runs.push(this.verbatim(plain, to));
    return runs;
  }

  private verbatim(from: number, to: number): TextRun {
    return { length: to - from, verbatim: true, start: this.place(from), end: this.place(to) };
  }
}

/** What a key or a plain string says. */
export function textOf(source: string, string: JsonString): string {
  return new DecodedString(source, string).text;
}

/** A key as a name, its range between the quotes. */
export function nameOf(source: string, key: JsonString): Name {
  return { kind: 'name', text: textOf(source, key), start: key.start + 1, end: key.end - 1 };
}

/** A key as the label of a block. */
export function labelOf(source: string, key: JsonString): Label {
  const { text, runs } = plainText(source, key);
  return { kind: 'label', quoted: true, json: true, text, runs, start: key.start, end: key.end };
}

/** A string as a template, or as it is written when `host` is `literal`. */
export function templateOf(
  source: string,
  string: JsonString,
  host: Exclude<JsonHost, 'code'>,
  depth: number,
  problems: HclProblem[],
): Template {
  const { end, start } = string;
  const template = (parts: readonly TemplatePart[]): Template => ({
    kind: 'template',
    heredoc: undefined,
    json: host,
    parts,
    content: { start: start + 1, end: end - 1 },
    closed: true,
    start,
    end,
  });
  const decoded = new DecodedString(source, string);
  const { text } = decoded;
  if (text === '') return template([]);
  if (host === 'literal' || !/[$%]\{/.test(text)) {
    const runs = decoded.runs(0, text.length);
    return template([{ kind: 'text', text, runs, start: start + 1, end: end - 1 }]);
  }
  return template(placed(parseTemplateText(text, depth), decoded, problems));
}

/** A stretch of a decoded string that stands for another value. */
export interface Stretch {
  /** Offsets in the decoded text. */
  readonly start: number;
  readonly end: number;
  /** What it stands for, written at `place` in the document. */
  expression(place: HclNode): Expression;
}

/** A string in which `${` means nothing and the stretches, in order and apart, are interpolations. */
export function literalOf(
  source: string,
  string: JsonString,
  stretchesIn: (text: string) => readonly Stretch[],
): Template {
  const whole = templateOf(source, string, 'literal', 0, []);
  const decoded = new DecodedString(source, string);
  const { text } = decoded;
  const stretches = stretchesIn(text);
  if (stretches.length === 0) return whole;
  const parts: TemplatePart[] = [];
  let at = 0;
  const addText = (to: number): void => {
    if (to <= at) return;
    const place = { start: decoded.place(at), end: decoded.place(to) };
    parts.push({ kind: 'text', text: text.slice(at, to), runs: decoded.runs(at, to), ...place });
  };
  for (const { start, end, expression } of stretches) {
    addText(start);
    const place = { start: decoded.place(start), end: decoded.place(end) };
    parts.push({
      kind: 'interpolation',
      expression: expression(place),
      stripBefore: false,
      stripAfter: false,
      ...place,
    });
    at = end;
  }
  addText(text.length);
  return { ...whole, parts };
}

/** A string as the expression in it: the type of a variable. */
export function expressionOf(source: string, string: JsonString, depth: number, problems: HclProblem[]): Expression {
  const decoded = new DecodedString(source, string);
  return placed(parseExpressionText(decoded.text, depth), decoded, problems);
}

function plainText(source: string, string: JsonString): { readonly text: string; readonly runs: readonly TextRun[] } {
  const decoded = new DecodedString(source, string);
  return { text: decoded.text, runs: decoded.runs(0, decoded.text.length) };
}

/** What was parsed from a decoded string, with the places of the document. */
function placed<T>({ problems, result }: Parsed<T>, decoded: DecodedString, all: HclProblem[]): T {
  for (const problem of problems) all.push(moved(problem, decoded) as HclProblem);
  return moved(result, decoded) as T;
}

/** The properties of syntax nodes that are offsets. */
const OFFSETS = new Set(['start', 'end', 'until', 'close', 'comma', 'openBrace', 'closeBrace']);

function moved(node: unknown, decoded: DecodedString): unknown {
  if (Array.isArray(node)) return node.map(one => moved(one, decoded));
  if (typeof node !== 'object' || node === null) return node;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'number' && OFFSETS.has(key)) copy[key] = decoded.place(value);
    else if (key === 'commas') copy[key] = (value as (number | undefined)[]).map(at => at && decoded.place(at));
    else if (key === 'runs') copy[key] = (value as TextRun[]).flatMap(run => movedRun(run, decoded));
    else copy[key] = moved(value, decoded);
  }
  if (copy.kind === 'template') copy.json = 'code' satisfies JsonHost;
  return copy;
}

function movedRun(run: TextRun, decoded: DecodedString): TextRun[] {
  if (run.verbatim) return decoded.runs(run.start, run.end);
  return [{ ...run, start: decoded.place(run.start), end: decoded.place(run.end) }];
}
