import type { ImageBuild, Stage } from '../../../core/build.ts';
import { nameOf } from '../../../core/path.ts';
import type { Span } from '../../../core/text.ts';
import { packageInstalls } from '../../../facts/package-installs.ts';
import { saysSpecialKind } from '../../../languages/packer/images.ts';
import { stageOf } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerBuild } from '../../../languages/packer/tree.ts';
import { type Invocation, invocationsOfStep } from '../../../shell/invocations.ts';

export default definePackerRule({
  id: 'database-in-machine-image',
  summary: 'A database or its contents are part of the machine image',
  policies: ['G11'],
  category: 'separation',
  severity: 'warning',
  preset: 'strict',
  since: '2026.11',
  *check(file, { project }, build) {
    if (project.kind === 'appliance' || project.kind === 'ci-runner' || project.kind === 'vagrant') return;
    const servers = serversByStage(build);
    for (const packerBuild of file.module.builds) {
      const stage = stageOf(build, packerBuild);
      if (!stage || isContainer(packerBuild) || saysSpecialKind(file, packerBuild)) continue;
      const contents = contentsIn(stage);
      const installed = isForDatabase(packerBuild, file.path) ? [] : (servers.get(stage) ?? []);
      const [first, ...others] = contents;
      const [server, ...more] = installed;
      if (first)
        yield {
          message: `${first.what}, so each machine starts with a copy of data that is old from then on; an image is no backup.`,
          span: first.span,
          related: others.map(({ span }) => ({ message: 'More of it.', span })),
        };
      else if (server)
        yield {
          message: `\`${server.name}\` is part of the machine image, so its data lies on a disk that goes away with each machine that is replaced.`,
          span: server.span,
          related: more.map(({ name, span }) => ({ message: `And \`${name}\`.`, span })),
        };
    }
  },
});

/** Redis and Memcached are left out: they are caches more often than not. */
const SERVER =
  /^(?:mysql(?:-community)?-server(?:-[\d.]+)?|mysql-server-core.*|default-mysql-server|mariadb(?:-server)?(?:-[\d.]+)?|postgresql(?:-?\d{1,2})?(?:-server)?|mongodb(?:-org)?(?:-server)?|percona-server-server.*|couchdb|cassandra|influxdb2?|mssql-server|neo4j)$/;

interface Server {
  readonly name: string;
  readonly span: Span;
}

function serversByStage(build: ImageBuild): ReadonlyMap<Stage, readonly Server[]> {
  const servers = new Map<Stage, Server[]>();
  for (const { packages, stage } of packageInstalls(build))
    for (const { name, span } of packages) {
      if (name === undefined || !SERVER.test(name)) continue;
      const list = servers.get(stage);
      if (list) list.push({ name, span });
      else servers.set(stage, [{ name, span }]);
    }
  return servers;
}

/** An image whose purpose is the database: where its data lies is decided when it is started. */
const FOR_DATABASE =
  /postgres|mysql|mariadb|mongo|database|percona|cassandra|influx|neo4j|mssql|couch|(?:^|[-_/.])db(?:[-_/.]|$)/i;

function isForDatabase({ description, name, sources }: PackerBuild, path = ''): boolean {
  const said = [name?.byDefault, description?.byDefault, ...sources.map(source => source.name)];
  const folders = path.split('/').slice(-3).join('/');
  return FOR_DATABASE.test(folders) || said.some(text => typeof text === 'string' && FOR_DATABASE.test(text));
}

function isContainer({ sources }: PackerBuild): boolean {
  return (
    sources.length > 0 && sources.every(({ facts }) => facts?.produces === 'container' || facts?.produces === 'none')
  );
}

interface Contents {
  readonly what: string;
  readonly span: Span;
}

const DUMP = /\.(?:sql\.(?:gz|xz|bz2|zst)|dump|mysqldump|pgdump|bson|rdb)$/i;

function contentsIn(stage: Stage): Contents[] {
  return stage.steps.flatMap((step): Contents[] => {
    if (step.kind === 'copy' && step.origin === 'context')
      return step.sources.flatMap(value => {
        const name = nameOf(value.literal ?? value.byDefault ?? '');
        return DUMP.test(name) ? [{ what: `The dump \`${name}\` is put into the image`, span: value.span }] : [];
      });
    if (step.kind !== 'run' || step.phase !== 'build') return [];
    return invocationsOfStep(step).flatMap(ofCommand);
  });
}

const RESTORES = /^(?:pg_restore|mongorestore|createdb|cqlsh)$/;
const CLIENTS = /^(?:psql|mysql|mariadb|mongosh?|sqlcmd)$/;
const CREATES = /\bcreate\s+(?:database|schema|table)\b/i;

function ofCommand({ args, command, program, script }: Invocation): Contents[] {
  const what = `\`${program}\` fills a database while the image is built`;
  const span = script.spanOf(command);
  if (RESTORES.test(program))
    return args.some(({ literal }) => literal === '--version' || literal === '--help') ? [] : [{ what, span }];
  if (!CLIENTS.test(program)) return [];
  const said = [
    ...args.map(({ value }) => value.text),
    ...command.redirects.flatMap(({ heredoc }) => heredoc?.body.text ?? []),
  ];
  return said.some(text => CREATES.test(text.slice(0, 20_000))) ? [{ what, span }] : [];
}
