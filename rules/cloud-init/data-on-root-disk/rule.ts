import type { ImageBuild } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { packageInstalls } from '../../../facts/package-installs.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { entriesOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { CloudInitTree } from '../../../languages/cloud-init/tree.ts';

/** Servers that keep data of their own; Redis and Memcached are caches more often than not. */
const SERVER =
  /^(?:mysql(?:-community)?-server(?:-[\d.]{1,8})?|default-mysql-server|mariadb-server(?:-[\d.]{1,8})?|postgresql(?:-?\d{1,2})?(?:-server)?|mongodb(?:-org|-server)?|percona-server-server|couchdb|cassandra|influxdb2?|neo4j)$/;
/** Keys that give data a place of its own. */
const STORAGE: ReadonlySet<string> = new Set(['mounts', 'fs_setup', 'disk_setup']);
const PROGRAMS =
  /^(?:mount(?:\..{1,10})?|mkfs(?:\..{1,10})?|lvcreate|vgcreate|zpool|zfs|mdadm|rclone|s3fs|cryptsetup)$/;

export default defineCloudInitRule({
  id: 'data-on-root-disk',
  summary: 'A database keeps its data on the disk that goes away with the machine',
  policies: ['G11'],
  category: 'separation',
  severity: 'info',
  preset: 'strict',
  since: '2026.11',
  *check(tree, { project }, build): Iterable<Finding> {
    if (tree.seed || tree.within || project.kind === 'ci-runner' || project.kind === 'vagrant') return;
    const servers = packageInstalls(build).flatMap(({ packages }) =>
      packages.filter(({ name }) => name !== undefined && SERVER.test(name)),
    );
    const [first, ...others] = servers;
    if (!first || hasStorage(tree, build)) return;
    yield {
      message: `\`${first.name}\` is installed and nothing is mounted for its data, so the data lies on the disk that goes away when the machine is replaced.`,
      span: first.span,
      related: others.map(({ name, span }) => ({ message: `And \`${name}\`.`, span })),
    };
  },
});

/** Mounts, file systems, and anything that may be one in a script: `/etc/fstab`, a variable file system. */
function hasStorage(tree: CloudInitTree, build: ImageBuild): boolean {
  if (entriesOf(tree.root).some(({ name }) => name === undefined || STORAGE.has(name))) return true;
  return (
    setupCommands(build).some(({ invocation }) => PROGRAMS.test(invocation.program)) ||
    build.source.text.includes('/etc/fstab')
  );
}
