/** Where containers keep data: in directories of the machine (`-v /srv/files:/data`), or in themselves. Commands, Compose files and Quadlets. */
import type { ImageBuild } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import type { Span } from '../core/text.ts';
import type { Invocation } from '../shell/invocations.ts';
import { readArguments } from '../shell/programs/index.ts';
import { configFiles, fileCommands, type Setting } from './config-files.ts';
import { parseImageReference } from './image-reference.ts';
import { setupCommands } from './setup-commands.ts';

/** A directory of the machine that a container writes data to. */
export interface ContainerData {
  /** Of the machine, absolute. */
  readonly path: string;
  readonly span: Span;
}

/** Where images keep what users give them: databases, uploads, repositories. Caches and settings are none. */
const DATA =
  /^\/(?:var\/lib\/(?:postgresql|mysql|mariadb|mongodb|couchdb|cassandra|influxdb2?|neo4j|clickhouse|grafana|gitea|elasticsearch)|data|var\/www\/html|var\/opt\/gitlab|var\/jenkins_home|nexus-data|bitnami\/[\w-]{1,40}|usr\/share\/elasticsearch\/data|opt\/couchdb\/data|config|mnt\/data)(?:\/|$)|\/(?:data|pgdata|uploads?|media|attachments|repositories|backups?)(?:\/|$)/;
/** Directories of the machine that hold no data, or that are lost with it anyway. */
const NO_DATA =
  /^\/(?:etc|run|var\/run|tmp|var\/tmp|dev|proc|sys|usr|bin|lib|boot|var\/log|var\/cache|mnt|media)(?:\/|$)|^\/$/;
const CACHE = /(?:^|[/_.-])(?:redis|valkey|memcached|caches?|varnish)(?:[/_.:-]|$)/i;
const ENGINES: ReadonlySet<string> = new Set(['docker', 'podman', 'nerdctl']);

/** The directories in which containers that a machine starts keep data, in the order of the file. */
export const containerData: (build: ImageBuild) => readonly ContainerData[] = memo(build => {
  const found: ContainerData[] = [];
  for (const { invocation } of [...setupCommands(build), ...fileCommands(build)]) found.push(...inCommand(invocation));
  for (const { kind, settings } of configFiles(build))
    for (const one of settings ?? []) {
      const path = dataOf(volumeIn(kind, one));
      if (path !== undefined) found.push({ path, span: one.span });
    }
  return found;
});

/** A container of a database without a directory or volume for its data. */
export interface UnmountedDatabase {
  /** Of the image, without a tag. */
  readonly name: string;
  readonly span: Span;
}

/** Images of databases by the last part of their name; Redis and the like are mostly caches. */
const DATABASES =
  /^(?:postgres(?:ql)?|postgis|timescaledb|mysql|mysql-server|mariadb|percona(?:-server)?|mongo(?:db)?|couchdb|cassandra|influxdb|neo4j|clickhouse(?:-server)?|elasticsearch|opensearch)$/;

/** The databases that a machine starts in containers and gives no volume. A volume that Docker makes by itself is lost with the container. */
export const unmountedDatabases: (build: ImageBuild) => readonly UnmountedDatabase[] = memo(build => {
  const found: UnmountedDatabase[] = [];
  const add = (image: string | undefined, span: Span): void => {
    const name = image === undefined ? undefined : parseImageReference(image)?.name;
    const last = name?.split('/').pop();
    if (last !== undefined && DATABASES.test(last)) found.push({ name: last, span });
  };
  for (const { invocation } of [...setupCommands(build), ...fileCommands(build)]) {
    if (!ENGINES.has(invocation.program)) continue;
    const given = readArguments(invocation);
    if (!/^(?:container )?(?:run|create)$/.test(given.verb)) continue;
    // An option that is not known may be hidden in a variable.
    if (!given.lacks(...VOLUMES)) continue;
    const [image] = given.operands;
    if (image?.literal !== undefined) add(image.literal, invocation.script.spanOf(image));
  }
  for (const { kind, settings } of configFiles(build)) {
    if (!settings) continue;
    if (kind === 'quadlet') {
      const own = settings.filter(({ path }) => path[0] === 'Container');
      const image = own.find(({ path }) => path[1] === 'Image');
      if (image && !own.some(({ path }) => /^(?:Volume|Mount|Tmpfs|PodmanArgs)$/.test(path[1] ?? '')))
        add(image.literal, image.span);
    }
    if (kind !== 'compose') continue;
    for (const image of settings) {
      const [services, name, key] = image.path;
      if (services !== 'services' || key !== 'image' || image.path.length !== 3) continue;
      const isMounted = settings.some(
        ({ path }) =>
          path[0] === 'services' &&
          path[1] === name &&
          /^(?:volumes|volumes_from|tmpfs|extends|<<)$/.test(path[2] ?? ''),
      );
      if (!isMounted) add(image.literal, image.span);
    }
  }
  return found;
});
const VOLUMES = ['--volume', '--mount', '--volumes-from', '--tmpfs', '--pod'];

function inCommand(invocation: Invocation): ContainerData[] {
  if (!ENGINES.has(invocation.program)) return [];
  const given = readArguments(invocation);
  if (!/^(?:container )?(?:run|create)$/.test(given.verb)) return [];
  return given.values('--volume').flatMap(({ literal, word }) => {
    const path = dataOf(literal);
    return path === undefined ? [] : [{ path, span: invocation.script.spanOf(word) }];
  });
}

function volumeIn(kind: string, { path, literal }: Setting): string | undefined {
  if (kind === 'compose')
    return path.length === 4 && path[0] === 'services' && path[2] === 'volumes' ? literal : undefined;
  return kind === 'quadlet' && path[0] === 'Container' && path[1] === 'Volume' ? literal : undefined;
}

/** The directory of `SOURCE:TARGET:OPTIONS` in which data is kept. */
function dataOf(volume: string | undefined): string | undefined {
  const [source = '', target = '', options = ''] = (volume ?? '').split(':');
  if (!source.startsWith('/') || NO_DATA.test(source) || CACHE.test(source) || /\.\w{1,8}$/.test(source))
    return undefined;
  if (/(?:^|,)ro(?:,|$)/.test(options)) return undefined;
  return DATA.test(target) ? source.replace(/\/$/, '') : undefined;
}
