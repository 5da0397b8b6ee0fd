import { type Finding, fix } from '../../core/finding.ts';
import type { Edit } from '../../core/text.ts';
import { lineBehind } from '../../languages/cloud-init/edits.ts';
import { isUserData } from '../../languages/cloud-init/forms.ts';
import { DEFAULT_USERS, declaredUsers } from '../../languages/cloud-init/modules/accounts.ts';
import { isOlder } from '../../languages/cloud-init/modules/versions.ts';
import { asMap, asScalar, booleanOf, entryOf, get, itemsOf, textOf } from '../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../languages/cloud-init/rule.ts';
import type { CloudInitTree, YamlEntry, YamlMap } from '../../languages/cloud-init/tree.ts';

/** The version that brought `defer`. */
const DEFER = '21.4';

export default defineCloudInitRule({
  id: 'file-before-user',
  summary: '`write_files` writes before users are there',
  policy: 'G13',
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  *check(tree, { project }): Iterable<Finding> {
    if (!isUserData(tree) || isOlder(project.cloudInitVersion, DEFER)) return;
    const users = declaredUsers(tree.root);
    const isLate = (name: string) => users.has(name) || DEFAULT_USERS.has(name);
    for (const item of itemsOf(get(tree.root, 'write_files'))) {
      const file = asMap(item);
      if (!file || (entryOf(file, 'defer') && booleanOf(get(file, 'defer')) !== false)) continue;
      const owner = entryOf(file, 'owner');
      const name = textOf(owner?.value)?.split(/[:.]/, 1)[0];
      const path = entryOf(file, 'path');
      const home = /^\/home\/([\w.-]+)\//.exec(textOf(path?.value) ?? '')?.[1];
      const owned = owner && name !== undefined && isLate(name);
      const place = owned ? owner : home !== undefined && isLate(home) ? path : undefined;
      if (!place || file.entries.length === 0) continue;
      yield {
        message: owned
          ? `cloud-init writes files before it makes the user \`${name}\`, so changing the owner fails and the files after this one are not written.`
          : `cloud-init writes files before it makes the user \`${home}\`, so the home folder belongs to root and lacks what a new home gets.`,
        span: place.value.span,
        fixes: [fix('suggested', 'Write it at the end, with `defer: true`', deferred(tree, file, place))],
      };
    }
  },
});

/** `defer: true` behind the entry, or in place of `defer: false`. */
function deferred(tree: CloudInitTree, file: YamlMap, place: YamlEntry): Edit | undefined {
  const said = asScalar(get(file, 'defer'));
  if (said) return said.written.replace(0, said.written.text.length, 'true');
  if (entryOf(file, 'defer')) return undefined;
  return file.flow && file.entries.includes(place)
    ? place.value.written.insert(place.value.written.text.length, ', defer: true')
    : lineBehind(tree, file, place, 'defer: true');
}
