/** The releases of cloud-init held against the table: since when its schema has a key, and until when. */
import type { CloudInitKeysData, KeyData, Keys, TypeData } from '../../../data/cloud-init-keys.json';
import type { JsonSchema } from './compare.ts';
import { keysIn, optionsOf, typeOf } from './table.ts';

/** The schema of user-data at one release. */
export interface Release {
  readonly version: string;
  readonly schema: JsonSchema;
}

/**
 * What the releases say and the table does not, a line each, in the order of the paths. Before the first schema nothing is
 * known, and a schema may describe a key later than cloud-init reads it: those that do are in `describedLater`.
 */
export function compareVersions(releases: readonly Release[], data: CloudInitKeysData): readonly string[] {
  const [oldest, newest] = [releases[0], releases.at(-1)];
  if (!oldest || !newest) return [];
  const spans = spansOf(releases);
  const table = pathsOfTable(data);
  const lines: string[] = [];
  for (const [path, { first, last, deprecated }] of spans) {
    if (data.describedLater.some(key => isIn(path, key))) continue;
    const found = table.get(path);
    const above = path.replace(/(?:\.[^.[]*|\[\])$/, '');
    if (last !== newest.version) {
      const gone = releases[releases.findIndex(({ version }) => version === last) + 1]!.version;
      if (data.removed[path]?.since !== gone && (above === path || spans.get(above)?.last !== last))
        lines.push(`${path}: gone since ${gone}`);
      continue;
    }
    const said = found?.since;
    // A spelling that is deprecated from the start is older than its description.
    if (!found || deprecated) continue;
    if (first === oldest.version ? said !== undefined && isAfter(said, first) : said !== first)
      lines.push(
        `${path}: since ${first === oldest.version ? `${first} at the latest` : first}, the table says ${said ?? 'nothing'}`,
      );
  }
  for (const key of data.describedLater)
    if (![...spans.keys()].some(path => isIn(path, key))) lines.push(`${key}: in no schema, but in \`describedLater\``);
  return lines;
}

/** Whether a path is another one, or below it. */
function isIn(path: string, key: string): boolean {
  return path === key || (path.startsWith(key) && /^[.[]/.test(path.slice(key.length)));
}

interface Lifetime {
  readonly first: string;
  readonly last: string;
  /** From the first release on. */
  readonly deprecated: boolean;
}

/** The first and the last release that has each path. */
function spansOf(releases: readonly Release[]): ReadonlyMap<string, Lifetime> {
  const spans = new Map<string, Lifetime>();
  for (const { version, schema } of releases) {
    const paths = new Map<string, boolean>();
    addPaths(schema, schema.$defs ?? {}, [], paths);
    for (const [path, deprecated] of paths) {
      const known = spans.get(path);
      spans.set(path, { first: version, deprecated, ...known, last: version });
    }
  }
  return new Map([...spans].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Keys are nested no deeper. */
const DEEPEST = 8;

type Definitions = Readonly<Record<string, JsonSchema>>;

/** Adds the paths of all keys that a schema lists (`users[].name`, `yum_repos.*.baseurl`), and whether they are deprecated. */
function addPaths(
  schema: JsonSchema,
  definitions: Definitions,
  path: readonly string[],
  paths: Map<string, boolean>,
): void {
  if (path.length > DEEPEST) return;
  for (const { properties = {}, patternProperties = {}, additionalProperties, items } of alternativesOf(
    schema,
    definitions,
  )) {
    for (const [name, inner] of Object.entries(properties)) {
      const here = textOf([...path, name]);
      const deprecated = alternativesOf(inner, definitions).some(one => one.deprecated === true);
      paths.set(here, deprecated && (paths.get(here) ?? true));
      addPaths(inner, definitions, [...path, name], paths);
    }
    const free = [...Object.values(patternProperties), additionalProperties].filter(one => typeof one === 'object');
    for (const inner of free) addPaths(inner, definitions, [...path, '*'], paths);
    for (const inner of [items ?? []].flat()) addPaths(inner, definitions, [...path, '[]'], paths);
  }
}

function alternativesOf(schema: JsonSchema, definitions: Definitions): readonly JsonSchema[] {
  const { $ref, allOf = [], anyOf = [], oneOf = [], ...own } = schema;
  const referred = $ref === undefined ? [] : [definitions[$ref.replace('#/$defs/', '')] ?? {}];
  return [own, ...[...referred, ...allOf, ...anyOf, ...oneOf].flatMap(one => alternativesOf(one, definitions))];
}

const textOf = (path: readonly string[]): string => path.join('.').replaceAll('.[]', '[]');

/** The keys of the table by their paths; `since`: that of the key or of what it is in. */
function pathsOfTable(data: CloudInitKeysData): ReadonlyMap<string, { readonly since: string | undefined }> {
  const found = new Map<string, { readonly since: string | undefined }>();
  const keys = (all: Keys, path: readonly string[], since: string | undefined): void => {
    for (const [name, key] of Object.entries(all)) {
      const own = sinceOf(key);
      const inside = own !== undefined && (since === undefined || isAfter(own, since)) ? own : since;
      const here = [...path, name];
      // Of several forms, the first that has the key is the wanted one.
      if (!found.has(textOf(here))) found.set(textOf(here), { since: inside });
      types(typeOf(key), here, inside);
    }
  };
  const types = (type: TypeData, path: readonly string[], since: string | undefined): void => {
    if (path.length > DEEPEST) return;
    for (const { type: option } of optionsOf(type, data)) {
      if (typeof option === 'string') continue;
      if ('list' in option) types(option.list, [...path, '[]'], since);
      if ('map' in option) types(option.map, [...path, '*'], since);
      if ('keys' in option) keys(keysIn(option, data), path, since);
    }
  };
  keys({ ...Object.assign({}, ...Object.values(data.modules)), ...data.base }, [], undefined);
  return found;
}

const sinceOf = (key: KeyData): string | undefined =>
  typeof key === 'object' && 'since' in key && 'type' in key ? key.since : undefined;

/** Whether a version comes after another. */
function isAfter(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = than.split('.').map(Number);
  return major > otherMajor || (major === otherMajor && minor > otherMinor);
}
