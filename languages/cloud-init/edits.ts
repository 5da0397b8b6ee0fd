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

/** Puts `line` on a line of its own after the entry, at the entry's column; `undefined` in `{…}`. */
function lineBehind(tree: CloudInitTree, map: YamlMap, entry: YamlEntry, line: string): Edit | undefined {
  if (map.flow || !map.entries.includes(entry)) return undefined;
  const { text } = tree.source;
  const end = lineEnd(text, offsetIn(tree.source, entry.span.end));
  const newline = text.slice(0, end).includes('\r\n') ? '\r\n' : '\n';
  return tree.source.insert(end, newline + ' '.repeat(columnOf(tree, entry.span.start)) + line);
}

/** The end of the line, before its line break. */
function lineEnd(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  const end = found < 0 ? text.length : found;
  return end > from && text[end - 1] === '\r' ? end - 1 : end;
}

/** `defer: true` for an item of `write_files`: after `place`, one of its entries, or instead of another value. */
export function deferral(tree: CloudInitTree, file: YamlMap, place: YamlEntry): Edit | undefined {
  const said = asScalar(get(file, 'defer'));
  if (said) return said.written.replace(0, said.written.text.length, 'true');
  if (entryOf(file, 'defer')) return undefined;
  return file.flow && file.entries.includes(place)
    ? place.value.written.insert(place.value.written.text.length, ', defer: true')
    : lineBehind(tree, file, place, 'defer: true');
}
