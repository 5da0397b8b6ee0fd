import type { Value } from '../../../core/build.ts';
import { shippedStages } from '../../../languages/dockerfile/layers.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

/** Backups and the files of databases, by what the programs call them. */
const FILES = /\.(?:dump|bak|sql\.(?:gz|bz2|xz|zst|zip)|pg_?dump|rdb|mdf|ldf|ibd|frm|sqlite3?-(?:wal|shm|journal))$/i;
/** Where databases keep their data. */
const FOLDERS =
  /^\/(?:var\/lib\/(?:mysql|mariadb|postgresql|pgsql|mongodb|mongo|redis|cassandra|couchdb|influxdb2?|elasticsearch|neo4j)|var\/opt\/mssql|data\/db)(?:\/|$)/;
const SETTINGS =
  /\.(?:conf|cnf|sh|sql|ya?ml|json|toml|properties|ini|jar|crt|key|pem|hba)$|(?:^|\/)\.\w*(?:rc|profile)$/i;

export default defineDockerfileRule({
  id: 'database-copied',
  summary: 'Data of a database is copied into the image',
  policies: ['G11'],
  category: 'separation',
  severity: 'warning',
  preset: 'strict',
  since: '2026.11',
  *check(file, { project }) {
    for (const stage of shippedStages(file, project.targets))
      for (const instruction of stage.instructions) {
        if (instruction.kind !== 'copy' && instruction.kind !== 'add') continue;
        const to = instruction.destination?.literal ?? '';
        // What seeds an empty database at its first start is made for that.
        if (/initdb|seed|test|fixture|sample/.test(to)) continue;
        for (const source of instruction.sources) {
          if (!isData(source, to)) continue;
          yield {
            message:
              'This puts data of a database into the image: it is old from the first day, everybody who has the image has it, and an image is no backup.',
            span: source.span,
          };
        }
      }
  },
});

function isData({ literal }: Value, to: string): boolean {
  if (literal === undefined || /test|fixture|sample|seed|example/i.test(literal)) return false;
  if (FILES.test(literal)) return true;
  return FOLDERS.test(to) && !SETTINGS.test(literal) && !SETTINGS.test(to) && /data|backup|dump|db|\/$/.test(literal);
}
