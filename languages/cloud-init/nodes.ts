/** Ways through the tree. All of them look through aliases and answer `undefined` or nothing for what is not there. */
import type { Value } from '../../core/build.ts';
import { memo } from '../../core/memo.ts';
import { type SourceText, UNRESOLVED } from '../../core/text.ts';
import type { YamlAlias, YamlEntry, YamlMap, YamlNode, YamlScalar, YamlSeq } from './tree.ts';

/** More entries than this are not merged into one map by `<<`. */
const MOST_MERGED = 1_000;

/** The node itself, or what its alias refers to. */
export function deref(node: YamlNode | undefined): Exclude<YamlNode, YamlAlias> | undefined {
  return node?.kind === 'alias' ? node.target : node;
}
export function asMap(node: YamlNode | undefined): YamlMap | undefined {
  const seen = deref(node);
  return seen?.kind === 'map' ? seen : undefined;
}
export function asSeq(node: YamlNode | undefined): YamlSeq | undefined {
  const seen = deref(node);
  return seen?.kind === 'seq' ? seen : undefined;
}
export function asScalar(node: YamlNode | undefined): YamlScalar | undefined {
  const seen = deref(node);
  return seen?.kind === 'scalar' ? seen : undefined;
}

/** The entries that `<<` merges in, nearest first; keys that the map has itself are left out. */
const merged = memo((map: YamlMap): readonly YamlEntry[] => {
  const own = new Set(map.entries.map(entry => entry.name));
  const found: YamlEntry[] = [];
  for (const { name, value } of map.entries) {
    if (name !== '<<') continue;
    const sources = asSeq(value)?.items ?? [value];
    for (const source of sources) {
      for (const entry of asMap(source) ? entriesOf(source) : []) {
        if (found.length >= MOST_MERGED) return found;
        if (entry.name === undefined || own.has(entry.name)) continue;
        own.add(entry.name);
        found.push(entry);
      }
    }
  }
  return found;
});
const byName = memo((map: YamlMap): ReadonlyMap<string, YamlEntry> => {
  const names = new Map<string, YamlEntry>();
  for (const entry of entriesOf(map)) if (entry.name !== undefined) names.set(entry.name, entry);
  return names;
});

/** The entries of a map in order, duplicates kept, with those that `<<` merges in at the end; empty for anything else. */
export function entriesOf(node: YamlNode | undefined): readonly YamlEntry[] {
  const map = asMap(node);
  if (!map) return [];
  if (!map.entries.some(entry => entry.name === '<<')) return map.entries;
  return [...map.entries.filter(entry => entry.name !== '<<'), ...merged(map)];
}
/** The items of a sequence; empty for anything else. */
export function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  return asSeq(node)?.items ?? [];
}
/** The entry of a map that counts: the last one with this key, as PyYAML has it. */
export function entryOf(node: YamlNode | undefined, key: string): YamlEntry | undefined {
  const map = asMap(node);
  return map && byName(map).get(key);
}
/** The value of a key, aliases resolved. */
export function get(node: YamlNode | undefined, key: string): Exclude<YamlNode, YamlAlias> | undefined {
  return deref(entryOf(node, key)?.value);
}
/** The node at a path of keys and indices: `at(root, 'users', 0, 'passwd')`. */
export function at(
  node: YamlNode | undefined,
  ...path: readonly (string | number)[]
): Exclude<YamlNode, YamlAlias> | undefined {
  let here = deref(node);
  for (const step of path) here = typeof step === 'string' ? get(here, step) : deref(itemsOf(here)[step]);
  return here;
}

/** The text of a scalar when it is certain, whatever type YAML gives it. */
export function textOf(node: YamlNode | undefined): string | undefined {
  const text = asScalar(node)?.text.text;
  return text === undefined || text.includes(UNRESOLVED) ? undefined : text;
}
/** The boolean that PyYAML reads; `undefined` for everything else, strings such as `"true"` included. */
export function booleanOf(node: YamlNode | undefined): boolean | undefined {
  const value = asScalar(node)?.value;
  return typeof value === 'boolean' ? value : undefined;
}
/**
 * Every node under this one, itself first, in the order of the file; keys are not visited, aliases are but not what
 * they stand for. Each node comes once.
 */
export function* walk(node: YamlNode | undefined): Iterable<YamlNode> {
  const stack: YamlNode[] = node ? [node] : [];
  for (let next = stack.pop(); next; next = stack.pop()) {
    yield next;
    if (next.kind === 'map') for (let i = next.entries.length - 1; i >= 0; i--) stack.push(next.entries[i]!.value);
    if (next.kind === 'seq') for (let i = next.items.length - 1; i >= 0; i--) stack.push(next.items[i]!);
  }
}

/** A scalar as a value of the shared model: each `UNRESOLVED` is a reference without a name. */
export function scalarValue(node: YamlScalar): Value {
  return textValue(node.text);
}
/** Decoded text as a value. */
export function textValue(source: SourceText): Value {
  const { text } = source;
  const literal = text.includes(UNRESOLVED) ? undefined : text;
  const parts: Value['parts'][number][] = [];
  let from = 0;
  for (let at = text.indexOf(UNRESOLVED); at >= 0; at = text.indexOf(UNRESOLVED, from)) {
    if (at > from) parts.push(text.slice(from, at));
    parts.push({ name: '', span: source.spanOf(at, at + 1) });
    from = at + 1;
  }
  if (from < text.length) parts.push(text.slice(from));
  return { source, parts, literal, byDefault: literal, span: source.span };
}
