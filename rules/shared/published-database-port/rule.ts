import type { ImageBuild } from '../../../core/build.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { configFiles } from '../../../facts/config-files.ts';
import { FILE_WRITE_NEEDS } from '../../../facts/file-writes.ts';
import { CONTAINER_ENGINES, startedContainers } from '../../../facts/started-containers.ts';

/** The ports that databases listen on, by their documentation, and whose they are. */
const DATABASES: ReadonlyMap<number, string> = new Map([
  [1433, 'SQL Server'],
  [1521, 'Oracle Database'],
  [3306, 'MySQL'],
  [5432, 'PostgreSQL'],
  [5984, 'CouchDB'],
  [6379, 'Redis'],
  [9042, 'Cassandra'],
  [9200, 'Elasticsearch'],
  [11211, 'Memcached'],
  [26257, 'CockroachDB'],
  [27017, 'MongoDB'],
]);

export default defineBuildRule({
  id: 'published-database-port',
  summary: 'A container publishes a database port on all addresses',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  languages: ['packer', 'cloud-init'],
  needs: { steps: FILE_WRITE_NEEDS.steps!, programs: [...FILE_WRITE_NEEDS.programs!, ...CONTAINER_ENGINES] },
  since: '2026.11',
  *check(build) {
    if (bindsToItself(build)) return;
    for (const { ports } of startedContainers(build))
      for (const { address, port, span } of ports) {
        const name = DATABASES.get(port);
        if (name === undefined || !isEvery(address)) continue;
        yield {
          message: `${name} port ${port} is published on every address of the machine`,
          help: `Publish it on \`127.0.0.1\` or a private address: \`127.0.0.1:${port}:${port}\``,
          span,
        };
      }
  },
});

function isEvery(address: string | undefined): boolean {
  return address === undefined || /^(?:0\.0\.0\.0|\[?::\]?)$/.test(address);
}

/** `ip` of daemon.json is the address of ports that name none. */
function bindsToItself(build: ImageBuild): boolean {
  return configFiles(build).some(
    ({ kind, settings }) =>
      kind === 'docker-daemon' &&
      (settings?.some(({ path, literal }) => path[0] === 'ip' && !isEvery(literal)) ?? true),
  );
}
