import type { ImageBuild, Stage, Value } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { nameOf } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Word } from '../../../core/shell-tree.ts';
import { DATABASE_DIRECTORY, loadedData } from '../../../facts/loaded-data.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import { instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { dockerStagesOf } from '../../../languages/dockerfile/step-instruction.ts';

/** Backups, database files and columns of data, by the endings that the programs use. */
const FILES =
  /\.(?:dump|bak|sql\.(?:gz|bz2|xz|zst|zip)|pg_?dump|bson(?:\.gz)?|rdb|aof|mdf|ldf|ibd|frm|myd|myi|accdb|mdb|archive\.gz|parquet|feather|sas7bdat|sqlite3?(?:-(?:wal|shm|journal))?|db3)$/i;
const SETTINGS =
  /\.(?:conf|cnf|sh|sql|ya?ml|json|toml|properties|ini|jar|crt|key|pem|hba)$|(?:^|\/)\.\w*(?:rc|profile)$/i;
/** Directories for the first start of an empty database, which are meant for schemas and seeds. */
const FIRST_START = /initdb|seed|test|fixture|sample/;
/** What is data of somebody even there: a dump or backup by a word of its path, or a date in its name. */
const TAKEN =
  /(?:^|[/._-])(?:dumps?|backups?|bkp|snapshots?|exports?|prod|production|live|customers?)(?=$|[/._-])|20\d\d-?[01]\d/i;
const MADE_UP = /test|fixture|sample|seed|example|demo|mock|schema|structure|empty|init\b/i;

export default defineDockerfileRule({
  id: 'database-copied',
  summary: 'A database dump, backup or data file is copied into the image',
  policies: ['G11'],
  category: 'separation',
  severity: 'warning',
  preset: 'strict',
  needs: { instructions: ['COPY', 'ADD'], steps: ['run'] },
  since: '2026.11',
  *check(_, { project }, build) {
    for (const stage of dockerStagesOf(build, shippedStages(build, project.targets)))
      for (const instruction of instructionsOf(stage)) {
        if (instruction.kind !== 'copy' && instruction.kind !== 'add') continue;
        const to = instruction.destination?.literal ?? '';
        for (const source of instruction.sources) {
          if (!isData(source, to)) continue;
          yield {
            message: `${/\.(?:parquet|feather|sas7bdat)$/i.test(source.literal ?? '') ? 'Data set' : 'Database file'} is copied into the image: ${quoted(source.literal ?? '')}`,
            help: 'Mount a volume, or restore a backup when the container starts',
            span: source.span,
          };
        }
      }
    yield* loaded(build, shippedStages(build, project.targets));
    yield* dumped(build);
  },
});

/** What commands of the build load into a database of the image. */
function* loaded(build: ImageBuild, shipped: ReadonlySet<Stage>): Generator<Finding> {
  for (const { invocation, stage, step } of setupCommands(build)) {
    if (!shipped.has(stage) || step.kind !== 'run') continue;
    const data = loadedData(invocation);
    if (!data || data.isEmpty || isForTrials(data.from) || OF_APPLICATIONS.test(data.into ?? '')) continue;
    yield {
      message:
        data.into === undefined
          ? `${quoted(invocation.program)} loads the contents of a database into the image`
          : `${quoted(invocation.program)} puts data into ${quoted(data.into)} of the image`,
      help: 'Mount a volume, or restore a backup when the container starts',
      span: data.span,
    };
    return;
  }
}

/** Where the files of an application are as well as its data. */
const OF_APPLICATIONS = /^\/(?:srv|data)(?:\/|$)/;

function isForTrials(path: string | undefined): boolean {
  return path !== undefined && MADE_UP.test(path) && !isOfAYear(nameOf(path));
}

/** pg_dump(1), pg_dumpall(1), mysqldump(1). */
const SCHEMA_ALONE: Readonly<Record<string, RegExp>> = {
  pg_dump: /^(?:--schema-only|-[OxcvC]{0,5}s[OxcvC]{0,5})$/,
  pg_dumpall: /^(?:--(?:schema|globals|roles|tablespaces)-only|-[Oxcv]{0,5}[sgrt][Oxcv]{0,5})$/,
  mysqldump: /^(?:--no-data|-d)$/,
  'mariadb-dump': /^(?:--no-data|-d)$/,
};

/** Whether a dump has no contents. */
function isOfSchema(program: string, args: readonly Word[]): boolean {
  const schema = Object.hasOwn(SCHEMA_ALONE, program) ? SCHEMA_ALONE[program]! : undefined;
  return schema !== undefined && args.some(({ literal }) => schema.test(literal ?? ''));
}

/** Programs that read a whole database of another machine. */
const DUMPERS: ReadonlySet<string> = new Set([
  'pg_dump',
  'pg_dumpall',
  'pg_basebackup',
  'mysqldump',
  'mariadb-dump',
  'mongodump',
]);

function* dumped(build: ImageBuild): Generator<Finding> {
  for (const { invocation, step } of setupCommands(build)) {
    const { args, program, programWord, script } = invocation;
    if (
      step.kind !== 'run' ||
      !DUMPERS.has(program) ||
      isOfSchema(program, args) ||
      args.every(({ literal }) => /^(?:-V|--version|--help)$/.test(literal ?? ''))
    )
      continue;
    yield {
      message: `${quoted(program)} reads a database during the build`,
      help: 'Restore a backup when the container starts, and make data for tests up',
      span: script.spanOf(programWord),
    };
    return;
  }
}

/** A backup with a year in its name holds what was there then, wherever it is kept: `fixtures/orders-2025.dump`. */
const isOfAYear = (name: string): boolean =>
  /(?:^|[^\d])20[0-4]\d(?!\d)/.test(name) &&
  /\.(?:dump|bak|pg_?dump|sql\.(?:gz|bz2|xz|zst|zip))$/i.test(name) &&
  !MADE_UP.test(name);

function isData({ literal }: Value, to: string): boolean {
  if (literal === undefined || (MADE_UP.test(literal) && !isOfAYear(nameOf(literal)))) return false;
  if (/initdb/.test(to))
    return TAKEN.test(literal) && (FILES.test(literal) || /\.sql$|\/$|^[^.]*$/i.test(nameOf(literal)));
  if (FIRST_START.test(to)) return false;
  if (FILES.test(literal)) return true;
  // A dump is plain SQL too; what has no such word may be a schema.
  if (/\.sql$/i.test(literal) && /(?:^|[/._-])(?:dumps?|backups?|bkp)(?=$|[/._-])/i.test(literal)) return true;
  return (
    DATABASE_DIRECTORY.test(to) &&
    !SETTINGS.test(literal) &&
    !SETTINGS.test(to) &&
    /data|backup|dump|db|\/$/.test(literal)
  );
}
