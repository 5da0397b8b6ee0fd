import { type Finding, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { deferral } from '../../../languages/cloud-init/edits.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { isOlder } from '../../../languages/cloud-init/modules/versions.ts';
import { asMap, booleanOf, entryOf, get, itemsOf, textOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

/** The version that brought `defer`. */
const DEFER = '21.4';

export default defineCloudInitRule({
  id: 'file-hidden-by-mount',
  summary: '`write_files` writes below a mount point before the mount',
  policies: ['G11'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { keys: ['mounts'] },
  since: '2026.11',
  *check(tree, { project }): Iterable<Finding> {
    if (!isUserData(tree) || isOlder(project.cloudInitVersion, DEFER)) return;
    const points = itemsOf(get(tree.root, 'mounts'))
      .map(mount => textOf(itemsOf(mount)[1])?.replace(/\/$/, ''))
      .filter(point => point !== undefined && /^\/[^/]/.test(point));
    if (points.length === 0) return;
    const mounted = new Set(points);
    for (const item of itemsOf(get(tree.root, 'write_files'))) {
      const file = asMap(item);
      if (!file || (entryOf(file, 'defer') && booleanOf(get(file, 'defer')) !== false)) continue;
      const place = entryOf(file, 'path');
      const point = parentsOf(textOf(place?.value) ?? '').find(parent => mounted.has(parent));
      if (!place || point === undefined) continue;
      yield {
        message: `File is written before ${quoted(point)} is mounted, which hides it`,
        help: 'Add `defer: true` to write it to the mounted volume',
        span: place.value.span,
        fixes: [fix('suggested', 'Add `defer: true`', deferral(tree, file, place))],
      };
    }
  },
});

/** `/a` and `/a/b` for `/a/b/c`. Of a very long path only the outer directories are looked at. */
function parentsOf(path: string): string[] {
  const parents: string[] = [];
  for (let at = path.indexOf('/', 1); at > 0 && parents.length < 32; at = path.indexOf('/', at + 1))
    parents.push(path.slice(0, at));
  return parents;
}
