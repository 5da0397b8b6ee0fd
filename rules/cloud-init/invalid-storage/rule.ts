import { type Finding, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { removal } from '../../../languages/cloud-init/edits.ts';
import { asScalar, asSeq, booleanOf, entryOf, get, itemsOf, textOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { CloudInitTree, YamlEntry, YamlMap, YamlNode } from '../../../languages/cloud-init/tree.ts';

/**
 * Which keys of an action name others, and of which types those are (`subiquity/models/storage.py` of
 * https://github.com/canonical/subiquity). Actions of other types are curtin's.
 */
const REFERENCES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  disk: {},
  partition: { device: ['disk', 'raid', 'device'] },
  format: { volume: ['disk', 'partition', 'raid', 'lvm_partition', 'dm_crypt', 'device'] },
  mount: { device: ['format'] },
  raid: { devices: ['disk', 'partition', 'raid'] },
  lvm_volgroup: { devices: ['disk', 'partition', 'raid', 'dm_crypt'] },
  lvm_partition: { volgroup: ['lvm_volgroup'] },
  dm_crypt: { volume: ['disk', 'partition', 'raid', 'lvm_partition', 'dm_crypt'] },
  zpool: { vdevs: ['disk', 'partition', 'dm_crypt'] },
  zfs: { pool: ['zpool'] },
};
/** References that may be left out: temporary file systems have no device, arrays may be made of a container. */
const OPTIONAL = new Set(['mount', 'raid']);

/** What curtin reads: `10G`, `512MB`, and a share. */
const SIZE = /^\s{0,9}(?:-1|\d{1,15}%|\d{1,15}(?:\.\d{0,9})?\s{0,9}[KMGTP]?B?)\s{0,9}$/i;

export default defineCloudInitRule({
  id: 'invalid-storage',
  summary: 'The `storage` section of `autoinstall` is invalid',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { keys: ['storage'] },
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    const storage = get(tree.autoinstall, 'storage');
    if (storage?.kind !== 'map' || tree.problems.length > 0) return;
    const layout = get(storage, 'layout');
    const config = entryOf(storage, 'config');
    if (layout?.kind === 'map') {
      yield* layoutProblems(layout);
      if (config)
        yield {
          message: '`config` is ignored: `storage` has a `layout`',
          help: 'Remove `layout` or `config`',
          span: config.key.span,
          severity: 'warning',
          related: [{ message: '`layout` is set here', span: layout.span }],
          fixes: [fix('suggested', 'Remove `config`, which is ignored', removal(tree, storage, config))],
        };
    } else if (config && asSeq(config.value)) yield* actionProblems(config, tree);
  },
});

/** A password that encrypts nothing. */
function* layoutProblems(layout: YamlMap): Iterable<Finding> {
  const password = entryOf(layout, 'password');
  const name = textOf(get(layout, 'name'));
  if (!password || name === undefined || name === 'lvm' || name === 'zfs' || name === 'hybrid') return;
  yield {
    message: `Layout ${quoted(name)} ignores \`password\`: the disk is not encrypted`,
    help: 'Use the layout `lvm` or `zfs`, or remove the password',
    span: password.key.span,
  };
}

interface Action {
  readonly map: YamlMap;
  readonly type: string | undefined;
  readonly id: string | undefined;
}

function* actionProblems(config: YamlEntry, { templated }: CloudInitTree): Iterable<Finding> {
  const items = itemsOf(config.value);
  const known = new Map<string, Action>();
  const all = new Map<string, YamlNode>();
  const maps = items.filter(item => item.kind === 'map');
  for (const map of maps) {
    const id = get(map, 'id');
    if (textOf(id) !== undefined) all.set(textOf(id)!, map);
  }
  // Actions may be an alias, or come from a template.
  const complete = templated.length === 0 && maps.length === items.length;
  for (const map of maps) {
    const action: Action = { map, type: textOf(get(map, 'type')), id: textOf(get(map, 'id')) };
    if (complete) yield* missing(action);
    if (action.type !== undefined && Object.hasOwn(REFERENCES, action.type) && complete)
      yield* references(action, known, all);
    if (action.id !== undefined) {
      const twin = known.get(action.id);
      if (twin) yield repeated(action, twin);
      known.set(action.id, action);
    }
  }
  yield* sizeProblems(maps);
  if (complete && items.length > 0 && !maps.some(isRoot))
    yield {
      message: '`config` mounts nothing at `/`',
      help: 'Add a `mount` with `path: /`',
      span: config.key.span,
    };
}

/** Whether it mounts `/`, or may: where ZFS mounts its file systems is up to many properties. */
function isRoot(map: YamlMap): boolean {
  const type = textOf(get(map, 'type'));
  const path = get(map, 'path');
  return type === 'mount' ? path !== undefined && (textOf(path) ?? '/') === '/' : type === undefined || /^z/.test(type);
}

function* missing({ map }: Action): Iterable<Finding> {
  for (const key of ['type', 'id'])
    if (!map.entries.some(({ name }) => name === key || name === undefined || name === '<<'))
      yield {
        message: `Storage action has no \`${key}\``,
        help: key === 'id' ? 'Add an `id` that other actions can refer to' : 'Add it, such as `type: partition`',
        span: map.entries[0]?.key.span ?? map.span,
      };
}

function repeated({ id, map }: Action, twin: Action): Finding {
  const place = (one: Action) => get(one.map, 'id')!.span;
  return {
    message: `Two storage actions have the id ${quoted(id!)}`,
    help: 'Give each action its own id',
    span: place({ id, map, type: undefined }),
    related: [{ message: 'First used here', span: place(twin) }],
  };
}

/** Actions are made in their order: each may name only those above it. */
function* references(
  { map, type }: Action,
  known: ReadonlyMap<string, Action>,
  all: ReadonlyMap<string, YamlNode>,
): Iterable<Finding> {
  for (const [key, types] of Object.entries(REFERENCES[type!]!)) {
    const value = get(map, key);
    if (value === undefined) {
      if (!OPTIONAL.has(type!) && !map.entries.some(({ name }) => name === undefined || name === '<<'))
        yield {
          message: `Storage action of type \`${type}\` has no \`${key}\``,
          help: `Add the id of the \`${types[0]}\` that it belongs to`,
          span: map.entries[0]!.key.span,
        };
      continue;
    }
    for (const one of value.kind === 'seq' ? itemsOf(value) : [value]) {
      const name = textOf(one);
      if (name === undefined) continue;
      const target = known.get(name);
      if (!target) yield unknown(name, one, all.get(name));
      else if (target.type !== undefined && Object.hasOwn(REFERENCES, target.type) && !types.includes(target.type))
        yield {
          message: `\`${key}\` of a \`${type}\` action refers to a \`${target.type}\``,
          help: `Use the id of a \`${types[0]}\``,
          span: one.span,
          related: [{ message: `\`${target.type}\` is defined here`, span: get(target.map, 'id')!.span }],
        };
    }
  }
}

function unknown(name: string, { span }: YamlNode, later: YamlNode | undefined): Finding {
  return later
    ? {
        message: `Storage action ${quoted(name)} is used before it is defined`,
        help: 'Move its definition up, above the actions that use it',
        span,
        related: [{ message: 'Defined here', span: later.span }],
      }
    : { message: `No storage action has the id ${quoted(name)}`, help: 'Correct the id, or add the action', span };
}

/** Sizes that the installer cannot read, and those that fill the device but are not the last. */
function* sizeProblems(maps: readonly YamlMap[]): Iterable<Finding> {
  const last = new Map<string, YamlMap>();
  const partitions = maps.filter(map => /^(?:lvm_)?partition$/.test(textOf(get(map, 'type')) ?? ''));
  const holder = (map: YamlMap) => textOf(get(map, 'device') ?? get(map, 'volgroup'));
  for (const map of partitions) last.set(holder(map) ?? '', map);
  for (const map of partitions) {
    const size = asScalar(get(map, 'size'));
    const device = holder(map);
    if (!size || size.value === undefined) continue;
    if (typeof size.value === 'number' && size.value < 0) {
      const flag = textOf(get(map, 'flag'));
      const inside = flag === 'extended' || flag === 'logical' || booleanOf(get(map, 'preserve')) === true;
      if (device !== undefined && last.get(device) !== map && !inside)
        yield {
          message: `A size of \`${size.value}\` fills the device, but another partition follows`,
          help: 'Give it a size, or move it after the others',
          span: size.span,
          related: [{ message: 'Last partition of the device', span: last.get(device)!.span }],
        };
    } else if (size.type === 'string' && !SIZE.test(size.text.text))
      yield {
        message: `The installer cannot read the size ${quoted(size.text.text.slice(0, 40))}`,
        help: 'Use a number with K, M, G or T, a percentage, or -1',
        span: size.span,
      };
  }
}
