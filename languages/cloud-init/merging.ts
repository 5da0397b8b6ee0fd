/**
 * How cloud-init merges several documents: what a later one replaces, and what is ignored because an earlier one has it
 * (https://docs.cloud-init.io/en/latest/reference/merging.html).
 */
import { isUserData } from './forms.ts';
import { deref, get, itemsOf, textOf } from './nodes.ts';
import type { CloudInitTree, YamlEntry, YamlMap, YamlNode } from './tree.ts';

/** The kinds of values that a merger can be for. */
export type MergerName = 'dict' | 'list' | 'str';

/** Which options each merger has; others have no effect. */
export const MERGER_OPTIONS: Readonly<Record<MergerName, readonly string[]>> = {
  dict: ['replace', 'no_replace', 'recurse_str', 'recurse_array', 'recurse_list', 'recurse_dict', 'allow_delete'],
  list: ['append', 'prepend', 'replace', 'no_replace', 'recurse_str', 'recurse_dict', 'recurse_array', 'recurse_list'],
  str: ['append'],
};

export interface Merger {
  /** As given, without the prefix `m_`; an unknown one makes cloud-init ignore the document. */
  readonly name: string;
  readonly options: readonly string[];
  readonly node: YamlNode;
}

/** What `merge_how` or `merge_type` says. */
export interface Mergers {
  readonly entry: YamlEntry;
  readonly mergers: readonly Merger[];
  /** Where it is not in the form that cloud-init reads, so that it ignores the document. */
  readonly malformed: YamlNode | undefined;
  /** A template fills in something of it. */
  readonly unknown: boolean;
}

/** How a document asks to be merged with those before it; `undefined` when it does not say. */
export function mergersOf(root: YamlMap): Mergers | undefined {
  for (const name of ['merge_how', 'merge_type']) {
    const entry = root.entries.findLast(one => one.name === name);
    const value = get(root, name);
    if (entry && value && value.kind !== 'null') return readMergers(entry, value);
  }
  return undefined;
}

function readMergers(entry: YamlEntry, value: YamlNode): Mergers {
  if (value.kind === 'seq') return listed(entry, value.items);
  const text = textOf(value);
  if (text === undefined) return { entry, mergers: [], malformed: undefined, unknown: true };
  const read = mergersIn(text);
  const mergers = (read ?? []).map(merger => ({ ...merger, node: value }));
  return { entry, mergers, malformed: read ? undefined : value, unknown: false };
}

/** `list(append)+dict(recurse_array)+str()`; `undefined` when it is not in this form. */
export function mergersIn(text: string): readonly Omit<Merger, 'node'>[] | undefined {
  const found: Omit<Merger, 'node'>[] = [];
  for (const one of text.split('+', 20)) {
    const word = one.toLowerCase().trim().replaceAll('-', '_');
    if (word === '') continue;
    const parts = /^([a-z_]\w{0,40})\(([^)]{0,400})\)$/.exec(word);
    if (!parts) return undefined;
    const options = parts[2]!.split(',').map(option => option.trim());
    found.push({ name: parts[1]!.replace(/^m_/, ''), options: options.filter(option => option !== '') });
  }
  return found;
}

/** Items such as `{name: list, settings: [append]}` and `[list, append]`. */
function listed(entry: YamlEntry, items: readonly YamlNode[]): Mergers {
  const mergers: Merger[] = [];
  for (const node of items) {
    const named = node.kind === 'map' ? [get(node, 'name'), get(node, 'settings')] : undefined;
    if (node.kind !== 'seq' && named?.every(word => word !== undefined) !== true)
      return { entry, mergers, malformed: node, unknown: false };
    const [name, ...settings] = node.kind === 'seq' ? node.items : (named ?? []);
    const known = textOf(name);
    const texts = settings
      .flatMap((word): readonly (YamlNode | undefined)[] => (word?.kind === 'seq' ? itemsOf(word) : [word]))
      .map(word => textOf(word));
    if (known === undefined || texts.includes(undefined))
      return { entry, mergers, malformed: undefined, unknown: true };
    const plain = known.replaceAll('-', '_').trim().replace(/^m_/, '');
    mergers.push({ name: plain, options: texts as string[], node });
  }
  return { entry, mergers, malformed: undefined, unknown: false };
}

/** What cloud-init does where a part of a message does not say how. */
const PARTS = mergersIn('dict(replace)+list()+str()')!;
/** How it adds vendor-data to user-data. */
const VENDOR = mergersIn('list()+dict()+str()')!;

/** A value that is not in what comes out of merging. */
export interface Loss {
  /** The key in the document that loses. */
  readonly entry: YamlEntry;
  /** The key in the other one, whose value stays. */
  readonly by: YamlEntry;
  /** `later`: a later document replaces it. `earlier`: an earlier one has the key, and the later one is not merged in. */
  readonly to: 'later' | 'earlier';
  /** Items that are lost where it is a list of which the others stay; all of it otherwise. */
  readonly items: readonly YamlNode[] | undefined;
  /** Which of the items these are. */
  readonly which: 'first' | 'last' | undefined;
}

/** One of the documents that are merged, in their order. */
export interface Mergeable {
  readonly root: YamlMap;
  /** How it asks to be merged; `undefined`: as is usual. */
  readonly mergers: readonly Omit<Merger, 'node'>[] | undefined;
}

/** What is lost when parts of one message are merged. */
export function lossesOfParts(parts: readonly Mergeable[]): readonly Loss[] {
  return losses(parts, PARTS);
}

/** What of vendor-data is lost beside user-data. */
export function lossesOfVendorData(userData: YamlMap, vendorData: YamlMap): readonly Loss[] {
  const documents = [userData, vendorData].map(root => ({ root, mergers: VENDOR }));
  return losses(documents, VENDOR);
}

/** The keys that say how to merge; they are gone before. */
const OWN = new Set(['merge_how', 'merge_type']);
/** Maps are merged to this depth. */
const DEEPEST = 10;

function losses(documents: readonly Mergeable[], usual: readonly Omit<Merger, 'node'>[]): readonly Loss[] {
  const merged = new Map<string, YamlEntry[]>();
  const found: Loss[] = [];
  for (const { root, mergers } of documents) {
    const dict = (mergers ?? usual).find(({ name }) => name === 'dict');
    // Nothing of the document is used: that is said of its `merge_how`.
    if (!dict) continue;
    for (const entry of lastEntries(root)) {
      const before = merged.get(entry.name!) ?? [];
      const kept = before.map(one => meet(one, entry, mergers ?? usual, found, before, 0));
      if (kept.includes('replaced')) merged.set(entry.name!, [entry]);
      else if (!kept.includes('ignored')) merged.set(entry.name!, [...before, entry]);
    }
  }
  return found;
}

/** The entries of a map that count, without those that say how to merge. */
function lastEntries(root: YamlMap): readonly YamlEntry[] {
  const entries = new Map<string, YamlEntry>();
  for (const entry of root.entries)
    if (entry.name !== undefined && !OWN.has(entry.name)) entries.set(entry.name, entry);
  return [...entries.values()];
}

/** What becomes of a key that an earlier document has too. `all` that have it: of one alone, items have their numbers. */
function meet(
  before: YamlEntry,
  entry: YamlEntry,
  mergers: readonly Omit<Merger, 'node'>[],
  found: Loss[],
  all: readonly YamlEntry[],
  depth: number,
): 'replaced' | 'ignored' | 'kept' {
  const options = optionsOf(mergers, 'dict')!;
  const { value } = entry;
  if (options.includes('replace')) {
    lose(found, before, entry, 'later');
    return 'replaced';
  }
  if (value.kind === 'map' && before.value.kind === 'map') {
    if (depth < DEEPEST)
      for (const inner of lastEntries(value)) {
        const other = lastEntries(before.value).find(({ name }) => name === inner.name);
        if (!other || isIgnored(other, found)) continue;
        const others = all.flatMap(({ value: map }) => (map.kind === 'map' ? lastEntries(map) : []));
        // What is ignored of an earlier one does not count.
        const same = others.filter(one => one.name === inner.name && !isIgnored(one, found));
        meet(other, inner, mergers, found, same, depth + 1);
      }
    return 'kept';
  }
  if (value.kind !== 'seq' || before.value.kind !== 'seq') return 'kept';
  const list = options.some(option => /^recurse_(?:array|list)$/.test(option)) ? optionsOf(mergers, 'list') : undefined;
  if (list?.includes('append') || list?.includes('prepend')) return 'kept';
  if (list && (list.includes('replace') || !list.includes('no_replace'))) {
    if (all.length === 1) meetItems([before, before.value.items], [entry, value.items], mergers, found);
    return 'kept';
  }
  lose(found, entry, before, 'earlier');
  return 'ignored';
}

function isIgnored(entry: YamlEntry, found: readonly Loss[]): boolean {
  return found.some(loss => loss.entry === entry && loss.to === 'earlier' && !loss.items);
}

/** Items take the place of those with the same number, or are merged with them; the list stays as long as it was. */
function meetItems(
  [before, others]: readonly [YamlEntry, readonly YamlNode[]],
  [entry, own]: readonly [YamlEntry, readonly YamlNode[]],
  mergers: readonly Omit<Merger, 'node'>[],
  found: Loss[],
): void {
  const stays = own.map((item, i) => (i < others.length ? stayingOf(item, mergers) : 'old'));
  const replaced = others.filter((_, i) => stays[i] === 'new');
  const ignored = own.filter((_, i) => stays[i] === 'old');
  if (replaced.length > 0) lose(found, before, entry, 'later', replaced.length < others.length ? replaced : undefined);
  if (ignored.length > 0) lose(found, entry, before, 'earlier', ignored.length < own.length ? ignored : undefined);
}

/** Which of two items with the same number is in the list that comes out. */
function stayingOf(item: YamlNode, mergers: readonly Omit<Merger, 'node'>[]): 'old' | 'new' | 'both' {
  const list = optionsOf(mergers, 'list')!;
  const node = deref(item);
  if (node?.kind === 'map') return list.includes('recurse_dict') ? stayingOfMap(node, mergers) : 'new';
  if (node?.kind === 'seq') return list.some(option => /^recurse_(?:array|list)$/.test(option)) ? 'both' : 'new';
  if (node?.kind !== 'scalar' || node.type !== 'string' || !list.includes('recurse_str')) return 'new';
  const text = optionsOf(mergers, 'str');
  return text ? (text.includes('append') ? 'both' : 'new') : 'old';
}

/** The same for maps that are merged key by key, as if both had the same keys. */
function stayingOfMap({ entries }: YamlMap, mergers: readonly Omit<Merger, 'node'>[]): 'old' | 'new' | 'both' {
  const options = optionsOf(mergers, 'dict')!;
  if (options.includes('replace')) return 'new';
  if (!options.includes('recurse_str')) return 'old';
  const text = optionsOf(mergers, 'str');
  const areTexts = entries.every(({ value }) => value.kind === 'scalar' && value.type === 'string');
  return !text ? 'old' : areTexts && !text.includes('append') ? 'new' : 'both';
}

function optionsOf(mergers: readonly Omit<Merger, 'node'>[], name: MergerName): readonly string[] | undefined {
  return mergers.find(merger => merger.name === name)?.options;
}

/** Notes a loss, of some items if they are given; one value instead of another, or what the other has too, is none. */
function lose(found: Loss[], entry: YamlEntry, by: YamlEntry, to: Loss['to'], items?: readonly YamlNode[]): void {
  const parts = items ?? partsOf(entry.value);
  const others = new Set(partsOf(by.value).map(textIn));
  if (parts.every(part => others.has(textIn(part)))) return;
  const known = found.findIndex(loss => loss.entry === entry);
  // What is lost of it later, too.
  if (known >= 0 && (items || !found[known]!.items)) return;
  const which = items && (items[0] === partsOf(entry.value)[0] ? 'first' : 'last');
  found.splice(known < 0 ? found.length : known, 1, { entry, by, to, items, which });
}

function partsOf(value: YamlNode): readonly (YamlNode | YamlEntry)[] {
  return value.kind === 'seq' ? value.items : value.kind === 'map' ? value.entries : [];
}

function textIn(part: YamlNode | YamlEntry): string {
  return 'written' in part ? part.written.text.trim() : `${part.name}: ${part.value.written.text.trim()}`;
}

/** The documents of a message that are merged, in their order; `undefined` where some of them cannot be known. */
export function mergedParts(tree: CloudInitTree): readonly Mergeable[] | undefined {
  const found: Mergeable[] = [];
  for (const { tree: part, mergeType } of tree.parts) {
    if (!part || part.form === 'other-dialect') continue;
    if (part.form === 'archive') {
      const inner = mergedParts(part);
      if (!inner) return undefined;
      found.push(...inner);
    } else if (isUserData(part) && part.root && part.problems.length === 0) {
      // Which of its keys are there is up to a template, or to the number of the machine.
      if (/\{%|%\{|\{\{-?\s{0,9}(?:if|range)\b/.test(part.source.text) || get(part.root, 'launch-index'))
        return undefined;
      const own = mergersOf(part.root);
      if (own?.unknown || own?.malformed) return undefined;
      const header = mergersIn(mergeType ?? '');
      if (!header) return undefined;
      const all = [...(own?.mergers ?? []), ...header];
      found.push({ root: part.root, mergers: all.length > 0 ? all : undefined });
    }
  }
  return found;
}
