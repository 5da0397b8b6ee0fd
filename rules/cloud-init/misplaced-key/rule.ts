import { type Finding, type Fix, fix } from '../../../core/finding.ts';
import { nameOf } from '../../../core/path.ts';
import { columnOf, linesOfEntry } from '../../../languages/cloud-init/edits.ts';
import { type SchemaIssue, schemaIssues } from '../../../languages/cloud-init/modules/check.ts';
import { holderText } from '../../../languages/cloud-init/modules/describe.ts';
import { networkConfig } from '../../../languages/cloud-init/modules/keys.ts';
import { type Meant, meantBy } from '../../../languages/cloud-init/modules/places.ts';
import { asMap, at, deref, entryOf, get, textOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { CloudInitTree, YamlEntry, YamlMap } from '../../../languages/cloud-init/tree.ts';

type UnknownKey = Extract<SchemaIssue, { kind: 'unknown-key' }>;

export default defineCloudInitRule({
  id: 'misplaced-key',
  summary: 'A key is set where cloud-init does not read it',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  aliases: ['cloud-init:schema'],
  *check(tree): Iterable<Finding> {
    const misplaced = schemaIssues(tree).flatMap(issue => {
      if (issue.kind !== 'unknown-key') return [];
      const meant = meantBy(issue);
      return meant?.kind === 'other place' || meant?.kind === 'other file' ? [{ issue, meant }] : [];
    });
    const elsewhere = misplaced.filter(({ issue, meant }) => meant.kind === 'other file' && issue.path.length === 1);
    // A file with only such keys is that other file, whatever its first line is, unless its name is that of user-data.
    const isOtherFile =
      elsewhere.length > 0 &&
      tree.root?.kind === 'map' &&
      elsewhere.length === tree.root.entries.length &&
      !/^(?:user|vendor)[-_]data(?:\.ya?ml)?$/.test(nameOf(tree.path ?? ''));
    const together = [
      ...(['network', 'autoinstall'] as const).map(place =>
        misplaced.filter(({ meant }) => meant.kind === 'other place' && meant.place === place),
      ),
      // What is meant for the machine, among the settings of its installer.
      misplaced.filter(
        ({ issue, meant }) =>
          issue.path[0] === 'autoinstall' &&
          issue.path.length === 2 &&
          meant.kind === 'other place' &&
          meant.place === 'top level',
      ),
    ];
    const forTop = misplaced.flatMap(({ issue, meant }) =>
      meant.kind === 'other place' && meant.place === 'top level' ? issue : [],
    );
    for (const { issue, meant } of misplaced) {
      if (isOtherFile && meant.kind === 'other file') continue;
      if (isNetworkConfig(tree)) continue;
      // Some data sources read their settings in user-data once more: `datasource: { Ec2: { strict_id: false } }`.
      if (issue.path.length === 1 && issue.entry.name === 'datasource') continue;
      // All of what is beside `network` or `autoinstall`, or directly in it, has one cause.
      if (together.some(group => group.some((one, i) => i > 0 && one.issue === issue))) continue;
      const others = together.find(group => group[0]?.issue === issue)?.slice(1) ?? [];
      yield {
        ...(isAtTop(tree, issue, meant) ? redundant(issue) : wordsFor(tree, issue, meant)),
        span: issue.entry.key.span,
        // Passwords of users do not expire, so nothing is lost.
        ...(isExpiryOnly(issue) && { severity: 'info' as const }),
        // The installer goes on without what it does not know.
        ...(issue.path[0] === 'autoinstall' && { severity: 'warning' as const }),
        related: others.map(other => ({ message: 'This too', span: other.issue.entry.key.span })),
        fixes:
          meant.kind === 'other place' && meant.place === 'top level'
            ? [moveToTop(tree, issue), moveToTarget(tree, issue, forTop)]
            : [],
      };
    }
  },
});

/** Whether the file describes a network and nothing else, whatever its first line is: hypervisors pass it on as it is. */
function isNetworkConfig({ root }: CloudInitTree): boolean {
  if (!root?.entries.some(({ name }) => name === 'version')) return false;
  const known = new Set(['version', ...Object.keys(networkConfig[1]().keys), ...Object.keys(networkConfig[2]().keys)]);
  return root.entries.every(({ name }) => name !== undefined && known.has(name));
}

/** `chpasswd: { expire: false }` */
function isExpiryOnly({ entry }: UnknownKey): boolean {
  const { name, value } = entry;
  return name === 'chpasswd' && value.kind === 'map' && value.entries.every(one => one.name === 'expire');
}

/** `network: { config: disabled }` */
function isDisabling({ entry: { name, value } }: UnknownKey): boolean {
  return name === 'network' && textOf(get(asMap(value), 'config')) === 'disabled';
}

/** Whether the key is at the top level too, where cloud-init reads it. */
function isAtTop({ root }: CloudInitTree, { entry, path }: UnknownKey, meant: Meant): boolean {
  if (path[0] === 'autoinstall') return false;
  return meant.kind === 'other place' && meant.place === 'top level' && entryOf(root, entry.name!) !== undefined;
}

/** The top level sets it, whatever the value here is. */
function redundant({ entry, path }: UnknownKey): Pick<Finding, 'help' | 'message' | 'severity'> {
  return {
    message: `\`${entry.name}\` has no effect in ${holderText(path)}`,
    help: 'Remove it; the top level sets it too',
    severity: 'info',
  };
}

const MOVES = {
  user: 'Move it into an item of `users`',
  file: 'Indent it, so that it is part of an item of `write_files`',
  autoinstall: 'Move it under `autoinstall`',
  'user-data of autoinstall': 'Move it under `user-data:`, inside `autoinstall`',
  network: 'Move it under `network`',
};

function wordsFor(tree: CloudInitTree, issue: UnknownKey, meant: Meant): Pick<Finding, 'message' | 'help'> {
  const key = `\`${issue.entry.name}\``;
  if (meant.kind === 'other file')
    return {
      message: `${key} has no effect in user-data`,
      // `network: {config: disabled}` in the other file would take away what that sets up.
      help: isDisabling(issue) ? 'Remove it: user-data does not set up the network' : `Move it to ${meant.file}`,
    };
  const place = meant.kind === 'other place' ? meant.place : 'top level';
  if (place === 'top level') {
    // At the top it would be for the machine while it runs the installer.
    const seed = entryOf(tree.autoinstall, 'user-data')?.value;
    const isThere = issue.path[0] === 'autoinstall' && entryOf(seed, issue.entry.name!) !== undefined;
    const help = isThere
      ? 'Remove it; `autoinstall.user-data` already sets it'
      : issue.path[0] === 'autoinstall'
        ? MOVES['user-data of autoinstall']
        : 'Move it to the top level';
    return { message: `${key} has no effect in ${holderText(issue.path)}`, help };
  }
  if (tree.form === 'autoinstall' && issue.path.length === 1)
    return { message: `${key} next to \`autoinstall\`: the installer rejects the file`, help: MOVES[place] };
  return { message: `${key} has no effect at the top level`, help: MOVES[place] };
}

/** Moves the key to the lines before the top-level key that contains it. */
function moveToTop(tree: CloudInitTree, { entry, path }: UnknownKey): Fix | undefined {
  const { root } = tree;
  const above = entryOf(root, String(path[0]));
  if (path[0] === 'autoinstall' || tree.within === 'autoinstall') return undefined;
  if (!root || root.flow || !above || tree.templated.length > 0) return undefined;
  // A line at the margin would end a document that is indented.
  if (columnOf(tree, root.span.start) > 0) return undefined;
  const map = at(root, ...path.slice(0, -1));
  if (map?.kind !== 'map' || map.entries[0] === entry) return undefined;
  const lines = linesOfEntry(tree, map, entry);
  const same = entryOf(root, entry.name!);
  if (!lines || (same && !isEqual(same, entry))) return undefined;
  if (same) return fix('suggested', `Remove it, as \`${entry.name}\` is the same at the top level`, lines.removal);
  return fix(
    'suggested',
    `Move \`${entry.name}\` to the top level`,
    above.key.written.insert(0, lines.text),
    lines.removal,
  );
}

/** In autoinstall, moves settings of one line to the user-data of the machine that is installed: all of them, where they are together. */
function moveToTarget(tree: CloudInitTree, { entry, path }: UnknownKey, all: readonly UnknownKey[]): Fix | undefined {
  const map = tree.autoinstall;
  if (path[0] !== 'autoinstall' || path.length !== 2 || map?.kind !== 'map' || map.flow) return undefined;
  // An upgrade would run beside the steps of the template that serves the file, which do not expect it.
  if (tree.seed && entry.name === 'package_upgrade') return undefined;
  const column = columnOf(tree, entry.key.span.start);
  const pad = ' '.repeat(column);
  const title = 'Move it under `user-data`';
  const data = entryOf(map, 'user-data');
  if (!data) {
    const entries = all.filter(one => one.path[0] === 'autoinstall' && one.path.length === 2).map(one => one.entry);
    const first = map.entries.indexOf(entries[0]!);
    const areTogether = entries.every((one, i) => map.entries[first + i] === one && isOneLine(tree, map, one));
    if (first < 1 || !areTogether || !entries.includes(entry)) return undefined;
    return fix(
      'suggested',
      title,
      ...entries.map((one, i) => one.key.written.insert(0, i === 0 ? `user-data:\n${pad}  ` : '  ')),
    );
  }
  const target = deref(data.value);
  const first = target?.kind === 'map' && !target.flow ? target.entries[0] : undefined;
  const lines = isOneLine(tree, map, entry) ? linesOfEntry(tree, map, entry) : undefined;
  if (!lines || !first || entryOf(target, entry.name!)) return undefined;
  const inner = ' '.repeat(columnOf(tree, first.key.span.start));
  return fix('suggested', title, first.key.written.insert(0, `${lines.text.trimEnd()}\n${inner}`), lines.removal);
}

const isOneLine = (tree: CloudInitTree, map: YamlMap, entry: YamlEntry): boolean =>
  deref(entry.value)?.kind === 'scalar' && linesOfEntry(tree, map, entry)?.text.trimEnd().includes('\n') === false;

/** Whether two entries have the same scalar. */
function isEqual(a: YamlEntry, b: YamlEntry): boolean {
  const [one, other] = [deref(a.value), deref(b.value)];
  return one?.kind === 'scalar' && other?.kind === 'scalar' && one.written.text === other.written.text;
}
