/** What can be written at a place: keys, with the form of their values, and values. Lines are read, so that it works in broken YAML. */
import type { Completion } from '../../../core/editor.ts';
import type { Span } from '../../../core/text.ts';
import { leavesKeyOut } from '../installer.ts';
import { type KeyInfo, keyInfo, keysAt, usualSchemaOf } from '../key-info.ts';
import type { CloudInitTree } from '../tree.ts';
import { type LineEnd, lineEnd } from './flow.ts';
import { DOCUMENT, SKELETONS } from './skeletons.ts';
import { keyText } from './texts.ts';

/** Indentation and dashes. */
const LEAD = /^ *(?:- +){0,5}/;
const ENTRY = /^( *(?:- +){0,5})([\w-]+):/;

export function completionsAt(tree: CloudInitTree, text: string, offset: number): readonly Completion[] {
  const schema = usualSchemaOf(tree);
  if (!schema) return [];
  const around = leavesKeyOut(tree) ? ['autoinstall'] : [];
  const written = writtenBefore(text, offset);
  if (!written) return [];
  const { end, lead, lineStart } = written;
  const { expects, word, quote, given, flow } = end;
  const outer = pathAbove(text, lineStart, lead.length);
  const path = [...around, ...(isWrapped(tree, outer) ? outer.slice(1) : outer), ...end.path];
  const replaces = { start: offset - word.length, end: offset };
  const values = expects === 'value' || (expects === 'item' && !flow) ? valuesAt(schema, path) : [];
  const items = expects === 'item' || (expects === 'key' && !flow && lead.includes('-')) ? itemsAt(schema, path) : [];
  const found = [...values, ...items].map((label): Completion => {
    return { label, kind: 'value', snippet: label, replaces };
  });
  if (expects !== 'key' || quote !== '') return found;
  const hasValue = /^[\w-]*:/.test(text.slice(offset, offset + 200));
  const present = new Set(flow ? given : siblings(text, lineStart, lead));
  const keys = keysAt(schema, path).filter(name => !present.has(name));
  return [
    ...found,
    ...(path.length === 0 && lead === '' ? documentsAt(tree, text, offset, replaces) : []),
    ...keys.map((label): Completion => {
      const info = keyInfo(schema, [...path, label]);
      return {
        label,
        kind: 'key',
        ...(info ? { detail: info.type, documentation: keyText(info) } : {}),
        snippet: hasValue || !info ? label : `${label}:${flow ? ' ' : indented(skeletonOf(info), lead)}`,
        replaces,
      };
    }),
  ];
}

interface Written {
  readonly end: LineEnd;
  readonly lead: string;
  /** Where the line begins, or the first one of brackets that go over several lines. */
  readonly lineStart: number;
}

/** Brackets are followed over so many lines. */
const MOST_LINES = 40;

/** What is written up to the cursor, from the line on which the outermost open bracket stands. */
function writtenBefore(text: string, offset: number): Written | undefined {
  let found: Written | undefined;
  let lineStart = startOfLine(text, offset);
  for (let i = 0; i < MOST_LINES; i++) {
    const before = text.slice(lineStart, offset);
    const lead = LEAD.exec(before)![0];
    const end = lineEnd(asOneLine(before.slice(lead.length)));
    if (end && (i === 0 || end.flow)) found = { end, lead, lineStart };
    // Nothing that begins at the margin is in brackets.
    if (lineStart === 0 || /^\w/.test(before)) break;
    lineStart = startOfLine(text, lineStart - 1);
  }
  return found;
}

const startOfLine = (text: string, at: number): number => (at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1);

/** Without the comments at the end of lines, and the indentation of the next ones. */
function asOneLine(text: string): string {
  const lines = text.split('\n').map((line, i) => (i === 0 ? line : line.replace(/^[ \t]+/, '')));
  const last = lines.pop()!;
  return [...lines.map(line => line.replace(/[ \t]#.*$|\r$/s, '')), last].join(' ');
}

/** `network-config` may be wrapped. */
const isWrapped = ({ form }: CloudInitTree, path: readonly string[]): boolean =>
  form === 'network-config' && path[0] === 'network';

/** A whole document where there is nothing but a header yet. */
function documentsAt(tree: CloudInitTree, text: string, offset: number, replaces: Span): readonly Completion[] {
  const written = text.slice(0, replaces.start) + text.slice(offset);
  const isEmpty = /^\s*(?:#cloud-config[\t ]*\r?\n\s*)?$/.test(written);
  if (!isEmpty || (tree.form !== 'cloud-config' && tree.form !== 'jinja cloud-config')) return [];
  const { detail, header, label, snippet } = DOCUMENT;
  const whole = written.includes('#cloud-config') ? snippet : header + snippet;
  return [{ label, kind: 'block', detail, snippet: whole, replaces, preferred: true }];
}

function skeletonOf({ path, skeleton }: KeyInfo): string {
  const name = path.join('.');
  return Object.hasOwn(SKELETONS, name) ? SKELETONS[name]! : skeleton;
}

/** Editors give lines that follow the indentation of the first one, without its dashes. */
function indented(skeleton: string, lead: string): string {
  return skeleton.replaceAll('\n', `\n${' '.repeat(lead.trimStart().length)}`);
}

type Schema = NonNullable<ReturnType<typeof usualSchemaOf>>;

function valuesAt(schema: Schema, path: readonly string[]): readonly string[] {
  const info = keyInfo(schema, path);
  if (!info) return [];
  return info.type.includes('`true` or `false`') ? ['true', 'false', ...info.values] : info.values;
}

/** What items of the list at a path may be. */
function itemsAt(schema: Schema, path: readonly string[]): readonly string[] {
  return keyInfo(schema, path)?.itemValues ?? [];
}

/** So far is looked for the keys around a line, in lines. */
const FARTHEST = 5_000;

/** The keys around what stands at a column of a line: each is further left than the one below it. */
function pathAbove(text: string, lineStart: number, column: number): readonly string[] {
  const path: string[] = [];
  let left = column;
  let end = lineStart - 1;
  for (let i = 0; i < FARTHEST && end >= 0 && left > 0; i++) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const entry = ENTRY.exec(text.slice(start, Math.min(end, start + 300)));
    if (entry && entry[1]!.length < left) {
      left = entry[1]!.length;
      path.unshift(entry[2]!);
    }
    end = start - 1;
  }
  return path;
}

/** The other keys of the block mapping that a line is in. */
function siblings(text: string, lineStart: number, lead: string): readonly string[] {
  const found: string[] = [];
  const column = lead.length;
  /** False where the mapping ends. */
  const isInside = (line: string, isAbove: boolean): boolean => {
    if (/^\s*(?:#|$)/.test(line)) return true;
    const own = LEAD.exec(line)![0];
    if (own.length > column && !own.slice(0, column + 1).includes('-')) return true;
    const begins = own.includes('-') && own.length === column;
    if (own.length < column || (begins && !isAbove)) return false;
    if (own.length > column) return own.indexOf('-') >= column;
    const name = ENTRY.exec(line)?.[2];
    if (name !== undefined) found.push(name);
    return !begins;
  };
  let end = lineStart - 1;
  for (let i = 0; i < FARTHEST && end >= 0 && !lead.includes('-'); i++) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    if (!isInside(text.slice(start, Math.min(end, start + 300)), true)) break;
    end = start - 1;
  }
  let next = text.indexOf('\n', lineStart);
  for (let i = 0; i < FARTHEST && next >= 0; i++) {
    const stop = text.indexOf('\n', next + 1);
    const line = text.slice(next + 1, Math.min(stop < 0 ? text.length : stop, next + 301));
    if (!isInside(line, false)) break;
    next = stop;
  }
  return found;
}
