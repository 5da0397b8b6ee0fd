/** Edits of whole entries, which keep the lines around them as they are. */
import type { Edit, SourceText } from '../../core/text.ts';
import { asScalar, entryOf, get } from './nodes.ts';
import type { CloudInitTree, YamlEntry, YamlMap } from './tree.ts';

/** Where in the text of `source` the document's offset is. Costs the logarithm of the text's length. */
export function offsetIn(source: SourceText, position: number): number {
  let low = 0;
  let high = source.text.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (source.spanOf(middle, middle).start < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The column, from 0, of the document's offset in the tree's own text. */
export function columnOf(tree: CloudInitTree, position: number): number {
  const at = offsetIn(tree.source, position);
  const start = at === 0 ? 0 : tree.source.text.lastIndexOf('\n', at - 1) + 1;
  // A byte order mark is no column.
  return at - start - (start === 0 && at > 0 && tree.source.text.startsWith('\uFEFF') ? 1 : 0);
}

/** Takes an entry of a block map out, with its line; `undefined` for the first one, whose place the next cannot take. */
export function removal(tree: CloudInitTree, map: YamlMap, entry: YamlEntry): Edit | undefined {
  if (map.flow || map.entries[0] === entry || !map.entries.includes(entry)) return undefined;
  const { text } = tree.source;
  const feed = text.lastIndexOf('\n', offsetIn(tree.source, entry.span.start));
  const start = feed > 0 && text[feed - 1] === '\r' ? feed - 1 : feed;
  const end = lineEnd(text, offsetIn(tree.source, entry.span.end));
  return start < 0 ? undefined : tree.source.replace(start, end, '');
}

/** The lines of an entry of a block map. */
interface EntryLines {
  /** As they are at the margin, each with its line break. */
  readonly text: string;
  /** Takes them out. */
  readonly removal: Edit | undefined;
}

/** `undefined` where an entry has no lines of its own, or would not read the same at the margin. */
export function linesOfEntry({ source }: CloudInitTree, map: YamlMap, { span }: YamlEntry): EntryLines | undefined {
  const { text } = source;
  const key = offsetIn(source, span.start);
  let start = text.lastIndexOf('\n', key - 1) + 1;
  const indent = text.slice(start, key);
  // The span of a block scalar ends where the next line begins.
  const end = lineEnd(text, start + text.slice(start, offsetIn(source, span.end)).trimEnd().length);
  // Comments directly above belong to it.
  while (start > 1) {
    const above = text.lastIndexOf('\n', start - 2) + 1;
    if (!text.startsWith(`${indent}#`, above)) break;
    start = above;
  }
  const written = text.slice(start, end);
  // Lines at the end of a scalar that keeps them, and tabs, are not looked into.
  if (map.flow || start === 0 || !/^ *$/.test(indent) || /[|>]\d?\+/.test(written) || written.includes('\t'))
    return undefined;
  const lines = written.split(/\r?\n/);
  if (lines.some(line => line.trim() !== '' && !line.startsWith(indent))) return undefined;
  const atMargin = lines.map(line => `${line.slice(indent.length)}\n`).join('');
  const from = text[start - 2] === '\r' ? start - 2 : start - 1;
  return { text: atMargin, removal: source.replace(from, end, '') };
}

/** Puts `line` on a line of its own after the entry, at the entry's column; `undefined` in `{…}`. */
function lineBehind(tree: CloudInitTree, map: YamlMap, entry: YamlEntry, line: string): Edit | undefined {
  if (map.flow || !map.entries.includes(entry)) return undefined;
  const end = lineEnd(tree.source.text, offsetIn(tree.source, entry.span.end));
  return tree.source.insert(end, `\n${' '.repeat(columnOf(tree, entry.span.start))}${line}`);
}

/** The end of the line, before its line break. */
function lineEnd(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  const end = found < 0 ? text.length : found;
  return end > 0 && text[end - 1] === '\r' ? end - 1 : end;
}

/** `defer: true` for an item of `write_files`: after `place`, one of its entries, or instead of another value. */
export function deferral(tree: CloudInitTree, file: YamlMap, place: YamlEntry): Edit | undefined {
  const said = asScalar(get(file, 'defer'));
  if (said) return said.written.replace(0, said.written.text.length, 'true');
  return entryOf(file, 'defer') ? undefined : entryBehind(tree, file, place, 'defer: true');
}

/** Adds `key: value` after an entry, on a line of its own or in the same `{…}`. */
export function entryBehind(tree: CloudInitTree, map: YamlMap, place: YamlEntry, text: string): Edit | undefined {
  return map.flow && map.entries.includes(place)
    ? place.value.written.insert(place.value.written.text.length, `, ${text}`)
    : lineBehind(tree, map, place, text);
}
