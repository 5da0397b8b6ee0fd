import type { ImageBuild, Stage } from '../../../core/build.ts';
import { nameOf } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Span } from '../../../core/text.ts';
import { DATABASE_DIRECTORY, DUMP, DUMPED, loadedData } from '../../../facts/loaded-data.ts';
import { packageInstalls } from '../../../facts/package-installs.ts';
import { makesNoMachine, saysSpecialKind } from '../../../languages/packer/images.ts';
import { stageOf } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerBuild } from '../../../languages/packer/tree.ts';
import { invocationsOfStep } from '../../../shell/invocations.ts';

export default definePackerRule({
  id: 'database-in-machine-image',
  summary: 'A machine image contains a database server or its data',
  policies: ['G11'],
  category: 'separation',
  severity: 'warning',
  preset: 'strict',
  needs: { steps: ['copy', 'run'] },
  since: '2026.11',
  *check(file, { project }, build) {
    if (project.kind === 'appliance' || project.kind === 'ci-runner' || project.kind === 'vagrant') return;
    const servers = serversByStage(build);
    for (const packerBuild of file.module.builds) {
      const stage = stageOf(build, packerBuild);
      if (!stage || makesNoMachine(packerBuild) || saysSpecialKind(file, packerBuild)) continue;
      const contents = contentsIn(stage);
      const installed = isForDatabase(packerBuild, file.path) ? [] : (servers.get(stage) ?? []);
      const [first, ...others] = contents;
      const [server, ...more] = installed;
      if (first)
        yield {
          message: first.what,
          help: 'Load the data at deploy time, into a managed database or onto a volume',
          span: first.span,
          related: others.map(({ span, what }) => ({ message: what, span })),
        };
      else if (server)
        yield {
          message: `Database server ${quoted(server.name)} in a machine image`,
          help: 'Use a managed database, or keep the data on a separate volume',
          span: server.span,
          related: more.map(({ name, span }) => ({ message: `Also: ${quoted(name)}`, span })),
        };
    }
  },
});

/** Without Redis and Memcached, which are mostly used as caches. */
const SERVER =
  /^(?:mysql(?:-community)?-server(?:-[\d.]+)?|mysql-server-core.*|default-mysql-server|mariadb(?:\d{2,4})?(?:-server)?(?:-[\d.]+)?|postgresql(?:-?\d{1,2})?(?:-server)?|mongodb(?:-org)?(?:-server)?|percona-server-server.*|couchdb|cassandra|influxdb2?|mssql-server|neo4j)$/;

/** Packages of the clients: the server of these is `postgresql16-server`. `mariadb` of openSUSE is the server. https://docs.fedoraproject.org/en-US/quick-docs/postgresql/ */
const RPM_CLIENT = /^(?:postgresql\d{0,2}|mariadb(?:\d{2,4})?)$/;
const RPM_MANAGERS: ReadonlySet<string> = new Set(['yum', 'dnf', 'microdnf', 'tdnf']);

function isClient(name: string, manager: string): boolean {
  if (manager === 'zypper') return /^postgresql\d{0,2}$/.test(name);
  return RPM_MANAGERS.has(manager) && RPM_CLIENT.test(name);
}

interface Server {
  readonly name: string;
  readonly span: Span;
}

function serversByStage(build: ImageBuild): ReadonlyMap<Stage, readonly Server[]> {
  const servers = new Map<Stage, Server[]>();
  for (const { manager, packages, stage } of packageInstalls(build))
    for (const { name, span } of packages) {
      if (name === undefined || !SERVER.test(name) || isClient(name, manager)) continue;
      const list = servers.get(stage);
      if (list) list.push({ name, span });
      else servers.set(stage, [{ name, span }]);
    }
  return servers;
}

/** An image for the database itself: where its data is stored is decided when it is started. */
const FOR_DATABASE =
  /postgres|mysql|mariadb|mongo|database|percona|cassandra|influx|neo4j|mssql|couch|(?:^|[-_/.])db(?:[-_/.]|$)/i;

function isForDatabase({ description, name, sources }: PackerBuild, path = ''): boolean {
  const said = [name?.byDefault, description?.byDefault, ...sources.map(source => source.name)];
  const directories = path.split('/').slice(-3).join('/');
  return FOR_DATABASE.test(directories) || said.some(text => typeof text === 'string' && FOR_DATABASE.test(text));
}

interface Contents {
  /** A message: "Dump `shop.sql.gz` is copied into the machine image". */
  readonly what: string;
  readonly span: Span;
}

/** What users of an application have stored. */
const USER_DATA = /(?:^|\/)(?:uploads|attachments|customer[-_]?data|user[-_]?uploads|userfiles)\/?$/i;

/** What an upload is when it is data; `undefined` for anything else. */
function dataIn(path: string, to: string): string | undefined {
  const name = nameOf(path.replace(/(?<!\/)\/+$/, ''));
  if (DUMP.test(name) || DUMPED.test(path.slice(-200))) return `Dump ${quoted(name)}`;
  if (USER_DATA.test(path)) return `User data ${quoted(name)}`;
  const isSetting = /\.(?:conf|cnf|ini|ya?ml|sh|service)$/.test(name);
  return DATABASE_DIRECTORY.test(to) && !isSetting ? `Database file ${quoted(name)}` : undefined;
}

function contentsIn(stage: Stage): Contents[] {
  return stage.steps.flatMap((step): Contents[] => {
    if (step.kind === 'copy' && step.origin === 'context')
      return step.sources.flatMap(value => {
        const what = dataIn(value.literal ?? value.byDefault ?? '', step.to?.byDefault ?? '');
        return what === undefined ? [] : [{ what: `${what} is copied into the machine image`, span: value.span }];
      });
    if (step.kind !== 'run' || step.phase !== 'build') return [];
    return invocationsOfStep(step).flatMap(invocation => {
      const loaded = loadedData(invocation);
      if (!loaded) return [];
      const { into, span } = loaded;
      return [
        {
          what:
            into === undefined
              ? `\`${invocation.program}\` creates database contents in the machine image`
              : `\`${invocation.program}\` puts data into ${quoted(into)} of the machine image`,
          span,
        },
      ];
    });
  });
}
