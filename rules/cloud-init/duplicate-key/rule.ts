import { type Finding, type Fix, fix } from '../../../core/finding.ts';
import { columnOf, offsetIn } from '../../../languages/cloud-init/edits.ts';
import { keyText } from '../../../languages/cloud-init/modules/describe.ts';
import { walk } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { CloudInitTree, YamlEntry, YamlMap, YamlNode } from '../../../languages/cloud-init/tree.ts';

const DOCUMENTATION = /(?:^|\/)docs?\//;

export default defineCloudInitRule({
  id: 'duplicate-key',
  summary: 'A key appears twice in a YAML mapping',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (tree.form === 'other-dialect') return;
    // The value of autoinstall's `user-data` is a separate document.
    const inner = tree.autoinstall?.entries.find(entry => entry.name === 'user-data')?.value;
    for (const map of walk(tree.document)) {
      if (map.kind !== 'map' || (inner && map !== inner && within(map, inner.span))) continue;
      if (map === inner) continue;
      for (const [name, entries] of duplicatesIn(tree, map)) {
        // A page of a manual shows several ways, one below the other.
        if (map === tree.root && DOCUMENTATION.test(tree.path ?? '')) continue;
        const last = entries.at(-1)!;
        const ignored = entries.slice(0, -1);
        const named = keyText(name);
        const times = entries.length > 2 ? ` (${entries.length} times)` : '';
        yield {
          message: `Duplicate key${named === undefined ? '' : ` ${named}`}${times}: only the last one counts`,
          help: entries.every(({ value }) => value?.kind === 'scalar')
            ? 'Keep one of them'
            : 'Merge them, or remove those that are ignored',
          span: last.key.span,
          ...(ignored.every(one => isEmpty(one.value) || isSameScalar(one.value, last.value)) && {
            severity: 'info' as const,
          }),
          related: ignored.map(({ key }) => ({ message: 'Ignored here', span: key.span })),
          fixes: [
            ignored.length === 1 ? joined(tree, map, ignored[0]!, last) : undefined,
            withoutIgnored(tree, map, ignored),
          ],
        };
      }
    }
  },
});

/** The entries of each key that a mapping has more than once, by the name. */
function duplicatesIn(tree: CloudInitTree, map: YamlMap): ReadonlyMap<string, readonly YamlEntry[]> {
  const byName = new Map<string, YamlEntry[]>();
  for (const entry of map.entries) {
    const { name } = entry;
    // Several `<<` are merged one after the other.
    if (name === undefined || name === '<<') continue;
    const others = byName.get(name);
    if (!others) byName.set(name, [entry]);
    else if (eitherOr(tree, others.at(-1)!, entry)) byName.set(name, [entry]);
    else others.push(entry);
  }
  return new Map([...byName].filter(([, entries]) => entries.length > 1));
}

const isEmpty = (value: YamlNode): boolean =>
  value.kind === 'null' ||
  (value.kind === 'seq' && value.items.length === 0) ||
  (value.kind === 'map' && value.entries.length === 0);

/** Whether two values are the same one, so that nothing is lost. */
function isSameScalar(a: YamlNode | undefined, b: YamlNode | undefined): boolean {
  return a?.kind === 'scalar' && b?.kind === 'scalar' && a.written.text === b.written.text;
}

function within(map: YamlMap, span: { readonly start: number; readonly end: number }): boolean {
  return map.span.start >= span.start && map.span.end <= span.end;
}

/** Whether a template directive is between them, so that perhaps only one of them is rendered. */
function eitherOr(tree: CloudInitTree, first: YamlEntry, second: YamlEntry): boolean {
  if (tree.templated.length === 0) return false;
  const { source } = tree;
  const between = source.text.slice(offsetIn(source, first.key.span.start), offsetIn(source, second.key.span.start));
  return /%\{|\{%|\{\{-?\s*(?:if|else|end|range|with)\b/.test(between);
}

/** The items of the second list after those of the first. */
function joined(tree: CloudInitTree, map: YamlMap, first: YamlEntry, second: YamlEntry): Fix | undefined {
  const [one, two] = [first.value, second.value];
  if (map.flow || one.kind !== 'seq' || two.kind !== 'seq' || one.flow || two.flow) return undefined;
  if (one.anchor || two.anchor || one.tag || two.tag) return undefined;
  if (columnOf(tree, one.span.start) !== columnOf(tree, two.span.start)) return undefined;
  const { source } = tree;
  const { text } = source;
  const firstEnd = text.indexOf('\n', offsetIn(source, one.span.end)) + 1;
  const keyLine = text.lastIndexOf('\n', offsetIn(source, second.key.span.start)) + 1;
  const itemsFrom = text.lastIndexOf('\n', offsetIn(source, two.span.start)) + 1;
  const end = lineEnd(text, offsetIn(source, two.span.end));
  if (firstEnd === 0 || keyLine < firstEnd || itemsFrom <= keyLine) return undefined;
  const items = text.slice(itemsFrom, end);
  return fix(
    'suggested',
    'Join the two lists',
    source.insert(firstEnd, items.endsWith('\n') ? items : `${items}\n`),
    source.replace(keyLine, end, ''),
  );
}

/** Without the entries that cloud-init ignores. */
function withoutIgnored(tree: CloudInitTree, map: YamlMap, ignored: readonly YamlEntry[]): Fix | undefined {
  const { text } = tree.source;
  const edits = ignored.map(({ key, span }) => {
    const start = text.lastIndexOf('\n', offsetIn(tree.source, key.span.start) - 1) + 1;
    const keyAt = offsetIn(tree.source, key.span.start);
    const end = lineEnd(text, offsetIn(tree.source, span.end));
    // The first entry of an item is after its dash, and what an anchor names may be used further down.
    const isOwn = text.slice(start, keyAt).trim() === '' && !/(?:^|[\s[{:])&\w/.test(text.slice(keyAt, end));
    return map.flow || !isOwn ? undefined : tree.source.replace(start, end, '');
  });
  if (edits.includes(undefined)) return undefined;
  return fix('suggested', ignored.length === 1 ? 'Remove the ignored key' : 'Remove the ignored keys', ...edits);
}

/** Where the line ends, with its line break. */
function lineEnd(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  return found < 0 ? text.length : found + 1;
}
