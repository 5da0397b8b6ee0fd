import type { ImageBuild } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { isInside } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import { type ContainerData, containerData } from '../../../facts/container-data.ts';
import { type InstalledPackage, packageInstalls } from '../../../facts/package-installs.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { entriesOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { CloudInitTree } from '../../../languages/cloud-init/tree.ts';
import type { Invocation } from '../../../shell/invocations.ts';

/** Servers that store data; Redis and Memcached are mostly caches. */
const SERVER =
  /^(?:mysql(?:-community)?-server(?:-[\d.]{1,8})?|default-mysql-server|mariadb-server(?:-[\d.]{1,8})?|postgresql(?:-?\d{1,2})?(?:-server)?|mongodb(?:-org|-server)?|percona-server-server|couchdb|cassandra|influxdb2?|neo4j)$/;
/** Keys that set up storage besides the root disk. */
const STORAGE: ReadonlySet<string> = new Set(['mounts', 'fs_setup', 'disk_setup']);
const PROGRAMS =
  /^(?:mount(?:\..{1,10})?|mkfs(?:\..{1,10})?|lvcreate|vgcreate|zpool|zfs|mdadm|rclone|s3fs|cryptsetup)$/;

export default defineCloudInitRule({
  id: 'data-on-root-disk',
  summary: 'A database or container stores its data on the root disk',
  policies: ['G11'],
  category: 'separation',
  severity: 'info',
  preset: 'strict',
  needs: 'always',
  since: '2026.11',
  *check(tree, { project }, build): Iterable<Finding> {
    if (tree.seed || tree.within || project.kind === 'ci-runner' || project.kind === 'vagrant') return;
    const servers = packageInstalls(build).flatMap(({ packages }) =>
      packages.filter(({ name }) => name !== undefined && SERVER.test(name)),
    );
    const data = containerData(build);
    if ((servers.length === 0 && data.length === 0) || hasStorage(tree, build)) return;
    if (servers.length > 0) yield ofServers(servers, build);
    if (data.length > 0) yield ofContainers(data, build);
  },
});

function ofServers([first, ...others]: readonly InstalledPackage[], build: ImageBuild): Finding {
  const made = setupCommands(build).find(({ invocation }) => makesDataDirectory(invocation))?.invocation;
  return {
    message: `${quoted(first!.name!)} stores its data on the root disk`,
    help: 'Mount a volume for its data before it starts, or use a managed database',
    span: made ? made.script.spanOf(made.command) : first!.span,
    related: [...(made ? [first!] : []), ...others].map(({ name, span }) => ({
      message: `Installs ${quoted(name!)}`,
      span,
    })),
  };
}

function ofContainers(data: readonly ContainerData[], build: ImageBuild): Finding {
  const [first] = data;
  const made = setupCommands(build).find(
    ({ invocation: { program, args } }) =>
      (program === 'mkdir' || program === 'install') &&
      args.some(({ literal }) => literal?.startsWith('/') && data.some(({ path }) => isInside(literal, path))),
  )?.invocation;
  return {
    message: `${quoted(first!.path)} keeps the data of a container on the root disk`,
    help: 'Attach a volume, and mount it there before the container starts',
    span: made ? made.script.spanOf(made.command) : first!.span,
    related: (made ? data : data.slice(1)).map(({ path, span }) => ({ message: `Mounts ${quoted(path)}`, span })),
  };
}

/** `initdb`, and `mkdir` of a directory with data of a database. */
function makesDataDirectory({ program, args }: Invocation): boolean {
  if (/^(?:initdb|mysql_install_db|mariadb-install-db|pg_createcluster)$/.test(program)) return true;
  return (
    program === 'mkdir' &&
    args.some(({ literal }) =>
      /\/(?:pgdata|postgres(?:ql)?|mysql|mariadb|mongo(?:db)?|couchdb|cassandra|influxdb2?|neo4j)(?:\/|$)/i.test(
        literal ?? '',
      ),
    )
  );
}

/** Mounts and file systems, and anything in a script that may be one: `/etc/fstab`, a file system in a variable. */
function hasStorage(tree: CloudInitTree, build: ImageBuild): boolean {
  if (entriesOf(tree.root).some(({ name }) => name === undefined || STORAGE.has(name))) return true;
  return (
    setupCommands(build).some(({ invocation }) => PROGRAMS.test(invocation.program)) ||
    build.source.text.includes('/etc/fstab')
  );
}
