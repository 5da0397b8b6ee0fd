/** What a Bake file builds: https://docs.docker.com/build/bake/reference/ */
import { SourceText, type Span } from '../../core/text.ts';
import { readYaml } from '../../facts/config-files/yaml.ts';
import { argumentsOf, labelsOf } from './commands.ts';
import type { BuildCall, BuildContext } from './model.ts';
import { type Naming, partsOf } from './naming.ts';

/** A string and where it is. */
interface Text {
  readonly text: string;
  readonly span: Span;
}

interface Target {
  readonly span: Span;
  readonly inherits: readonly string[];
  readonly context: string | undefined;
  readonly dockerfile: string | undefined;
  readonly target: string | undefined;
  readonly tags: readonly Text[];
  /** `NAME=x`. */
  readonly args: readonly string[];
  /** The same. */
  readonly labels: readonly string[];
  /** The names of contexts, and what they are, as it is written: `target:base`. */
  readonly contexts: readonly (readonly [name: string, value: string])[];
  /** Its text is in the target itself. */
  readonly isInline: boolean;
}

/** Targets and the targets that they inherit from. */
const DEEPEST = 8;
const MOST = 500;

export function ofBake(path: string, text: string, naming: Naming): readonly BuildCall[] {
  const targets = path.endsWith('.json') ? targetsOfJson(text) : targetsOfHcl(text);
  return [...targets.keys()].slice(0, MOST).flatMap(name => {
    const whole = merged(name, targets, 0);
    if (!whole || whole.isInline) return [];
    return [
      {
        names: whole.tags.flatMap(({ text, span }) => naming.named(text, span) ?? []),
        ...partsOf(
          whole.tags.map(({ text, span }) => ({ written: text, span })),
          naming,
        ),
        ...argumentsOf(whole.args, naming),
        ...labelsOf(whole.labels, naming),
        ...contextsOf(whole, targets, naming),
        by: 'bake' as const,
        ...pathsOf(whole, naming),
        span: whole.span,
      },
    ];
  });
}

function pathsOf(target: Target, naming: Naming): Pick<BuildCall, 'context' | 'file' | 'target'> {
  const known = (written: string | undefined) => (written === undefined ? undefined : naming.known(written));
  return {
    context: target.context === undefined ? '.' : known(target.context),
    file: known(target.dockerfile),
    target: known(target.target),
  };
}

/** https://docs.docker.com/build/bake/contexts/ */
function contextsOf(
  { contexts }: Target,
  targets: ReadonlyMap<string, Target>,
  naming: Naming,
): Pick<BuildCall, 'contexts'> {
  if (contexts.length === 0) return {};
  const found = contexts.map(([name, written]): [string, BuildContext] => {
    const [, scheme, rest = ''] = /^(target:|docker-image:\/\/)(.*)$/.exec(written) ?? [];
    if (scheme === undefined) return [name, {}];
    const other = scheme === 'target:' ? merged(rest, targets, 0) : undefined;
    if (other) return [name, other.isInline ? {} : { built: pathsOf(other, naming) }];
    const image = scheme === 'target:' ? undefined : naming.named(rest, NOWHERE)?.name;
    return [name, image === undefined ? {} : { image }];
  });
  return { contexts: Object.fromEntries(found) };
}

const NOWHERE: Span = { start: 0, end: 0 };

function merged(name: string, targets: ReadonlyMap<string, Target>, depth: number): Target | undefined {
  const own = targets.get(name);
  if (!own || depth > DEEPEST) return own;
  let { context, dockerfile, target, tags, args, labels, contexts, isInline } = own;
  for (const name of [...own.inherits].reverse()) {
    const from = merged(name, targets, depth + 1);
    if (!from) continue;
    context ??= from.context;
    dockerfile ??= from.dockerfile;
    target ??= from.target;
    if (tags.length === 0) tags = from.tags;
    args = [...from.args, ...args].slice(-MOST);
    labels = [...from.labels, ...labels].slice(-MOST);
    contexts = [...from.contexts, ...contexts].slice(-MOST);
    isInline ||= from.isInline;
  }
  return { ...own, context, dockerfile, target, tags, args, labels, contexts, isInline };
}

function targetsOfJson(text: string): ReadonlyMap<string, Target> {
  const found = new Map<string, Target>();
  for (const { path, literal, value, span } of readYaml(SourceText.document(text)) ?? []) {
    const [group, name, key] = path;
    if (group !== 'target' || name === undefined || literal === undefined) continue;
    const target = found.get(name) ?? { ...EMPTY, span };
    const one = { text: literal, span: value.span };
    found.set(name, {
      ...target,
      ...(key === 'context' || key === 'dockerfile' || key === 'target' ? { [key]: literal } : {}),
      ...(key === 'tags' ? { tags: [...target.tags, one] } : {}),
      ...(key === 'args' ? { args: [...target.args, `${path[3]}=${literal}`] } : {}),
      ...(key === 'labels' ? { labels: [...target.labels, `${path[3]}=${literal}`] } : {}),
      ...(key === 'contexts' ? { contexts: [...target.contexts, [path[3] ?? '', literal] as const] } : {}),
      ...(key === 'inherits' ? { inherits: [...target.inherits, literal] } : {}),
      ...(key === 'dockerfile-inline' ? { isInline: true } : {}),
    });
  }
  return found;
}

const EMPTY: Omit<Target, 'span'> = {
  inherits: [],
  context: undefined,
  dockerfile: undefined,
  target: undefined,
  tags: [],
  args: [],
  labels: [],
  contexts: [],
  isInline: false,
};

/** A block of a kind with one name, and the values of its attributes as they are written. */
interface Block {
  readonly kind: string;
  readonly name: string;
  readonly span: Span;
  readonly values: ReadonlyMap<string, Span>;
}

const BLOCK = /^[ \t]*(target|function)[ \t]{1,20}"([^"\n]{1,100})"[ \t]{0,20}\{/gm;
const ATTRIBUTE = /[ \t]{0,200}([A-Za-z_][\w-]{0,60})[ \t]{0,40}=(?!=)[ \t]{0,40}/y;

/** Blocks end with the brace that closes them, values with their line or bracket; quotes hide both. */
function blocksIn(text: string): readonly Block[] {
  const found: Block[] = [];
  let end = 0;
  for (const { 0: header, 1: kind = '', 2: name = '', index } of text.matchAll(BLOCK)) {
    if (index < end || found.length >= MOST) continue;
    const values = new Map<string, Span>();
    let at = index + header.length;
    while (at < text.length && text[at] !== '}') {
      ATTRIBUTE.lastIndex = at;
      const attribute = ATTRIBUTE.exec(text);
      const start = attribute ? ATTRIBUTE.lastIndex : at;
      const stop = endOfValue(text, start);
      if (attribute) values.set(attribute[1]!, { start, end: stop });
      at = stop < text.length && text[stop] === '}' ? stop : stop + 1;
    }
    end = at;
    found.push({ kind, name, span: { start: index, end: index + header.length - 1 }, values });
  }
  return found;
}

function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at]!;
    if (char === '"') at = endOfString(text, at);
    else if (char === '#' || (char === '/' && text[at + 1] === '/')) at = endOfLine(text, at) - 1;
    else if (char === '[' || char === '{' || char === '(') depth++;
    else if (char === ']' || char === '}' || char === ')') {
      if (depth === 0) return at;
      depth--;
    } else if (char === '\n' && depth === 0) return at;
  }
  return text.length;
}

/** The offset of the quote that closes it, or of the end of the line. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"' || text[at] === '\n') return at;
  }
  return text.length;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function targetsOfHcl(text: string): ReadonlyMap<string, Target> {
  const blocks = blocksIn(text);
  const functions = new Map(blocks.filter(({ kind }) => kind === 'function').map(block => [block.name, block]));
  const found = new Map<string, Target>();
  for (const { kind, name, span, values } of blocks) {
    if (kind !== 'target') continue;
    const matrix = values.get('matrix');
    const rows = matrix ? rowsOf(text.slice(matrix.start, matrix.end)) : [NO_ROW];
    for (const [i, row] of (rows ?? [NO_ROW]).entries()) {
      const filled = (written: string): string =>
        written.replace(/\$\{([A-Za-z_]\w{0,60})\}/g, (reference, variable: string) => row.get(variable) ?? reference);
      const stringsOf = (key: string): readonly Text[] => {
        const value = values.get(key);
        if (!value) return [];
        const alone = row.get(text.slice(value.start, value.end).trim());
        if (alone !== undefined) return [{ text: alone, span: value }];
        return stringsIn(value, text, functions).map(one => ({ ...one, text: filled(one.text) }));
      };
      const pairsOf = (key: string) =>
        argumentsIn(values.get(key), text).map(([name, written]) => [name, filled(written)] as const);
      found.set(matrix ? `${name}\0${i}` : name, {
        span,
        inherits: stringsOf('inherits').map(one => one.text),
        context: stringsOf('context')[0]?.text,
        dockerfile: stringsOf('dockerfile')[0]?.text,
        target: stringsOf('target')[0]?.text,
        tags: stringsOf('tags'),
        args: pairsOf('args').map(([name, written]) => `${name}=${written}`),
        labels: pairsOf('labels').map(([name, written]) => `${name}=${written}`),
        contexts: pairsOf('contexts'),
        isInline: values.has('dockerfile-inline') || rows === undefined,
      });
    }
  }
  return found;
}

type Row = ReadonlyMap<string, string>;
const NO_ROW: Row = new Map();
/** Targets that one matrix makes. */
const MOST_ROWS = 200;

/** The values of each target of a matrix; `undefined` where one is no list of strings. */
function rowsOf(matrix: string): readonly Row[] | undefined {
  const AXIS = /([A-Za-z_]\w{0,60})[ \t]{0,40}=[ \t]{0,40}\[((?:[\s,]|"[^"\\$\n]{0,200}"){0,400})\]/g;
  let rows: readonly Row[] = [NO_ROW];
  for (const [, name = '', list = ''] of matrix.matchAll(AXIS)) {
    const values = [...list.matchAll(STRING)].map(([, inside = '']) => inside);
    rows = rows.flatMap(row => values.map(value => new Map([...row, [name, value]]))).slice(0, MOST_ROWS);
  }
  return /^[{\s,}]*$/.test(matrix.replace(AXIS, '')) ? rows : undefined;
}

const ARGUMENT =
  /^[ \t{]{0,40}"?([A-Za-z_][\w.:/-]{0,60})"?[ \t]{0,40}[=:][ \t]{0,40}"([^"\n]{1,400})"[ \t,}]{0,40}\r?$/gm;

/** The lines `NAME = "x"` of a block. */
function argumentsIn(value: Span | undefined, text: string): readonly (readonly [name: string, value: string])[] {
  if (!value) return [];
  return [...text.slice(value.start, value.end).matchAll(ARGUMENT)].map(([, name = '', written = '']) => [
    name,
    written,
  ]);
}

const STRING = /"((?:[^"\\\n]|\\[^\n]){0,400})"/g;

/** The strings of a value; of a call to a function of the file those that it makes of its arguments. */
function stringsIn(value: Span, text: string, functions: ReadonlyMap<string, Block>): readonly Text[] {
  const written = text.slice(value.start, value.end);
  const strings = [...written.matchAll(STRING)].map(({ 0: whole, 1: inside = '', index }) => ({
    text: inside,
    span: { start: value.start + index + 1, end: value.start + index + whole.length - 1 },
  }));
  const called = /^([A-Za-z_][\w-]{0,60})\(/.exec(written)?.[1];
  if (called === undefined) return written.includes('?') ? strings.filter(one => !one.text.includes('?')) : strings;
  const definition = functions.get(called);
  const [parameters, result] = ['params', 'result'].map(name => definition?.values.get(name));
  if (!parameters || !result) return [];
  const names = text.slice(parameters.start, parameters.end).match(/[A-Za-z_]\w{0,60}/g) ?? [];
  const given = new Map(names.map((name, i) => [name, strings[i]?.text]));
  const span = { start: value.start, end: value.end };
  // Elements that are a condition have no value that could be known here.
  return [
    ...text
      .slice(result.start, result.end)
      .matchAll(/(?:^|[[,\n])[ \t]{0,40}"([^"\n]{1,400})"[ \t]{0,40}(?=[,\]\r\n])/g),
  ].map(([, element = '']) => ({
    text: element.replace(/\$\{([A-Za-z_]\w{0,60})\}/g, (reference, name: string) => given.get(name) ?? reference),
    span,
  }));
}
