/** Which lines `packer fmt` aligns with each other: adjacent ones of the form `name = value`, with one column of `=`. */
import type { Expression, HclNode, ObjectItem } from './hcl/ast.ts';
import { lineStart, nextLine } from './line-layout.ts';

/** A line of the form `name = value` that contains the whole value, or at least leaves no bracket of it open. */
export interface AlignedLine {
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly equals: number;
}

/** Aligned lines by the offset of their start. */
export type AlignedLines = ReadonlyMap<number, AlignedLine>;

/** The line of an attribute; `undefined` when it is not aligned with others. */
export function alignedLine(
  text: string,
  whole: HclNode & { readonly value: Expression },
  name: HclNode,
): AlignedLine | undefined {
  const equals = text.indexOf('=', name.end);
  if (equals < 0 || equals >= whole.value.start) return undefined;
  const end = text.indexOf('\n', equals);
  const line = text.slice(equals + 1, end < 0 ? text.length : end);
  // A value that leaves a bracket open is not aligned; a heredoc is.
  if (whole.value.end > equals + 1 + line.length && opensBracket(text.slice(whole.value.start, whole.value.end)))
    return undefined;
  if (text.slice(lineStart(text, name.start), name.start).trim() !== '') return undefined;
  return { nameStart: name.start, nameEnd: name.end, equals };
}

/** The line of an entry of an object; `undefined` when it is not aligned with others. */
export function alignedItem(text: string, item: ObjectItem): AlignedLine | undefined {
  return item.separator === '=' ? alignedLine(text, item, item.key) : undefined;
}

/** The lines by where they start. */
export function byStart(text: string, lines: readonly (AlignedLine | undefined)[]): AlignedLines {
  return new Map(lines.flatMap(line => (line ? [[lineStart(text, line.nameStart), line] as const] : [])));
}

/** The aligned lines that follow each other from a line on, upwards or downwards. */
export function adjacentLines(text: string, known: AlignedLines, from: number, step: 1 | -1): AlignedLine[] {
  const lines: AlignedLine[] = [];
  for (let at = from; ; ) {
    const line = known.get(at);
    if (!line) return lines;
    lines.push(line);
    if (step > 0) {
      const next = nextLine(text, at);
      if (next <= at) return lines;
      at = next;
    } else {
      if (at === 0) return lines;
      at = lineStart(text, at - 1);
    }
  }
}

/** The length of a line's name. */
export function nameWidth(line: AlignedLine): number {
  return line.nameEnd - line.nameStart;
}

/** The length of the longest name. */
export function widestName(lines: readonly AlignedLine[]): number {
  return lines.reduce((most, line) => Math.max(most, nameWidth(line)), 0);
}

/** Whether lines have their `=` where `packer fmt` puts it. */
export function areAligned(lines: readonly AlignedLine[]): boolean {
  const widest = widestName(lines);
  return lines.every(line => line.equals - line.nameStart === widest + 1);
}

/** Whether the first line of a value leaves a bracket open. Brackets in strings are balanced: templates close what they open. */
export function opensBracket(value: string): boolean {
  const end = value.indexOf('\n');
  if (end < 0) return false;
  let open = 0;
  for (let i = 0; i < end; i++) {
    if ('([{'.includes(value[i]!)) open++;
    else if (')]}'.includes(value[i]!)) open--;
  }
  return open !== 0;
}
