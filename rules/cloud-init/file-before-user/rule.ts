import type { ImageBuild } from '../../../core/build.ts';
import { type Finding, fix } from '../../../core/finding.ts';
import { memo } from '../../../core/memo.ts';
import { quoted } from '../../../core/quoted.ts';
import { deferral } from '../../../languages/cloud-init/edits.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { DEFAULT_USERS, declaredGroups, declaredUsers } from '../../../languages/cloud-init/modules/accounts.ts';
import { isOlder } from '../../../languages/cloud-init/modules/versions.ts';
import { asMap, booleanOf, entryOf, get, itemsOf, textOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { YamlEntry, YamlMap } from '../../../languages/cloud-init/tree.ts';
import { invocationsIn } from '../../../shell/invocations.ts';

/** The version that brought `defer`. */
const DEFER = '21.4';

export default defineCloudInitRule({
  id: 'file-before-user',
  summary: '`write_files` writes a file before its owner exists',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { keys: ['write_files'] },
  since: '2026.11',
  *check(tree, { project }, build): Iterable<Finding> {
    if (!isUserData(tree) || isOlder(project.cloudInitVersion, DEFER)) return;
    const users = declaredUsers(tree.root);
    const groups = declaredGroups(tree.root);
    const isUser = (name: string) => name !== 'root' && (users.has(name) || DEFAULT_USERS.has(name));
    // A user gets a group of the same name.
    const isGroup = (name: string) => name !== 'root' && (groups.has(name) || isUser(name));
    for (const item of itemsOf(get(tree.root, 'write_files'))) {
      const file = asMap(item);
      if (!file || (entryOf(file, 'defer') && booleanOf(get(file, 'defer')) !== false)) continue;
      const found = ownerIn(file, isUser, isGroup) ?? homeIn(file, isUser);
      if (!found) continue;
      yield {
        message: found.message,
        help: 'Add `defer: true` to write it after users are created',
        span: found.place.value.span,
        // Then the home directory lacks only what new accounts are given.
        ...(found.home !== undefined && isGiven(found.home, build) && { severity: 'info', preset: 'strict' }),
        fixes: [fix('suggested', 'Add `defer: true`', deferral(tree, file, found.place))],
      };
    }
  },
});

interface Found {
  readonly place: YamlEntry;
  readonly message: string;
  /** The user whose home directory it is in, where the file is not given to anyone. */
  readonly home?: string;
}
type Test = (name: string) => boolean;

function ownerIn(file: YamlMap, isUser: Test, isGroup: Test): Found | undefined {
  const place = entryOf(file, 'owner');
  const [user = '', group = ''] = textOf(place?.value)?.split(':', 2) ?? [];
  const late = isUser(user) ? `user ${quoted(user)}` : isGroup(group) ? `group ${quoted(group)}` : undefined;
  if (!place || late === undefined) return undefined;
  return {
    place,
    message: `File is written before ${late} exists`,
  };
}

function homeIn(file: YamlMap, isUser: Test): Found | undefined {
  const place = entryOf(file, 'path');
  const home = /^\/home\/([\w.-]+)\//.exec(textOf(place?.value) ?? '')?.[1];
  if (!place || home === undefined || !isUser(home)) return undefined;
  return {
    place,
    home,
    message: `File is written before user ${quoted(home)} exists`,
  };
}

/** Whether a later command gives the user the whole home directory, which root made for the file: `chown -R ada: /home/ada`. */
function isGiven(user: string, build: ImageBuild): boolean {
  const homes = ['/home', `/home/${user}`, `/home/${user}/`, `~${user}`];
  return (ownedBy(build).get(user) ?? []).some(given => homes.some(home => given.has(home)));
}

/** By user, the operands of each command that gives them whole directories. */
const ownedBy: (build: ImageBuild) => ReadonlyMap<string, readonly ReadonlySet<string>[]> = memo(build => {
  const found = new Map<string, ReadonlySet<string>[]>();
  for (const { invocation } of invocationsIn(build)) {
    if (invocation.program !== 'chown') continue;
    const words = new Set(invocation.args.map(({ literal = '' }) => literal));
    if (![...words].some(word => /^-[A-Za-z]{0,5}R[A-Za-z]{0,5}$|^--recursive$/.test(word))) continue;
    for (const user of new Set([...words].map(word => word.split(/[:.]/, 1)[0]!))) {
      const list = found.get(user);
      if (list) list.push(words);
      else found.set(user, [words]);
    }
  }
  return found;
});
