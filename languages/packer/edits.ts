/**
 * Edits of templates that leave them as `packer fmt` would: indented like their neighbours, the `=` of lines that follow
 * each other in one column. Nothing is edited in other files: there every function answers `undefined`.
 */
import type { Edit, SourceText } from '../../core/text.ts';
import type { Attribute, Expression, HclNode, HclObject, ObjectItem } from './hcl/ast.ts';
import type { Evaluated, PackerAttribute, PackerBlock } from './tree.ts';

/** A line of the form `name = value` on which all of the value stands, or at least opens no bracket that stays open. */
interface AlignedLine {
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly equals: number;
}

/**
 * Puts `name = value` into a block: behind the attribute `after` when it is given and there, else behind the last of the
 * attributes in front of the first nested block. `value` is HCL; its lines behind the first are indented to fit. `undefined`
 * when the block has the attribute already.
 */
export function insertAttribute(
  block: PackerBlock,
  name: string,
  value: string,
  after?: string,
): readonly Edit[] | undefined {
  const { body, hcl, source } = block;
  if (!isHere(source) || block.attribute(name)) return undefined;
  if (hcl && (hcl.openBrace === undefined || hcl.closeBrace === undefined)) return undefined;
  const { text } = source;
  const firstBlock = body.items.findIndex(item => item.kind === 'block');
  const leading = body.items.filter((item, i): item is Attribute => {
    return item.kind === 'attribute' && (firstBlock < 0 || i < firstBlock);
  });
  const wanted = after === undefined ? undefined : block.attribute(after)?.hcl;
  const previous = wanted ?? leading.at(-1);
  if (hcl && isOneLine(text, hcl)) return intoOneLine(block, `${name} = ${value}`);
  const inner = previous ? indentAt(text, previous.start) : `${hcl ? indentAt(text, hcl.start) : ''}${hcl ? '  ' : ''}`;
  if (inner === undefined) return undefined;
  const lines = indented(`${name} = ${value}`, inner);
  if (!previous) {
    const at = hcl ? lineEnd(text, hcl.openBrace! + 1) : 0;
    if (hcl && at === undefined) return undefined;
    const eol = lineBreak(text);
    // A block that follows is kept apart, as people write it.
    const gap = body.items.length > 0 ? eol : '';
    return [source.insert(at!, hcl ? `${eol}${lines.join(eol)}${gap}` : `${lines.join(eol)}${eol}${gap}`)!];
  }
  const all = body.items.filter(item => item.kind === 'attribute').map(item => alignedLine(text, item, item.name));
  return insertLine(source, previous, lines, name, value, all);
}

/** Puts `key = value` at the end of an object that is written as such; `undefined` for any other value. */
export function insertEntry(object: Evaluated, key: string, value: string): readonly Edit[] | undefined {
  const { expression, source } = object;
  if (expression.kind !== 'object' || expression.close === undefined || !isHere(source)) return undefined;
  if (object.entry(key)) return undefined;
  const { text } = source;
  const previous = expression.items.at(-1);
  const written = `${key} = ${value}`;
  if (text.slice(expression.start, expression.close).indexOf('\n') < 0)
    return intoFlowObject(source, expression, written);
  const outer = lineIndent(text, expression.start);
  const inner = previous ? indentAt(text, previous.start) : `${outer}  `;
  if (inner === undefined) return undefined;
  const lines = indented(written, inner);
  const eol = lineBreak(text);
  if (!previous) {
    const at = lineEnd(text, expression.start + 1);
    return at === undefined ? undefined : [source.insert(at, `${eol}${lines.join(eol)}`)!];
  }
  const hasComma = previous.comma !== undefined;
  const parted = expression.items.some(item => item.comma !== undefined);
  if (parted) lines[lines.length - 1] += ',';
  const items = expression.items.map(item => alignedItem(text, item));
  const end = hasComma ? { start: previous.start, end: previous.comma! + 1 } : previous;
  const edits = insertLine(source, end, lines, key, value, items);
  if (!edits || !parted || hasComma) return edits;
  return [source.insert(previous.end, ',')!, ...edits];
}

/** Puts a nested block, written without indentation, at the end of a block or file, a blank line in front of it. */
export function insertBlock(block: PackerBlock, written: string): readonly Edit[] | undefined {
  const { body, hcl, source } = block;
  if (!isHere(source)) return undefined;
  const { text } = source;
  const eol = lineBreak(text);
  if (!hcl) {
    const end = text.length;
    const gap = text.trim() === '' ? '' : text.endsWith('\n') ? eol : `${eol}${eol}`;
    return [source.insert(end, `${gap}${indented(written, '').join(eol)}${eol}`)!];
  }
  if (hcl.openBrace === undefined || hcl.closeBrace === undefined) return undefined;
  const outer = indentAt(text, hcl.start);
  if (outer === undefined) return undefined;
  const lines = indented(written, `${outer}  `).join(eol);
  const last = body.items.at(-1);
  if (!last || isOneLine(text, hcl)) {
    if (body.items.length > 0) return undefined;
    if (text.slice(hcl.openBrace + 1, hcl.closeBrace).trim() !== '') return undefined;
    const edit = source.replace(hcl.openBrace + 1, hcl.closeBrace, `${eol}${lines}${eol}${outer}`);
    return edit && [edit];
  }
  // In front of the brace's own indentation, behind comments that end the block.
  const brace = text.lastIndexOf('\n', hcl.closeBrace - 1) + 1;
  if (brace <= last.end || text.slice(brace, hcl.closeBrace).trim() !== '') return undefined;
  return [source.insert(brace, `${eol}${lines}${eol}`)!];
}

/** Puts a top-level block, written without indentation, in front of another, a blank line between them. */
export function insertBefore(block: PackerBlock, written: string): readonly Edit[] | undefined {
  const { hcl, source } = block;
  if (!isHere(source) || !hcl) return undefined;
  const { text } = source;
  let at = text.lastIndexOf('\n', hcl.start - 1) + 1;
  // Comments right above belong to the block.
  while (at > 0) {
    const above = text.lastIndexOf('\n', at - 2) + 1;
    const line = text.slice(above, at).trim();
    if (!line.startsWith('#') && !line.startsWith('//')) break;
    at = above;
  }
  const eol = lineBreak(text);
  return [source.insert(at, `${indented(written, lineIndent(text, hcl.start)).join(eol)}${eol}${eol}`)!];
}

/** Removes an attribute with its line and aligns the lines that it stood between. */
export function removeAttribute(block: PackerBlock, attribute: PackerAttribute): readonly Edit[] | undefined {
  const { source, hcl } = attribute;
  if (!isHere(source)) return undefined;
  const lines = block.body.items.flatMap(item =>
    item.kind === 'attribute' ? [alignedLine(source.text, item, item.name)] : [],
  );
  return removeLine(source, hcl, lines);
}

/** Gives an attribute another name and aligns the lines around it; `undefined` when the block has that name already. */
export function renameAttribute(
  block: PackerBlock,
  attribute: PackerAttribute,
  name: string,
): readonly Edit[] | undefined {
  const { hcl, source } = attribute;
  if (!isHere(source) || block.attribute(name)) return undefined;
  const { text } = source;
  const known = new Map<number, AlignedLine>();
  for (const item of block.body.items) {
    const line = item.kind === 'attribute' ? alignedLine(text, item, item.name) : undefined;
    if (line) known.set(lineStart(text, line.nameStart), line);
  }
  const at = lineStart(text, hcl.start);
  const own = known.get(at);
  const above = at > 0 ? run(text, known, lineStart(text, at - 1), -1) : [];
  // Behind a value over several lines `packer fmt` starts a new column.
  const isOneLine = text.slice(hcl.start, hcl.end).indexOf('\n') < 0;
  const below = isOneLine ? run(text, known, nextLine(text, hcl.end), 1) : [];
  const others = [...above, ...below];
  if (!own || !isUniform([...others, own])) return [source.replace(hcl.name.start, hcl.name.end, name)!];
  const widest = Math.max(name.length, widestOf(others));
  return [...pad(source, others, widest), source.replace(own.nameStart, own.equals, `${name.padEnd(widest)} `)!];
}

/** Removes a nested or top-level block with its lines; what stood above and below stays one blank line apart. */
export function removeBlock(block: PackerBlock): readonly Edit[] | undefined {
  const { hcl, source } = block;
  if (!hcl || !isHere(source)) return undefined;
  const { text } = source;
  const whole = wholeLines(text, hcl);
  if (!whole) return undefined;
  const start = lineStart(text, Math.max(0, whole.start - 1));
  const above = text.slice(start, whole.start).trim();
  const below = text.slice(whole.end, nextLine(text, whole.end)).trim();
  const isLast = below === '' || below.startsWith('}');
  if (above === '' && isLast) return [source.replace(start, whole.end, '')!];
  // Attributes that were apart would become one run with one column of `=`.
  const gap = above === '' || above.endsWith('{') || isLast ? '' : lineBreak(text);
  return [source.replace(whole.start, whole.end, gap)!];
}

function isHere(source: SourceText): boolean {
  return source.spanOf(0, 0).file === undefined;
}

/** Writes a line behind `previous` and gives all lines that follow each other there one column of `=`. */
function insertLine(
  source: SourceText,
  previous: HclNode,
  lines: string[],
  name: string,
  value: string,
  neighbours: readonly (AlignedLine | undefined)[],
): readonly Edit[] | undefined {
  const { text } = source;
  const at = lineEnd(text, previous.end);
  if (at === undefined) return undefined;
  const eol = lineBreak(text);
  const isAligned = !opensBracket(value);
  const known = new Map(neighbours.flatMap(line => (line ? [[lineStart(text, line.nameStart), line] as const] : [])));
  const above = isAligned ? run(text, known, lineStart(text, previous.end), -1) : [];
  const below = isAligned && lines.length === 1 ? run(text, known, nextLine(text, at), 1) : [];
  const edits: Edit[] = [];
  // Both are parts of one run now, or one of them is empty.
  const wasAligned = isUniform([...above, ...below]);
  const widest = Math.max(name.length, widestOf([...above, ...below]));
  const target = isAligned && wasAligned ? widest : name.length;
  if (isAligned && wasAligned) {
    const moved = pad(source, [...above, ...below], target);
    const beside = above[0] ?? below[0];
    // An empty edit beside it keeps fixes that move these columns for another round: this line would not move along.
    if (moved.length === 0 && beside) moved.push(source.insert(beside.nameEnd, '')!);
    edits.push(...moved);
  }
  if (isAligned) lines[0] = lines[0]!.replace(`${name} = `, () => `${name}${' '.repeat(target - name.length)} = `);
  edits.push(source.insert(at, eol + lines.join(eol))!);
  return edits;
}

/** The removal of the lines of a node, which must stand there alone, and the new alignment around it. */
function removeLine(
  source: SourceText,
  node: HclNode,
  neighbours: readonly (AlignedLine | undefined)[],
): readonly Edit[] | undefined {
  const { text } = source;
  const whole = wholeLines(text, node);
  if (!whole) return undefined;
  const edits = [source.replace(whole.start, whole.end, '')!];
  const known = new Map(neighbours.flatMap(line => (line ? [[lineStart(text, line.nameStart), line] as const] : [])));
  const above = run(text, known, lineStart(text, Math.max(0, whole.start - 1)), -1);
  const below = run(text, known, whole.end, 1);
  const removed = known.get(whole.start);
  const all = [...above, ...(removed ? [removed] : []), ...below];
  const left = [...above, ...below];
  if (isUniform(all) || (!removed && isUniform(above) && isUniform(below)))
    edits.push(...pad(source, left, widestOf(left)));
  return edits;
}

/** The aligned lines that follow each other from a line on, upwards or downwards. */
function run(text: string, known: ReadonlyMap<number, AlignedLine>, from: number, step: 1 | -1): AlignedLine[] {
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

const width = (line: AlignedLine): number => line.nameEnd - line.nameStart;
const widestOf = (lines: readonly AlignedLine[]): number =>
  lines.reduce((most, line) => Math.max(most, width(line)), 0);

/** Whether lines have their `=` where `packer fmt` puts it. */
function isUniform(lines: readonly AlignedLine[]): boolean {
  const widest = widestOf(lines);
  return lines.every(line => line.equals - line.nameStart === widest + 1);
}

function pad(source: SourceText, lines: readonly AlignedLine[], widest: number): Edit[] {
  return lines.flatMap(line => {
    const spaces = ' '.repeat(widest - width(line) + 1);
    if (source.text.slice(line.nameEnd, line.equals) === spaces) return [];
    return source.replace(line.nameEnd, line.equals, spaces) ?? [];
  });
}

function alignedLine(
  text: string,
  whole: HclNode & { readonly value: Expression },
  name: HclNode,
): AlignedLine | undefined {
  const equals = text.indexOf('=', name.end);
  if (equals < 0 || equals >= whole.value.start) return undefined;
  const end = text.indexOf('\n', equals);
  const line = text.slice(equals + 1, end < 0 ? text.length : end);
  // What opens a bracket and leaves it open is not aligned; a heredoc is.
  if (whole.value.end > equals + 1 + line.length && opensBracket(text.slice(whole.value.start, whole.value.end)))
    return undefined;
  if (text.slice(lineStart(text, name.start), name.start).trim() !== '') return undefined;
  return { nameStart: name.start, nameEnd: name.end, equals };
}
function alignedItem(text: string, item: ObjectItem): AlignedLine | undefined {
  return item.separator === '=' ? alignedLine(text, item, item.key) : undefined;
}

/** Whether the first line of a value leaves a bracket open; brackets in strings count little: templates close what they open. */
function opensBracket(value: string): boolean {
  const end = value.indexOf('\n');
  if (end < 0) return false;
  let open = 0;
  for (let i = 0; i < end; i++) {
    if ('([{'.includes(value[i]!)) open++;
    else if (')]}'.includes(value[i]!)) open--;
  }
  return open !== 0;
}

function intoOneLine(block: PackerBlock, written: string): readonly Edit[] | undefined {
  const { body, hcl, source } = block;
  const open = hcl?.openBrace;
  const close = hcl?.closeBrace;
  const indent = hcl && lineIndent(source.text, hcl.start);
  if (open === undefined || close === undefined || indent === undefined) return undefined;
  if (source.text.slice(open, close).includes('#') || written.includes('\n')) return undefined;
  // A block on one line holds one attribute: with two it takes several lines.
  const inside = body.items.map(item => `${indent}  ${source.text.slice(item.start, item.end)}`);
  const eol = lineBreak(source.text);
  const only = body.items[0];
  const lines = [...inside, `${indent}  ${written}`];
  if (only?.kind === 'attribute' && body.items.length === 1) {
    const name = written.slice(0, written.indexOf(' = '));
    const widest = Math.max(only.name.text.length, name.length);
    const value = source.text.slice(only.value.start, only.value.end);
    lines[0] = `${indent}  ${only.name.text.padEnd(widest)} = ${value}`;
    lines[1] = `${indent}  ${name.padEnd(widest)} = ${written.slice(name.length + 3)}`;
  }
  const edit = source.replace(open + 1, close, `${eol}${lines.join(eol)}${eol}${indent}`);
  return edit && [edit];
}

function intoFlowObject(source: SourceText, object: HclObject, written: string): readonly Edit[] | undefined {
  if (written.includes('\n') || object.close === undefined) return undefined;
  const last = object.items.at(-1);
  const edit = last
    ? source.insert(last.value.end, `, ${written}`)
    : source.replace(object.start + 1, object.close, ` ${written} `);
  return edit && [edit];
}

function isOneLine(text: string, { end, start }: HclNode): boolean {
  return text.slice(start, end).indexOf('\n') < 0;
}
function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}
function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}
/** The end of the line that `at` stands on, when only blanks and a comment follow there. */
function lineEnd(text: string, at: number): number | undefined {
  const newline = text.indexOf('\n', at);
  let end = newline < 0 ? text.length : newline;
  if (text[end - 1] === '\r') end--;
  const rest = text.slice(at, end).trim();
  return rest === '' || rest.startsWith('#') || rest.startsWith('//') ? end : undefined;
}
/** The blanks in front of what starts its line; `undefined` when something else stands before it. */
function indentAt(text: string, start: number): string | undefined {
  const before = text.slice(lineStart(text, start), start);
  return before.trim() === '' ? before : undefined;
}
function lineIndent(text: string, at: number): string {
  const start = lineStart(text, at);
  let end = start;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return text.slice(start, end);
}
/** The lines of a node with the line break behind them, when nothing else stands there but a comment. */
function wholeLines(text: string, { end, start }: HclNode): { start: number; end: number } | undefined {
  const first = lineStart(text, start);
  const last = lineEnd(text, end);
  if (last === undefined || text.slice(first, start).trim() !== '') return undefined;
  return { start: first, end: nextLine(text, last) };
}
function lineBreak(text: string): string {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}
/** Lines with an indentation in front of those that are not blank; the content of heredocs stays where it is. */
function indented(written: string, indent: string): string[] {
  let marker: string | undefined;
  return written.split('\n').map(line => {
    const inHeredoc = marker !== undefined;
    if (inHeredoc && line.trim() === marker) marker = undefined;
    else if (!inHeredoc) marker = /<<-?(\w+)$/.exec(line)?.[1];
    return line === '' || inHeredoc ? line : indent + line;
  });
}
