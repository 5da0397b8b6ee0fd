/**
 * Edits of templates in the style of `packer fmt`: indented like their neighbors, the `=` of adjacent lines in one column.
 * The edits are for the file of the block, which may be another one of the module. JSON is not edited: every function returns
 * `undefined` there.
 */
import type { Edit, SourceText } from '../../core/text.ts';
import {
  type AlignedLine,
  adjacentLines,
  alignedItem,
  alignedLine,
  areAligned,
  byStart,
  nameWidth,
  opensBracket,
  widestName,
} from './aligned-lines.ts';
import type { Attribute, HclNode, HclObject } from './hcl/ast.ts';
import {
  indentBefore,
  isOneLine,
  lineBreak,
  lineEnd,
  lineIndent,
  lineStart,
  nextLine,
  wholeLines,
} from './line-layout.ts';
import type { Evaluated, PackerAttribute, PackerBlock } from './tree.ts';

/**
 * Adds `name = value` to a block: after the attribute `after` if the block has it, else after the last attribute before the
 * first nested block. `value` is HCL; its further lines are indented to fit. `undefined` when the block has the attribute.
 */
export function insertAttribute(
  block: PackerBlock,
  name: string,
  value: string,
  after?: string,
): readonly Edit[] | undefined {
  const { body, hcl, source } = block;
  if (!isInHcl(block) || block.attribute(name)) return undefined;
  if (hcl && (hcl.openBrace === undefined || hcl.closeBrace === undefined)) return undefined;
  const { text } = source;
  const firstBlock = body.items.findIndex(item => item.kind === 'block');
  const leading = body.items.filter((item, i): item is Attribute => {
    return item.kind === 'attribute' && (firstBlock < 0 || i < firstBlock);
  });
  const wanted = after === undefined ? undefined : block.attribute(after)?.hcl;
  const previous = wanted ?? leading.at(-1);
  if (hcl && isOneLine(text, hcl)) return intoOneLine(block, `${name} = ${value}`);
  const inner = previous
    ? indentBefore(text, previous.start)
    : `${hcl ? indentBefore(text, hcl.start) : ''}${hcl ? '  ' : ''}`;
  if (inner === undefined) return undefined;
  const lines = indented(`${name} = ${value}`, inner);
  if (!previous) {
    const at = hcl ? lineEnd(text, hcl.openBrace! + 1) : 0;
    if (hcl && at === undefined) return undefined;
    const eol = lineBreak(text);
    // An empty line separates the attribute from a block that follows.
    const gap = body.items.length > 0 ? eol : '';
    return [source.insert(at!, hcl ? `${eol}${lines.join(eol)}${gap}` : `${lines.join(eol)}${eol}${gap}`)!];
  }
  return insertLine(source, previous, lines, name, value, linesOf(block));
}

/** Adds `key = value` at the end of an object that is written as `{ … }`; `undefined` for any other value. */
export function insertEntry(object: Evaluated, key: string, value: string): readonly Edit[] | undefined {
  const { expression, source } = object;
  if (expression.kind !== 'object' || expression.json || expression.close === undefined) return undefined;
  if (object.entry(key)) return undefined;
  const { text } = source;
  const previous = expression.items.at(-1);
  const written = `${key} = ${value}`;
  if (text.slice(expression.start, expression.close).indexOf('\n') < 0)
    return intoFlowObject(source, expression, written);
  const outer = lineIndent(text, expression.start);
  const inner = previous ? indentBefore(text, previous.start) : `${outer}  `;
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

/** Adds a nested block, written without indentation, at the end of a block or file, after an empty line. */
export function insertBlock(block: PackerBlock, written: string): readonly Edit[] | undefined {
  const { body, hcl, source } = block;
  if (!isInHcl(block)) return undefined;
  const { text } = source;
  const eol = lineBreak(text);
  if (!hcl) {
    const end = text.length;
    const gap = text.trim() === '' ? '' : text.endsWith('\n') ? eol : `${eol}${eol}`;
    return [source.insert(end, `${gap}${indented(written, '').join(eol)}${eol}`)!];
  }
  if (hcl.openBrace === undefined || hcl.closeBrace === undefined) return undefined;
  const outer = indentBefore(text, hcl.start);
  if (outer === undefined) return undefined;
  const lines = indented(written, `${outer}  `).join(eol);
  const last = body.items.at(-1);
  if (!last || isOneLine(text, hcl)) {
    if (body.items.length > 0) return undefined;
    if (text.slice(hcl.openBrace + 1, hcl.closeBrace).trim() !== '') return undefined;
    const edit = source.replace(hcl.openBrace + 1, hcl.closeBrace, `${eol}${lines}${eol}${outer}`);
    return edit && [edit];
  }
  // Before the indentation of the brace, after comments that end the block.
  const brace = text.lastIndexOf('\n', hcl.closeBrace - 1) + 1;
  if (brace <= last.end || text.slice(brace, hcl.closeBrace).trim() !== '') return undefined;
  return [source.insert(brace, `${eol}${lines}${eol}`)!];
}

/** Adds a top-level block, written without indentation, before another, with an empty line between them. */
export function insertBefore(block: PackerBlock, written: string): readonly Edit[] | undefined {
  const { hcl, source } = block;
  if (!isInHcl(block) || !hcl) return undefined;
  const { text } = source;
  let at = text.lastIndexOf('\n', hcl.start - 1) + 1;
  // Comments directly above belong to the block.
  while (at > 0) {
    const above = text.lastIndexOf('\n', at - 2) + 1;
    const line = text.slice(above, at).trim();
    if (!line.startsWith('#') && !line.startsWith('//')) break;
    at = above;
  }
  const eol = lineBreak(text);
  return [source.insert(at, `${indented(written, lineIndent(text, hcl.start)).join(eol)}${eol}${eol}`)!];
}

/** Removes an attribute with its line and aligns the lines around it. */
export function removeAttribute(block: PackerBlock, attribute: PackerAttribute): readonly Edit[] | undefined {
  const { source, hcl } = attribute;
  if (!isInHcl(block)) return undefined;
  return removeLine(source, hcl, linesOf(block));
}

/** Gives an attribute another name and aligns the lines around it; `undefined` when the block has that name already. */
export function renameAttribute(
  block: PackerBlock,
  attribute: PackerAttribute,
  name: string,
): readonly Edit[] | undefined {
  const { hcl, source } = attribute;
  if (!isInHcl(block) || block.attribute(name)) return undefined;
  const { text } = source;
  const known = byStart(text, linesOf(block));
  const at = lineStart(text, hcl.start);
  const own = known.get(at);
  const above = at > 0 ? adjacentLines(text, known, lineStart(text, at - 1), -1) : [];
  // After a value over several lines `packer fmt` starts a new column.
  const below = isOneLine(text, hcl) ? adjacentLines(text, known, nextLine(text, hcl.end), 1) : [];
  const others = [...above, ...below];
  if (!own || !areAligned([...others, own])) return [source.replace(hcl.name.start, hcl.name.end, name)!];
  const widest = Math.max(name.length, widestName(others));
  return [...pad(source, others, widest), source.replace(own.nameStart, own.equals, `${name.padEnd(widest)} `)!];
}

/** Removes a nested or top-level block with its lines; one empty line remains between its neighbors. */
export function removeBlock(block: PackerBlock): readonly Edit[] | undefined {
  const { hcl, source } = block;
  if (!hcl || !isInHcl(block)) return undefined;
  const { text } = source;
  const whole = wholeLines(text, hcl);
  if (!whole) return undefined;
  const start = lineStart(text, Math.max(0, whole.start - 1));
  const above = text.slice(start, whole.start).trim();
  const below = text.slice(whole.end, nextLine(text, whole.end)).trim();
  const isLast = below === '' || below.startsWith('}');
  if (above === '' && isLast) return [source.replace(start, whole.end, '')!];
  // Attributes that were apart would become adjacent and share one column of `=`.
  const gap = above === '' || above.endsWith('{') || isLast ? '' : lineBreak(text);
  return [source.replace(whole.start, whole.end, gap)!];
}

/** Whether a block can be edited as HCL. */
function isInHcl({ body }: PackerBlock): boolean {
  return !body.json;
}

/** The lines of a block's attributes that are aligned. */
function linesOf({ body, source }: PackerBlock): readonly (AlignedLine | undefined)[] {
  return body.items.map(item => (item.kind === 'attribute' ? alignedLine(source.text, item, item.name) : undefined));
}

/** Writes a line after `previous` and aligns the adjacent lines. */
function insertLine(
  source: SourceText,
  previous: HclNode,
  lines: string[],
  name: string,
  value: string,
  neighbors: readonly (AlignedLine | undefined)[],
): readonly Edit[] | undefined {
  const { text } = source;
  const at = lineEnd(text, previous.end);
  if (at === undefined) return undefined;
  const eol = lineBreak(text);
  const isAligned = !opensBracket(value);
  const known = byStart(text, neighbors);
  const above = isAligned ? adjacentLines(text, known, lineStart(text, previous.end), -1) : [];
  const below = isAligned && lines.length === 1 ? adjacentLines(text, known, nextLine(text, at), 1) : [];
  const edits: Edit[] = [];
  // Both are adjacent now, or one of them is empty.
  const wasAligned = areAligned([...above, ...below]);
  const widest = Math.max(name.length, widestName([...above, ...below]));
  const target = isAligned && wasAligned ? widest : name.length;
  if (isAligned && wasAligned) {
    const moved = pad(source, [...above, ...below], target);
    const beside = above[0] ?? below[0];
    // An empty edit conflicts with fixes that move these columns, which are then applied in another round.
    if (moved.length === 0 && beside) moved.push(source.insert(beside.nameEnd, '')!);
    edits.push(...moved);
  }
  if (isAligned) lines[0] = lines[0]!.replace(`${name} = `, () => `${name}${' '.repeat(target - name.length)} = `);
  edits.push(source.insert(at, eol + lines.join(eol))!);
  return edits;
}

/** The removal of the lines of a node, which must contain nothing else, and the new alignment around it. */
function removeLine(
  source: SourceText,
  node: HclNode,
  neighbors: readonly (AlignedLine | undefined)[],
): readonly Edit[] | undefined {
  const { text } = source;
  const whole = wholeLines(text, node);
  if (!whole) return undefined;
  const edits = [source.replace(whole.start, whole.end, '')!];
  const known = byStart(text, neighbors);
  const above = adjacentLines(text, known, lineStart(text, Math.max(0, whole.start - 1)), -1);
  const below = adjacentLines(text, known, whole.end, 1);
  const removed = known.get(whole.start);
  const all = [...above, ...(removed ? [removed] : []), ...below];
  const left = [...above, ...below];
  if (areAligned(all) || (!removed && areAligned(above) && areAligned(below)))
    edits.push(...pad(source, left, widestName(left)));
  return edits;
}

/**
 * Puts attributes that follow each other into a nested block at their place, each under the name that `nameOf` gives;
 * `undefined` where something is between them.
 */
export function intoBlock(
  block: PackerBlock,
  attributes: readonly PackerAttribute[],
  type: string,
  nameOf: (name: string) => string,
): readonly Edit[] | undefined {
  const { source } = block;
  const { text } = source;
  const nodes = attributes.map(({ hcl }) => hcl).toSorted((a, b) => a.start - b.start);
  const lines = nodes.map(node => wholeLines(text, node));
  const [first, last] = [lines[0], lines.at(-1)];
  if (!isInHcl(block) || !first || !last || block.blocks(type).length > 0) return undefined;
  const isInRow = lines.every(
    (line, i) => line && isOneLine(text, nodes[i]!) && (i === 0 || line.start === lines[i - 1]?.end),
  );
  if (!isInRow) return undefined;
  const outer = lineIndent(text, nodes[0]!.start);
  const names = nodes.map(({ name }) => nameOf(name.text));
  const widest = Math.max(...names.map(({ length }) => length));
  const inner = nodes.map(
    (node, i) => `${outer}  ${names[i]!.padEnd(widest)} = ${text.slice(node.value.start, lineEnd(text, node.end))}`,
  );
  const eol = lineBreak(text);
  const known = byStart(text, linesOf(block));
  const above = first.start > 0 ? adjacentLines(text, known, lineStart(text, first.start - 1), -1) : [];
  const below = adjacentLines(text, known, last.end, 1);
  const own = nodes.flatMap(node => known.get(lineStart(text, node.start)) ?? []);
  const written = [`${outer}${type} {`, ...inner, `${outer}}`].join(eol);
  // An empty line separates the block from attributes.
  const gap = (lines: readonly AlignedLine[]): string => (lines.length > 0 ? eol : '');
  const edit = source.replace(first.start, last.end, `${gap(above)}${written}${eol}${gap(below)}`);
  const isAligned = areAligned([...above, ...own, ...below]);
  const padded = isAligned ? [above, below].flatMap(group => pad(source, group, widestName(group))) : [];
  return edit && [edit, ...padded];
}

function pad(source: SourceText, lines: readonly AlignedLine[], widest: number): Edit[] {
  return lines.flatMap(line => {
    const spaces = ' '.repeat(widest - nameWidth(line) + 1);
    if (source.text.slice(line.nameEnd, line.equals) === spaces) return [];
    return source.replace(line.nameEnd, line.equals, spaces) ?? [];
  });
}

function intoOneLine(block: PackerBlock, written: string): readonly Edit[] | undefined {
  const { body, hcl, source } = block;
  const open = hcl?.openBrace;
  const close = hcl?.closeBrace;
  const indent = hcl && lineIndent(source.text, hcl.start);
  if (open === undefined || close === undefined || indent === undefined) return undefined;
  if (source.text.slice(open, close).includes('#') || written.includes('\n')) return undefined;
  // A block on one line holds one attribute: two need several lines.
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

/** The lines of a text, indented but for empty lines and the content of heredocs. */
function indented(written: string, indent: string): string[] {
  let marker: string | undefined;
  return written.split('\n').map(line => {
    const inHeredoc = marker !== undefined;
    if (inHeredoc && line.trim() === marker) marker = undefined;
    else if (!inHeredoc) marker = /<<-?(\w+)$/.exec(line)?.[1];
    return line === '' || inHeredoc ? line : indent + line;
  });
}

/** Inserts a step after the last provisioner of a build. */
export function insertLastStep(build: PackerBlock, step: string): readonly Edit[] | undefined {
  const after = build.blocks().find(({ type }) => type.startsWith('post-processor'));
  return after ? insertBefore(after, step) : insertBlock(build, step);
}
