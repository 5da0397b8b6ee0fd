/** YAML and JSON, as values with their paths. Aliases are not followed: what they stand for is read where it is written. */
import { isMap, isScalar, isSeq, type ParsedNode, parseAllDocuments } from 'yaml';
import { tooDeep } from '../../core/config/nesting.ts';
import { Decoder, type SourceText } from '../../core/text.ts';
import { type Setting, setting } from './setting.ts';

const DEEPEST = 40;
/** More values of one file are not read. */
const MOST = 5_000;

/** Nobody reads the errors: to show where each is takes time for the whole of its line. */
const OPTIONS = { uniqueKeys: false, logLevel: 'silent', strict: false, prettyErrors: false } as const;

/** Every scalar of every document; `undefined` when the text is neither YAML nor JSON, or nests too deep. */
export function readYaml(text: SourceText): readonly Setting[] | undefined {
  if (tooDeep(text.text, DEEPEST) !== undefined) return undefined;
  const found: Setting[] = [];
  const documents = parseAllDocuments(text.text, OPTIONS);
  if (!Array.isArray(documents)) return found;
  for (const { contents, errors } of documents) {
    if (errors.length > 0) return undefined;
    if (contents) read(contents as ParsedNode, [], undefined, text, found);
  }
  return found;
}

function read(
  node: ParsedNode,
  path: readonly string[],
  start: number | undefined,
  text: SourceText,
  found: Setting[],
): void {
  if (found.length >= MOST) return;
  if (isMap(node)) {
    for (const { key, value } of node.items)
      if (isScalar(key) && value) read(value as ParsedNode, [...path, String(key.value)], key.range?.[0], text, found);
  } else if (isSeq(node)) {
    node.items.forEach((item, i) => {
      read(item as ParsedNode, [...path, `${i}`], undefined, text, found);
    });
  } else if (isScalar(node) && node.range) {
    const [from, to] = node.range;
    const value = decodedText(node.value, from, to, text);
    const oneLine = start !== undefined && !text.text.slice(start, to).includes('\n');
    found.push(setting(path, value, text.spanOf(oneLine ? start : from, to)));
  }
}

/** The value decoded; written as it is where that is the same. */
function decodedText(value: unknown, from: number, to: number, text: SourceText): SourceText {
  const written = text.text.slice(from, to);
  const quote = written.startsWith('"') || written.startsWith("'") ? 1 : 0;
  const decoded = typeof value === 'string' ? value : written;
  const inside = written.slice(quote, written.length - quote);
  return inside === decoded
    ? text.slice(from + quote, to - quote)
    : new Decoder(text, 'read-only', from).as(decoded, from, to).done();
}
