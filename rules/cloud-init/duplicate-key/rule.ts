import { type Finding, type Fix, fix } from '../../../core/finding.ts';
import { columnOf, offsetIn } from '../../../languages/cloud-init/edits.ts';
import { keyText } from '../../../languages/cloud-init/modules/describe.ts';
import { walk } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { CloudInitTree, YamlEntry, YamlMap } from '../../../languages/cloud-init/tree.ts';

export default defineCloudInitRule({
  id: 'duplicate-key',
  summary: 'A key appears twice in a mapping, and cloud-init ignores the first',
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
      const seen = new Map<string, YamlEntry>();
      for (const entry of map.entries) {
        const { name } = entry;
        // Several `<<` are merged one after the other.
        if (name === undefined || name === '<<') continue;
        const first = seen.get(name);
        seen.set(name, entry);
        if (!first || eitherOr(tree, first, entry)) continue;
        const named = keyText(name);
        yield {
          message: `Duplicate key${named === undefined ? '' : ` ${named}`}: the first one is ignored`,
          help: 'Merge both; cloud-init keeps only the last',
          span: entry.key.span,
          related: [{ message: 'This one is ignored', span: first.key.span }],
          fixes: [joined(tree, map, first, entry)],
        };
      }
    }
  },
});

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

/** Where the line ends, with its line break. */
function lineEnd(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  return found < 0 ? text.length : found + 1;
}
