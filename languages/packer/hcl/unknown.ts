/** A file in which some parts of the text are not known yet. */
import { UNRESOLVED } from '../../../core/text.ts';
import type { HclFile, HclNode, Template, TemplatePart, TextPart, TextRun } from './ast.ts';

/** Attributes that name other blocks, which have the same placeholders in their labels. */
const NAMING: ReadonlySet<string> = new Set(['sources', 'source', 'only', 'except']);

/** The name of what is unknown. No identifier is called so. */
export const UNKNOWN_NAME = UNRESOLVED;

/** The tree with an unknown name in the place of each range: an interpolation in a string, a variable elsewhere. */
export function withUnknown(file: HclFile, ranges: readonly HclNode[]): HclFile {
  return ranges.length === 0 ? file : { ...file, body: replaced(file.body, ranges) };
}

function replaced<T>(node: T, ranges: readonly HclNode[]): T {
  if (Array.isArray(node)) return node.map(item => replaced(item, ranges)) as T;
  if (typeof node !== 'object' || node === null) return node;
  const { kind, name } = node as { kind?: string; name?: unknown };
  if (kind === 'label') return node;
  if (kind === 'attribute' && NAMING.has((name as { text: string }).text)) return node;
  if (kind === 'variable') {
    const { start, end } = node as unknown as HclNode;
    return within(ranges, start, end).some(range => range.start === start && range.end === end)
      ? { ...node, name: UNKNOWN_NAME }
      : node;
  }
  if (kind === 'template') {
    const template = node as unknown as Template;
    const parts = template.parts.flatMap(part =>
      part.kind === 'text' ? split(part, ranges) : [replaced(part, ranges)],
    );
    return { ...template, parts } as T;
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, replaced(value, ranges)])) as T;
}

/** The part before, between and after the ranges that are whole in one of its verbatim runs. */
function split(part: TextPart, ranges: readonly HclNode[]): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let runs: TextRun[] = [];
  let text = '';
  let start = part.start;
  const flush = (end: number): void => {
    if (text !== '') parts.push({ kind: 'text', text, runs, start, end });
    runs = [];
    text = '';
  };
  const keep = (run: TextRun, from: number, to: number, written: string): void => {
    if (to <= from && run.length > 0) return;
    runs.push(run.verbatim ? { ...run, start: from, end: to, length: to - from } : run);
    text += written;
  };
  let at = 0;
  for (const run of part.runs) {
    const written = part.text.slice(at, at + run.length);
    at += run.length;
    let from = run.start;
    for (const range of run.verbatim ? within(ranges, run.start, run.end) : []) {
      keep(run, from, range.start, written.slice(from - run.start, range.start - run.start));
      flush(range.start);
      parts.push(unknownAt(range));
      from = start = range.end;
    }
    keep(run, from, run.end, run.verbatim ? written.slice(from - run.start) : written);
  }
  flush(part.end);
  return parts;
}

/** The ranges, sorted and apart from each other, that are between two offsets. */
function within(ranges: readonly HclNode[], start: number, end: number): readonly HclNode[] {
  let low = 0;
  for (let high = ranges.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (ranges[middle]!.start < start) low = middle + 1;
    else high = middle;
  }
  let last = low;
  while (last < ranges.length && ranges[last]!.end <= end) last++;
  return ranges.slice(low, last);
}

function unknownAt({ start, end }: HclNode): TemplatePart {
  return {
    kind: 'interpolation',
    expression: { kind: 'variable', name: UNKNOWN_NAME, start, end },
    stripBefore: false,
    stripAfter: false,
    start,
    end,
  };
}
