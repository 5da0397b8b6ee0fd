import type { ImageBuild } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { isInside } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Span } from '../../../core/text.ts';
import {
  type ContainerData,
  containerData,
  type UnmountedDatabase,
  unmountedDatabases,
} from '../../../facts/container-data.ts';
import { fileWrites } from '../../../facts/file-writes.ts';
import { type InstalledPackage, packageInstalls } from '../../../facts/package-installs.ts';
import { serviceChangeOf } from '../../../facts/service-changes.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { entriesOf, get, itemsOf, textOf } from '../../../languages/cloud-init/nodes.ts';
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
  summary: 'A database, container or service stores its data on the root disk, or in the container',
  policies: ['G11'],
  category: 'separation',
  severity: 'info',
  preset: 'strict',
  needs: 'always',
  since: '2026.11',
  *check(tree, { project }, build): Iterable<Finding> {
    if (tree.seed || tree.within || project.kind === 'ci-runner' || project.kind === 'vagrant') return;
    const [unmounted, ...others] = unmountedDatabases(build);
    if (unmounted) yield ofUnmounted(unmounted, others);
    const servers = packageInstalls(build).flatMap(({ packages }) =>
      packages.filter(({ name }) => name !== undefined && SERVER.test(name)),
    );
    yield* ofLostMounts(tree, servers, build);
    const mounted = mountPoints(tree, build);
    if (mounted === undefined) return;
    const configured = dataPaths(build).filter(({ path }) => !mounted.some(point => isInside(point, path)));
    if (configured.length > 0) {
      yield ofConfigured(configured);
      return;
    }
    const data = containerData(build).filter(({ path }) => !mounted.some(point => isInside(point, path)));
    if (data.length > 0) yield ofContainers(data, build);
    if (mounted.length > 0) return;
    if (servers.length > 0) yield ofServers(servers, build);
    else if (data.length === 0) yield* ofStartedServices(build);
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

function ofUnmounted({ name, span }: UnmountedDatabase, others: readonly UnmountedDatabase[]): Finding {
  return {
    message: `Data of the container ${quoted(name)} is not in a volume`,
    help: 'Mount a directory of an attached disk where the image keeps its data',
    span,
    related: others.map(other => ({ message: `Nor that of ${quoted(other.name)}`, span: other.span })),
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

interface DataPath {
  readonly path: string;
  /** The file that names it. */
  readonly file: string;
  readonly span: Span;
}

/** Settings that name the directory of the data, by the file of each service. */
const DATA_SETTINGS: readonly (readonly [file: RegExp, setting: RegExp])[] = [
  // https://www.elastic.co/docs/deploy-manage/deploy/self-managed/important-settings-configuration
  [
    /(?:^|\/)(?:elasticsearch|opensearch)\.ya?ml$/,
    /^[ \t]{0,8}path(?:\.data:|:\s{1,40}data:)[ \t]{1,8}["']?(\/[\w./-]{1,200})/m,
  ],
  // https://www.mongodb.com/docs/manual/reference/configuration-options/#mongodb-setting-storage.dbPath
  [/(?:^|\/)mongod?\w{0,8}\.conf$/, /^[ \t]{0,8}dbPath:[ \t]{1,8}["']?(\/[\w./-]{1,200})/m],
  [/\.cnf$/, /^[ \t]{0,8}datadir[ \t]{0,8}=[ \t]{0,8}(\/[\w./-]{1,200})/m],
  [
    /(?:^|\/)postgresql[\w.-]{0,20}\.conf$|(?:^|\/)postgresql\/[\w./-]{1,60}\.conf$/,
    /^[ \t]{0,8}data_directory[ \t]{0,8}=[ \t]{0,8}'(\/[\w./-]{1,200})/m,
  ],
  [/(?:^|\/)kafka[\w./-]{0,40}\.properties$|(?:^|\/)server\.properties$/, /^[ \t]{0,8}log\.dirs=(\/[\w./-]{1,200})/m],
  [/(?:^|\/)zoo\w{0,8}\.cfg$/, /^[ \t]{0,8}dataDir=(\/[\w./-]{1,200})/m],
  // https://developer.hashicorp.com/vault/docs/configuration/storage
  [
    /(?:^|\/)vault[\w./-]{0,40}\.hcl$/,
    /^[ \t]{0,8}(?:storage|backend)[ \t]{1,8}"(?:file|raft)"[ \t]{0,8}\{[^{}]{0,400}?\bpath[ \t]{0,8}=[ \t]{0,8}"(\/[\w./-]{1,200})/m,
  ],
  [/(?:^|\/)etc\/default\/minio$/, /^[ \t]{0,8}MINIO_VOLUMES=["']?(\/[\w./-]{1,200})/m],
  [
    /(?:^|\/)(?:consul|nomad)[\w./-]{0,40}\.(?:hcl|json)$/,
    /^[ \t]{0,40}"?data_dir"?[ \t]{0,8}[:=][ \t]{0,8}"(\/[\w./-]{1,200})/m,
  ],
  [/(?:^|\/)cassandra\.yaml$/, /^data_file_directories:\s{1,40}-[ \t]{1,8}["']?(\/[\w./-]{1,200})/m],
  [
    /(?:^|\/)influxdb[\w./-]{0,20}\.(?:conf|toml)$/,
    /^[ \t]{0,8}(?:dir|engine-path)[ \t]{0,8}=[ \t]{0,8}"(\/[\w./-]{1,200})/m,
  ],
];

function dataPaths(build: ImageBuild): readonly DataPath[] {
  return fileWrites(build).flatMap(({ path, text }) =>
    DATA_SETTINGS.flatMap(([file, setting]) => {
      const match = file.test(path) ? setting.exec(text.text.slice(0, LONGEST)) : null;
      if (!match) return [];
      const end = match.index + match[0].length;
      return [{ path: match[1]!, file: path, span: text.spanOf(end - match[1]!.length, end) }];
    }),
  );
}
const LONGEST = 100_000;

function ofConfigured([first, ...others]: readonly DataPath[]): Finding {
  return {
    message: `${quoted(first!.path)} stores the data of a service on the root disk`,
    help: 'Mount a volume there before the service starts',
    span: first!.span,
    related: others.map(({ path, span }) => ({ message: `Also ${quoted(path)}`, span })),
  };
}

/** Where the packages of databases keep their data. */
const DATA_HOMES =
  /^\/(?:var\/lib\/(?:mysql|mariadb|postgresql|pgsql|mongo(?:db)?|elasticsearch|opensearch|cassandra|kafka|influxdb2?|neo4j|couchdb|clickhouse|minio|gitea|grafana|prometheus|vault|etcd)|(?:srv|data|mnt|opt)(?:\/[\w.-]{1,40}){0,2}\/(?:mysql|mariadb|postgres(?:ql)?|pgdata|mongo(?:db)?|elasticsearch|minio|kafka|gitea|vault))(?:\/|$)/;

/** Mounts of data on what is empty after a stop: the disks of the instance, and memory. */
function* ofLostMounts(
  tree: CloudInitTree,
  servers: readonly InstalledPackage[],
  build: ImageBuild,
): Iterable<Finding> {
  const paths = dataPaths(build);
  for (const item of itemsOf(get(tree.root, 'mounts'))) {
    const [device = '', point = '', type] = itemsOf(item).map(textOf);
    const isMemory = device === 'tmpfs' || type === 'tmpfs';
    if (!isMemory && !/^ephemeral\d|\/disk\/cloud\/azure_resource/.test(device)) continue;
    const inside = paths.filter(({ path }) => isInside(point, path));
    if ((inside.length === 0 && !DATA_HOMES.test(point)) || !point.startsWith('/')) continue;
    const isReplicated =
      !isMemory && (inside.length > 0 ? inside.map(({ file }) => file) : [point]).every(name => REPLICATED.test(name));
    yield {
      message: `Data in ${quoted(point)} is in ${isMemory ? 'memory' : 'the instance store'}: it is lost ${isMemory ? 'at each reboot' : 'when the machine stops'}`,
      help: 'Mount a volume that outlives the machine',
      span: item.span,
      related: servers.slice(0, 1).map(({ name, span }) => ({ message: `Installs ${quoted(name!)}`, span })),
      severity: isReplicated ? 'info' : 'warning',
    };
  }
}

/** Systems that keep the data on other machines as well, and are run on the disks of the instance for speed. */
const REPLICATED = /cassandra|kafka|elasticsearch|opensearch|server\.properties$/;

const CREATES_CLUSTER = /^(?:initdb|mysql_install_db|mariadb-install-db|pg_createcluster)$/;
const DATABASE_DIRECTORY =
  /\/(?:pgdata|postgres(?:ql)?|mysql|mariadb|mongo(?:db)?|couchdb|cassandra|influxdb2?|neo4j)(?:\/|$)/i;

/** `initdb`, and `mkdir` of a directory with data of a database. */
function makesDataDirectory(invocation: Invocation): boolean {
  return CREATES_CLUSTER.test(invocation.program) || madeDirectory(invocation, DATABASE_DIRECTORY) !== undefined;
}

/** The directory with such a name that `mkdir` or `install -d` creates. */
function madeDirectory({ program, args }: Invocation, names: RegExp): string | undefined {
  const makes =
    program === 'mkdir' ||
    (program === 'install' && args.some(({ literal }) => /^-[a-zA-Z]{0,4}d$|^--directory$/.test(literal ?? '')));
  if (!makes) return undefined;
  return args.find(({ literal }) => literal?.startsWith('/') && !NO_DATA.test(literal) && names.test(literal))?.literal;
}

/** Directories with settings, programs, logs or caches. */
const NO_DATA = /^\/(?:etc|run|var\/run|tmp|var\/log|var\/cache|usr|mnt|media|dev)(?:\/|$)/;

/** Services that store data of others, with the names of the directories that hold it. */
const SERVICES: readonly (readonly [service: RegExp, directories: RegExp])[] = [
  [/^(?:dovecot|cyrus-imapd|cyrus)$/, /\/(?:v?mail|maildirs?|mailboxes|imap)(?:\/|$)/i],
  [/^(?:minio|garage|seaweedfs|rustfs)$/, /\/(?:minio|objects?|garage|seaweedfs|rustfs|data)(?:\/|$)/i],
  [/^(?:postgresql(?:@?[\w-]{1,20})?|mysqld?|mariadb|mongod|couchdb|cassandra|influxdb|neo4j)$/, DATABASE_DIRECTORY],
  [
    /^(?:gitea|forgejo|gitlab-runsvdir|nexus|artifactory)$/,
    /\/(?:gitea|forgejo|gitlab|repositories|nexus|artifactory)(?:\/|$)/i,
  ],
  [/^(?:elasticsearch|opensearch|prometheus|loki)$/, /\/(?:elasticsearch|opensearch|prometheus|loki)(?:\/|$)/i],
];

/** A directory for the data of a service that is started here, whoever installs it. */
function* ofStartedServices(build: ImageBuild): Iterable<Finding> {
  const commands = setupCommands(build);
  const started = commands.flatMap(({ invocation }) => {
    const change = serviceChangeOf(invocation);
    return change?.on ? change.names : [];
  });
  for (const [service, directories] of SERVICES) {
    const name = started.find(one => service.test(one));
    if (name === undefined) continue;
    for (const { invocation } of commands) {
      const path = madeDirectory(invocation, directories);
      if (path === undefined) continue;
      yield {
        message: `${quoted(path)} stores the data of ${quoted(name)} on the root disk`,
        help: 'Attach a volume, and mount it there before the service starts',
        span: invocation.script.spanOf(invocation.command),
      };
      break;
    }
  }
}

/**
 * Where the file mounts something, when that is known for all it mounts. `undefined`: anything else may be storage, such as
 * a file system that a script makes, or a line of `/etc/fstab`.
 */
function mountPoints(tree: CloudInitTree, build: ImageBuild): readonly string[] | undefined {
  if (setupCommands(build).some(({ invocation }) => PROGRAMS.test(invocation.program))) return undefined;
  if (build.source.text.includes('/etc/fstab')) return undefined;
  const entries = entriesOf(tree.root);
  const mounts = entries.find(({ name }) => name === 'mounts');
  if (entries.some(({ name }) => name === undefined || (STORAGE.has(name) && !mounts))) return undefined;
  if (!mounts) return [];
  const points: string[] = [];
  for (const item of itemsOf(mounts.value)) {
    const point = textOf(itemsOf(item)[1]);
    if (point === undefined) return undefined;
    if (point.startsWith('/')) points.push(point);
    else if (!/^(?:none|swap)$/.test(point)) return undefined;
  }
  return points;
}
