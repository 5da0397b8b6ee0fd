/**
 * A document held against the keys that the modules read. What does not fit is an issue, with its place, for rules to
 * word. What a template fills in fits everything; through aliases, every node is checked once.
 */
import { memo } from '../../../core/memo.ts';
import { nearest } from '../../../core/nearest.ts';
import { UNRESOLVED } from '../../../core/text.ts';
import data from '../../../data/cloud-init-keys.json';
import { isConfig } from '../forms.ts';
import { deref, entriesOf, get, textOf } from '../nodes.ts';
import { isUnknownTag } from '../resolve.ts';
import type { CloudInitTree, YamlEntry, YamlMap, YamlNode, YamlScalar } from '../tree.ts';
import { describe } from './describe.ts';
import { cloudCfg, installer, networkConfig, userData } from './keys.ts';
import { networkOf } from './network.ts';
import type { Deprecation, Key, ListType, MapType, Rows, TextType, Type } from './types.ts';

/** Keys and indices from the document's root. */
export type Path = readonly (string | number)[];

interface At {
  /** Of the node in question; the last key of it is what messages name. */
  readonly path: Path;
}
export type SchemaIssue =
  /** No module reads this key here. `known`: those that are read in its place. */
  | (At & {
      readonly kind: 'unknown-key';
      readonly entry: YamlEntry;
      readonly known: readonly string[];
      /** The keys beside it. */
      readonly siblings: ReadonlySet<string | undefined>;
      /** In a description of the network, whose keys are nowhere else. */
      readonly network: boolean;
    })
  /** The value is of another type. `wanted` are the alternatives; `key` is its key. */
  | (At & {
      readonly kind: 'wrong-type';
      readonly node: Node;
      readonly wanted: Type;
      readonly key: Key | undefined;
      /** cloud-init reads it all the same. */
      readonly tolerated: boolean;
    })
  /** YAML reads a boolean, number or date where only a string is accepted. */
  | (At & { readonly kind: 'unquoted'; readonly node: YamlScalar })
  /** Of the right type, but not one of the values or of the form that is taken; `values` is empty for a form. */
  | (At & {
      readonly kind: 'unknown-value';
      readonly node: Node;
      readonly values: readonly string[];
      /** What is accepted, as it ends the sentence "Use …". */
      readonly takes: string;
      /** The boolean that cloud-init takes it for, although its schema does not. */
      readonly read?: boolean;
    })
  /** One of these keys has to be in the map. */
  | (At & { readonly kind: 'missing-key'; readonly map: YamlMap; readonly names: readonly string[] })
  | (At & {
      readonly kind: 'deprecated-key';
      readonly entry: YamlEntry;
      readonly deprecated: Deprecation;
      /** The new key exists beside it already. */
      readonly taken: boolean;
    })
  | (At & {
      readonly kind: 'deprecated-value';
      readonly node: Node;
      readonly since: string;
      readonly instead: string;
    })
  /** The key came with this version. */
  | (At & { readonly kind: 'young-key'; readonly entry: YamlEntry; readonly since: string });

type Node = Exclude<YamlNode, { kind: 'alias' }>;

/** More issues in one document are dropped. */
const MOST_ISSUES = 1_000;

/** What in the document does not fit, in the order of the file; empty for documents that are not cloud-init's own. */
export const schemaIssues = memo((tree: CloudInitTree): readonly SchemaIssue[] => {
  const network = networkIssues(tree);
  if (!isConfig(tree)) return network;
  return [...issuesAgainst(tree, typeOf(tree)), ...network];
});

function typeOf({ form }: CloudInitTree): MapType {
  if (form === 'autoinstall') return installer();
  return form === 'cloud.cfg' ? cloudCfg() : userData();
}

/** Issues in `network-config`, in `network` of `cloud.cfg` and of autoinstall. */
function networkIssues(tree: CloudInitTree): readonly SchemaIssue[] {
  const network = networkOf(tree);
  if (!network || (tree.templated.length > 0 && hasSeveralVersions(network.map))) return [];
  const { form } = tree;
  const { outer: map, map: inner, version, ofInstaller } = network;
  const beside = form === 'network-config' && inner !== map ? map.entries.filter(isBeside) : [];
  const issues = beside.map((entry): SchemaIssue => {
    const siblings = new Set(map.entries.map(({ name }) => name));
    return { kind: 'unknown-key', entry, path: [entry.name!], known: ['network'], siblings, network: true };
  });
  if (version !== undefined) {
    const inside = issuesAgainst({ ...tree, root: inner }, networkConfig[version]());
    issues.push(...inside.map(issue => (issue.kind === 'unknown-key' ? { ...issue, network: true } : issue)));
  } else if (form !== 'cloud.cfg' && !beside.some(({ name }) => name === 'version'))
    issues.push(...versionIssues(tree, inner, ofInstaller ? '`2`' : '`1` or `2`'));
  return issues;
}

/** Whether a template chooses between versions of the format, so that keys of both are there. */
function hasSeveralVersions({ entries }: YamlMap): boolean {
  return entries.filter(({ name }) => name === 'version').length > 1;
}

/** Keys that are written beside `network`, and not only to hold anchors. */
function isBeside({ name, value }: YamlEntry): boolean {
  return name !== undefined && name !== 'network' && name !== '<<' && !isAnchorHolder(value);
}

/** cloud-init goes by the number, and the installer too; `config: disabled` needs none. */
function versionIssues(tree: CloudInitTree, map: YamlMap, takes: string): readonly SchemaIssue[] {
  if (tree.templated.length > 0 || tree.problems.length > 0 || textOf(get(map, 'config')) === 'disabled') return [];
  const path = ['version'];
  const node = get(map, 'version');
  if (node?.kind === 'scalar')
    return node.value === undefined ? [] : [{ kind: 'unknown-value', node, path, values: [], takes }];
  if (node) return [{ kind: 'wrong-type', node, wanted: VERSION, key: undefined, path, tolerated: false }];
  const names = map.entries.map(({ name }) => name);
  if (names.includes(undefined)) return [];
  return [{ kind: 'missing-key', map, path: [], names: path }];
}

const VERSION: Type = { kind: 'number', whole: true, least: undefined, most: undefined };

/** What in a document does not fit a type. */
export function issuesAgainst({ root, templated, problems }: CloudInitTree, type: MapType): readonly SchemaIssue[] {
  if (!root) return [];
  const issues = new Check(templated.length > 0).run(root, type);
  // In invalid YAML, lines without a colon are read as keys, and their values are elsewhere.
  return problems.length > 0 ? issues.filter(issue => !followsFromSyntaxError(issue)) : issues;
}

function followsFromSyntaxError(issue: SchemaIssue): boolean {
  if (issue.kind === 'unknown-key') return issue.entry.value.kind === 'null' || /\s/.test(issue.entry.name!);
  return issue.kind === 'missing-key' || (issue.kind === 'wrong-type' && issue.node.kind === 'null');
}

class Check {
  private readonly issues: SchemaIssue[] = [];
  private readonly seen = new Map<Node, Set<Type>>();

  /** `templated`: whole lines may come from a template, so nothing is known to be missing. */
  constructor(private readonly templated: boolean) {}

  run(root: YamlMap, type: Type): readonly SchemaIssue[] {
    this.value(root, type, [], undefined);
    return this.issues;
  }

  private add(issue: SchemaIssue): void {
    if (this.issues.length < MOST_ISSUES) this.issues.push(issue);
  }

  private value(given: YamlNode, type: Type, path: Path, key: Key | undefined): void {
    const node = deref(given);
    if (!node || this.fitsAnything(node)) return;
    const types = this.seen.get(node) ?? new Set();
    if (types.has(type)) return;
    this.seen.set(node, types.add(type));
    const options = flat(type);
    const same = options.filter(option => takesKind(option.type, node));
    if (same.length === 0) this.wrongKind(node, type, options, path, key);
    else if (same.every(option => option.tolerated)) this.tolerated(node, type, same, path, key);
    else if (node.kind === 'scalar' && same.some(one => fits(one.type, node) || takes([one]) !== ''))
      this.scalar(node, same, path, options);
    else if (node.kind === 'scalar') this.add({ kind: 'wrong-type', node, wanted: type, key, path, tolerated: false });
    else {
      // Two maps (or lists) are alternatives only as the new and the old form of one value.
      const [{ type: chosen, old }] = same as [Option];
      if (old) this.add({ kind: 'deprecated-value', node, path, ...old });
      if (chosen.kind === 'map' && node.kind === 'map') this.map(node, chosen, path);
      if (chosen.kind === 'list' && node.kind === 'seq') this.list(node, chosen, path);
    }
  }

  private fitsAnything(node: Node): boolean {
    // The whole document is rejected for the tag.
    if (isUnknownTag(node.tag)) return true;
    if (node.kind === 'scalar') return node.type === 'unknown' || (node.type === 'string' && isUnresolved(node));
    if (!this.templated) return false;
    // Nothing, or nothing yet: a loop or a condition of the template may be there.
    return node.kind === 'null' || (node.kind === 'seq' && node.items.length === 0);
  }

  private wrongKind(node: Node, type: Type, options: readonly Option[], path: Path, key: Key | undefined): void {
    if (options.some(option => option.type.kind === 'any')) return;
    const text = options.some(option => option.type.kind === 'text' && !option.old && !option.tolerated);
    if (node.kind === 'scalar' && node.type !== 'string' && node.style === 'plain' && text)
      this.add({ kind: 'unquoted', node, path });
    else this.add({ kind: 'wrong-type', node, wanted: type, key, path, tolerated: false });
  }

  private tolerated(node: Node, wanted: Type, options: readonly Option[], path: Path, key: Key | undefined): void {
    const tolerated = node.kind !== 'scalar' || options.some(({ type }) => fits(type, node));
    this.add({ kind: 'wrong-type', node, wanted, key, path, tolerated });
  }

  private scalar(node: YamlScalar, options: readonly Option[], path: Path, all: readonly Option[]): void {
    const fitting = options.find(({ type }) => fits(type, node));
    const read = all.some(({ type, old }) => type.kind === 'bool' && !old) ? asBoolean(node.text.text) : undefined;
    if (!fitting && read !== undefined) {
      this.add({ kind: 'unknown-value', node, path, values: [], takes: `\`${read}\` without quotes`, read });
    } else if (!fitting) {
      const values = options.flatMap(({ type }) => (type.kind === 'text' ? (type.values ?? []) : []));
      this.add({ kind: 'unknown-value', node, path, values, takes: takes(options) });
    } else if (fitting.old) this.add({ kind: 'deprecated-value', node, path, ...fitting.old });
  }

  private list(node: Node & { kind: 'seq' }, type: ListType, path: Path): void {
    const { length } = node.items;
    if (!this.templated && (length < type.least || length > type.most)) {
      this.add({ kind: 'unknown-value', node, path, values: [], takes: amountOf(type, length) });
    }
    let wrongKind: string | undefined;
    node.items.forEach((item, i) => {
      const before = this.issues.length;
      this.value(item, type.items, [...path, i], undefined);
      const found = this.issues[before];
      // Words in a row where lists are wanted are one mistake, not many.
      const kind = found?.kind === 'wrong-type' && found.path.length === path.length + 1 ? found.node.kind : undefined;
      if (kind !== undefined && kind === wrongKind) this.issues.length = before;
      wrongKind = kind;
    });
  }

  /** Without those that a later entry of the same name takes the place of. */
  private counted(entries: readonly YamlEntry[]): readonly YamlEntry[] {
    if (this.templated || new Set(entries.map(({ name }) => name)).size === entries.length) return entries;
    const last = new Map(entries.map(entry => [entry.name, entry]));
    return entries.filter(entry => entry.name === undefined || last.get(entry.name) === entry);
  }

  private map(node: YamlMap, type: MapType, path: Path): void {
    const entries = this.counted(entriesOf(node));
    const names = new Set(entries.map(entry => entry.name));
    for (const entry of entries) {
      const { name, value } = entry;
      if (name === undefined) continue;
      const inside = [...path, name];
      const key = Object.hasOwn(type.keys, name) ? type.keys[name]! : undefined;
      if (key) {
        const { deprecated, since } = key;
        const taken = deprecated?.use !== undefined && names.has(deprecated.use);
        if (deprecated) this.add({ kind: 'deprecated-key', entry, path: inside, deprecated, taken });
        if (since !== undefined) this.add({ kind: 'young-key', entry, path: inside, since });
        this.value(value, key.type, inside, key);
      } else if (type.others && !isSpellingVariant(name, type) && !isElsewhere(inside))
        this.value(value, type.others, inside, undefined);
      else if (!isAnchorHolder(value))
        this.add({
          kind: 'unknown-key',
          entry,
          path: inside,
          known: Object.keys(type.keys),
          siblings: names,
          network: false,
        });
    }
    if (this.templated || names.has(undefined)) return;
    for (const row of [...type.required, ...requiredBy(node, type)])
      if (!row.some(name => names.has(name))) this.add({ kind: 'missing-key', map: node, path, names: row });
    if (type.filled && entries.length === 0)
      this.add({ kind: 'unknown-value', node, path, values: [], takes: 'at least one key' });
  }
}

/** The boolean that cloud-init's code takes a word for: https://github.com/canonical/cloud-init, `util.is_true` and `is_false`. */
function asBoolean(text: string): boolean | undefined {
  if (/^(?:true|1|on|yes)$/i.test(text)) return true;
  return /^(?:false|0|off|no)$/i.test(text) ? false : undefined;
}

/** What the value of one of the keys requires. */
function requiredBy(node: YamlMap, { requiredBy: by }: MapType): Rows {
  const value = by && textOf(get(node, by.key));
  return value !== undefined && Object.hasOwn(by!.rows, value) ? by!.rows[value]! : [];
}

interface Option {
  readonly type: Type;
  readonly old: { readonly since: string; readonly instead: string } | undefined;
  /** Not of the schema. */
  readonly tolerated: boolean;
}

/** The alternatives of a type, those that are still wanted first. */
const flat = memo((type: Type): readonly Option[] => {
  if (type.kind === 'old')
    return flat(type.type).map(option => ({ ...option, old: { since: type.since, instead: type.instead } }));
  if (type.kind === 'tolerated') return flat(type.type).map(option => ({ ...option, tolerated: true }));
  if (type.kind !== 'one of') return [{ type, old: undefined, tolerated: false }];
  const options = type.types.flatMap(flat);
  const rank = ({ old, tolerated }: Option): number => (tolerated ? 2 : old ? 1 : 0);
  return options.toSorted((a, b) => rank(a) - rank(b));
});

/** Whether the type is of the node's kind; what it holds is another matter. */
function takesKind(type: Type, node: Node): boolean {
  switch (type.kind) {
    case 'any':
      return true;
    case 'null':
      return node.kind === 'null';
    case 'map':
      return node.kind === 'map';
    case 'list':
      return node.kind === 'seq';
    case 'text':
      return node.kind === 'scalar' && node.type === 'string';
    case 'bool':
      return node.kind === 'scalar' && node.type === 'bool';
    case 'number':
      return node.kind === 'scalar' && (node.type === 'int' || (node.type === 'float' && !type.whole));
    default:
      return false;
  }
}

function fits(type: Type, node: YamlScalar): boolean {
  if (type.kind === 'text') return fitsText(type, node.text.text);
  if (type.kind === 'bool') return type.only === undefined || type.only === node.value;
  if (type.kind === 'number') {
    const value = Number(node.value);
    return !(value < (type.least ?? value)) && !(value > (type.most ?? value));
  }
  return true;
}
function fitsText({ values, form }: TextType, text: string): boolean {
  return text.includes(UNRESOLVED) || ((values?.includes(text) ?? true) && (form?.pattern.test(text) ?? true));
}

function takes(options: readonly Option[]): string {
  return describe({
    kind: 'one of',
    types: options.filter(option => !option.old && !option.tolerated).map(option => option.type),
  });
}

function amountOf({ least, most }: ListType, length: number): string {
  const amount = length > most ? most : least;
  const how = least === most ? '' : length > most ? 'at most ' : 'at least ';
  return `${how}${amount} ${amount === 1 ? 'item' : 'items'}`;
}

/** Whether a key that could be another one is known to belong elsewhere, or to be gone. */
function isElsewhere(path: Path): boolean {
  return (
    Object.hasOwn(data.removed, path.join('.')) ||
    (path.length === 2 && path[0] === 'autoinstall' && OF_USER_DATA.has(String(path[1])))
  );
}

/** Keys of cloud-init that the installer does not have. */
const OF_USER_DATA = new Set([
  'bootcmd',
  'chpasswd',
  'final_message',
  'manage_etc_hosts',
  'package_update',
  'package_upgrade',
  'power_state',
  'runcmd',
  'ssh_authorized_keys',
  'ssh_pwauth',
  'users',
  'write_files',
]);

/** Whether a map that has other keys too has this one with `-` for `_`, or the other way round, or with another slip. */
function isSpellingVariant(name: string, type: MapType): boolean {
  if (type.others?.kind !== 'any') return false;
  if (type.others.slips && nearest(name, Object.keys(type.keys)) !== undefined) return true;
  if (!/[-_]/.test(name)) return false;
  return Object.hasOwn(type.keys, name.replaceAll('_', '-')) || Object.hasOwn(type.keys, name.replaceAll('-', '_'));
}

/** Text that is nothing but template expressions may become anything, quotes or not. */
function isUnresolved(node: YamlScalar): boolean {
  return node.style === 'plain' && node.text.text.includes(UNRESOLVED);
}

/** A key that only holds anchors for aliases further down, on its value or on each item of it. */
function isAnchorHolder(value: YamlNode): boolean {
  if (value.kind === 'alias') return false;
  if (value.anchor !== undefined) return true;
  return value.kind === 'seq' && value.items.length > 0 && value.items.every(isAnchorHolder);
}
