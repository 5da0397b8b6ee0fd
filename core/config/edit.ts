/**
 * Changes the severity of a rule in the text of a configuration file. Only the text of that one entry changes: comments and
 * the form of everything else stay.
 */
import { isMap, isScalar, type Pair, parseDocument, type Scalar, type YAMLMap } from 'yaml';
import type { Severity } from '../finding.ts';
import type { Rule } from '../rule.ts';
import type { Edit } from '../text.ts';
import { LONGEST_CONFIG, readConfig } from './read.ts';

/**
 * The edit after which a configuration gives a rule a severity; `undefined` where it cannot be written or would have no
 * effect: the file has errors, is too long, or settings for some files name the rule. An empty text is a new file.
 */
export function severityEdit(
  text: string,
  { id, severity, isJson }: { readonly id: string; readonly severity: Severity | 'off'; readonly isJson: boolean },
  rules: readonly Rule[],
): Edit | undefined {
  if (text.length > LONGEST_CONFIG) return undefined;
  const before = readConfig(text, rules);
  if (before.config.overrides.some(one => one.rules.has(id))) return undefined;
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  if (document.errors.length > 0) return undefined;
  const plain = editOf(text, document.contents, { id, severity, isJson });
  const edit = plain && text.includes('\r\n') ? { ...plain, newText: plain.newText.replaceAll('\n', '\r\n') } : plain;
  const after = edit && readConfig(text.slice(0, edit.span.start) + edit.newText + text.slice(edit.span.end), rules);
  // The reader decides whether it was understood.
  const holds = after?.config.rules.get(id)?.severity === severity && after.problems.length <= before.problems.length;
  return holds ? edit : undefined;
}

interface Entry {
  readonly id: string;
  readonly severity: Severity | 'off';
  readonly isJson: boolean;
}

function editOf(text: string, contents: unknown, entry: Entry): Edit | undefined {
  if (!isMap(contents)) {
    if (contents !== null && !(isScalar(contents) && contents.value === null)) return undefined;
    return insertion(
      text.length,
      entry.isJson ? newJson(entry) : `${lineBreakAtEnd(text)}rules:\n  ${lineOf(entry)}\n`,
    );
  }
  const map = contents as YAMLMap.Parsed;
  const rules = pairIn(map, 'rules');
  if (!rules) return addition(text, map, 'rules', entry);
  const { key, value } = rules;
  if (isMap(value)) {
    const known = pairIn(value as YAMLMap.Parsed, entry.id);
    return known ? replacement(text, known, entry) : addition(text, value as YAMLMap.Parsed, entry.id, entry);
  }
  if (value !== null && !(isScalar(value) && value.value === null)) return undefined;
  if (map.flow) return undefined;
  // `rules:` without anything after it.
  const end = endOfLine(text, rangeOf(key).end);
  return insertion(end, `\n${indentAt(text, rangeOf(key).start)}  ${lineOf(entry)}`);
}

/** Another severity for a rule that has an entry. */
function replacement(text: string, { key, value }: Pair, entry: Entry): Edit | undefined {
  if (isScalar(value) && value.value !== null) return written(value as Scalar.Parsed, entry);
  if (!isMap(value)) {
    const { end } = rangeOf(key);
    const colon = text.indexOf(':', end);
    return colon < 0 ? undefined : insertion(colon + 1, ` ${severityIn(entry)}`);
  }
  const known = pairIn(value as YAMLMap.Parsed, 'severity');
  if (!known) return addition(text, value as YAMLMap.Parsed, 'severity', entry);
  return isScalar(known.value) ? written(known.value as Scalar.Parsed, entry) : undefined;
}

function written(value: Scalar.Parsed, entry: Entry): Edit {
  const { start, end } = rangeOf(value);
  return { span: { start, end }, newText: severityIn(entry) };
}

/** A new key of a map: `rules` with the entry in it, the entry itself, or its `severity`. */
function addition(text: string, map: YAMLMap.Parsed, name: string, entry: Entry): Edit | undefined {
  const first = map.items[0];
  const { start } = rangeOf(map);
  if (map.flow) {
    if (text[start] !== '{') return undefined;
    const own = keyed(name, entry, `${indentAt(text, start)}  `);
    if (first) {
      // As the keys that are there: each on its own line, or all on one.
      const blank = text.slice(start + 1, rangeOf(first.key).start);
      return insertion(start + 1, blank.trim() === '' ? `${blank}${own},${blank === '' ? ' ' : ''}` : `${own}, `);
    }
    const close = rangeOf(map).end;
    if (!entry.isJson) return { span: { start, end: close }, newText: `{ ${own} }` };
    return { span: { start, end: close }, newText: `{\n${indentAt(text, start)}  ${own}\n${indentAt(text, start)}}` };
  }
  if (!first) return undefined;
  const indent = ' '.repeat(columnOf(text, rangeOf(first.key).start));
  const last = map.items.at(-1)!;
  const end = endOfLine(text, lastEnd(last));
  return insertion(end, `\n${indent}${name === 'rules' ? `rules:\n${indent}  ${lineOf(entry)}` : lineOf(entry, name)}`);
}

/** A key in braces, with the entry in it where it is `rules`. */
function keyed(name: string, entry: Entry, indent: string): string {
  const quote = (word: string): string => (entry.isJson ? `"${word}"` : word);
  if (name !== 'rules') return `${quote(name)}: ${severityIn(entry)}`;
  const inner = `${quote(entry.id)}: ${severityIn(entry)}`;
  return entry.isJson ? `"rules": {\n${indent}  ${inner}\n${indent}}` : `rules: { ${inner} }`;
}

const severityIn = ({ isJson, severity }: Entry): string => (isJson ? `"${severity}"` : severity);
const lineOf = (entry: Entry, name = entry.id): string =>
  entry.isJson ? `"${name}": ${severityIn(entry)}` : `${name}: ${severityIn(entry)}`;
const newJson = (entry: Entry): string => `{\n  ${keyed('rules', entry, '  ')}\n}\n`;
const lineBreakAtEnd = (text: string): string => (text === '' || text.endsWith('\n') ? '' : '\n');
const insertion = (at: number, newText: string): Edit => ({ span: { start: at, end: at }, newText });

function pairIn(map: YAMLMap.Parsed, name: string): Pair | undefined {
  return map.items.find(({ key }) => isScalar(key) && key.value === name);
}

function rangeOf(node: unknown): { readonly start: number; readonly end: number } {
  const range = (node as { readonly range?: readonly number[] } | null)?.range;
  return { start: range?.[0] ?? 0, end: range?.[1] ?? 0 };
}

/** Where the last text of a pair ends. */
function lastEnd({ key, value }: Pair): number {
  if (value === null) return rangeOf(key).end;
  if (isMap(value) && !value.flow && value.items.length > 0) return lastEnd(value.items.at(-1)!);
  return Math.max(rangeOf(key).end, rangeOf(value).end);
}

/** The end of the line with `at`, comments included, in front of its line break. */
function endOfLine(text: string, at: number): number {
  // The range of a collection may end behind its last line break.
  const from = at > 0 && text[at - 1] === '\n' ? at - 1 : at;
  const found = text.indexOf('\n', from);
  const end = found < 0 ? text.length : found;
  return text[end - 1] === '\r' ? end - 1 : end;
}

function columnOf(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1);
}

/** The blanks at the start of the line with `at`. */
function indentAt(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  let end = start;
  while (text[end] === ' ') end++;
  return text.slice(start, end);
}
