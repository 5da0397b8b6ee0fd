/**
 * Completion and hovers in configuration files, from the schema that they are checked against. They read lines and brackets
 * and not a tree, so that they work in text that is half typed.
 */
import type { Completion, HoverText } from '../editor.ts';
import type { Span } from '../text.ts';
import type { Schema } from './schema.ts';

/** A place in a configuration: the keys around it, with `-` for an item of a list. */
interface Place {
  readonly path: readonly string[];
  /** A key, or the value of the last key of the path. */
  readonly expects: 'key' | 'value';
  /** The word that is being typed, in quotes or not. */
  readonly word: Span;
  /** Whether the word is in quotes already. */
  readonly inQuotes: boolean;
}

/** Longer files have no help: they are not read at all. In UTF-16 code units. */
const LONGEST = 100_000;

/** What can be written at an offset. */
export function configCompletions(
  text: string,
  offset: number,
  { schema, isJson }: { readonly schema: Schema; readonly isJson: boolean },
): readonly Completion[] {
  const place = text.length > LONGEST ? undefined : isJson ? placeInJson(text, offset) : placeInYaml(text, offset);
  if (!place) return [];
  const schemas = schemasAt(schema, place.path);
  const quote = isJson && !place.inQuotes ? '"' : '';
  if (place.expects === 'value') {
    return [...new Set(schemas.flatMap(valuesOf))].map(label => {
      const quoted = label === 'true' || label === 'false' ? label : `${quote}${label}${quote}`;
      return { label, kind: 'value', snippet: quoted, replaces: place.word };
    });
  }
  const [written = '', colon] = /^[\w$-]*("?[\t ]*:)?/.exec(text.slice(place.word.start, place.word.start + 200)) ?? [];
  const hasColon = colon !== undefined;
  // All of the word around the cursor is replaced.
  const replaces = { ...place.word, end: place.word.start + written.length - (colon?.length ?? 0) };
  return keysOf(schemas).map(([label, key]) => ({
    label,
    kind: 'key',
    ...detailOf(key),
    snippet: hasColon || place.inQuotes ? label : `${quote}${label}${quote}:${isJson ? ' $0' : yamlValue(key)}`,
    replaces,
  }));
}

/** What the key at an offset means, and its page where it is a rule. */
export function configHover(
  text: string,
  offset: number,
  { schema, isJson, urlOf }: { readonly schema: Schema; readonly isJson: boolean; urlOf(rule: string): string },
): HoverText | undefined {
  if (text.length > LONGEST) return undefined;
  const key = keyAt(text, offset);
  const place = key && (isJson ? placeInJson(text, key.start) : placeInYaml(text, key.start));
  if (!key || place?.expects !== 'key') return undefined;
  const name = text.slice(key.start, key.end);
  const known = keysOf(schemasAt(schema, place.path)).find(([label]) => label === name)?.[1];
  if (!known) return undefined;
  const values = valuesOf(known);
  const lines = [
    ...(known.description === undefined ? [] : [known.description]),
    ...(known.anyOf ?? []).flatMap(({ enum: choices, description }) => (choices && description ? [description] : [])),
    ...(values.length > 0 ? [`One of ${values.map(value => `\`${value}\``).join(', ')}.`] : []),
    ...(place.path.at(-1) === 'rules' ? [`[Documentation](${urlOf(name)})`] : []),
  ];
  return lines.length > 0 ? { span: key, markdown: lines.join('\n\n') } : undefined;
}

/** The schemas that hold for what is at a path: of alternatives all that fit. */
function schemasAt(schema: Schema, path: readonly string[]): readonly Schema[] {
  let here = alternatives([schema]);
  for (const name of path) {
    const next = here.flatMap(({ items, properties }) => {
      if (name === '-') return items ?? [];
      return properties && Object.hasOwn(properties, name) ? properties[name]! : [];
    });
    here = alternatives(next);
  }
  return here;
}

function alternatives(schemas: readonly Schema[]): readonly Schema[] {
  return schemas.flatMap(one => (one.anyOf ? alternatives(one.anyOf) : one));
}

function keysOf(schemas: readonly Schema[]): readonly (readonly [string, Schema])[] {
  return schemas.flatMap(({ properties }) => Object.entries(properties ?? {}));
}

function valuesOf(schema: Schema): readonly string[] {
  return alternatives([schema]).flatMap(one => one.enum ?? (one.type === 'boolean' ? ['true', 'false'] : []));
}

function detailOf(schema: Schema): Pick<Completion, 'detail' | 'documentation'> {
  const values = valuesOf(schema);
  return {
    ...(values.length > 0 ? { detail: values.join(', ') } : {}),
    ...(schema.description === undefined ? {} : { documentation: schema.description }),
  };
}

/** What follows the colon, as a snippet. */
function yamlValue(schema: Schema): string {
  const all = alternatives([schema]);
  const values = valuesOf(schema);
  if (values.length > 0) return ` \${1|${values.join(',')}|}`;
  if (all.some(({ type }) => type === 'array')) return ' [$1]';
  return all.some(({ properties }) => properties) ? '\n  $0' : ' $0';
}

const KEY = /(?<![\w$-])([\w$-]{1,100})["']?[\t ]{0,9}:/g;

/** The key at an offset of a line. */
function keyAt(text: string, offset: number): Span | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const found = text.indexOf('\n', offset);
  const line = text.slice(lineStart, Math.min(found < 0 ? text.length : found, lineStart + 2_000));
  for (const match of line.matchAll(KEY)) {
    const start = lineStart + match.index + match[0].indexOf(match[1]!);
    if (start <= offset && offset <= start + match[1]!.length) return { start, end: start + match[1]!.length };
  }
  return undefined;
}

/** A key or an item that is being typed. */
const TYPED_KEY = /^( *)((?:- +)*)([\w$-]*)$/;
/** A value that is being typed, in a list on one line too: `extends: [strict, `. */
const TYPED_VALUE = /^( *)((?:- +)*)([\w$-]+): +(\[(?:[^\]]*,)? *)?([\w-]*)$/;

function placeInYaml(text: string, offset: number): Place | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  if (offset - lineStart > 1_000) return undefined;
  const before = text.slice(lineStart, offset);
  const value = TYPED_VALUE.exec(before);
  if (value) {
    const [, blank = '', dashes = '', key = '', list, word = ''] = value;
    const path = [...pathAbove(text, lineStart, blank.length, dashes), key, ...(list === undefined ? [] : ['-'])];
    return { path, expects: 'value', word: { start: offset - word.length, end: offset }, inQuotes: false };
  }
  const key = TYPED_KEY.exec(before);
  if (!key) return undefined;
  const [, blank = '', dashes = '', word = ''] = key;
  const path = pathAbove(text, lineStart, blank.length, dashes);
  // An item of a list of words is a value.
  const isItem = dashes !== '' && path.at(-1) === '-' && path.length === 2 && path[0] === 'extends';
  return {
    path,
    expects: isItem ? 'value' : 'key',
    word: { start: offset - word.length, end: offset },
    inQuotes: false,
  };
}

const ENTRY = /^( *)((?:- +)*)([\w$-]+):/;
const ITEM = /^( *)((?:- +)+)/;

/** The keys around a line that begins at a column, the nearest last. */
function pathAbove(text: string, lineStart: number, column: number, dashes: string): readonly string[] {
  const path = dashes === '' ? [] : ['-'];
  let left = column;
  // A key may be at the column of the dashes of its list.
  let keyAlike = dashes !== '';
  for (let end = lineStart - 1; end >= 0 && (left > 0 || keyAlike); ) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, Math.min(end, start + 300));
    const item = ITEM.exec(line);
    const entry = ENTRY.exec(line);
    if (item && item[1]!.length < left && item[0].length >= left && !keyAlike) {
      // Another key of the item that this line is in.
      left = item[1]!.length;
      keyAlike = true;
      path.unshift('-');
    } else if (entry && entry[2] === '' && (entry[1]!.length < left || (keyAlike && entry[1]!.length === left))) {
      left = entry[1]!.length;
      keyAlike = false;
      path.unshift(entry[3]!);
    }
    end = start - 1;
  }
  return path;
}

/** What is open at an offset of JSON. */
interface Open {
  readonly bracket: '{' | '[';
  key: string | undefined;
  /** Behind a colon. */
  inValue: boolean;
}

function placeInJson(text: string, offset: number): Place | undefined {
  const open: Open[] = [];
  let last = '';
  for (let at = 0; at < offset; at++) {
    const character = text[at]!;
    const inner = open[open.length - 1];
    if (character === '"') {
      const end = stringEnd(text, at + 1);
      if (end >= offset) return placeOf(open, { start: at + 1, end: offset }, true);
      last = text.slice(at + 1, end);
      at = end;
    } else if (character === '{' || character === '[')
      open.push({ bracket: character, key: undefined, inValue: false });
    else if (character === '}' || character === ']') open.pop();
    else if (character === ':' && inner) {
      inner.key = last;
      inner.inValue = true;
    } else if (character === ',' && inner) inner.inValue = false;
  }
  let start = offset;
  while (start > 0 && /[\w$-]/.test(text[start - 1]!)) start--;
  return placeOf(open, { start, end: offset }, false);
}

/** The offset of the closing quote, or of the end of the line. */
function stringEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"' || text[at] === '\n') return at;
  }
  return text.length;
}

function placeOf(open: readonly Open[], word: Span, inQuotes: boolean): Place | undefined {
  const inner = open.at(-1);
  if (!inner) return undefined;
  const path = open.slice(0, -1).flatMap(one => (one.bracket === '[' ? ['-'] : [one.key ?? '']));
  if (inner.bracket === '[') return { path: [...path, '-'], expects: 'value', word, inQuotes };
  if (inner.inValue) return { path: [...path, inner.key ?? ''], expects: 'value', word, inQuotes };
  return { path, expects: 'key', word, inQuotes };
}
