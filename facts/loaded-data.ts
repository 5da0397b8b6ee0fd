/** Commands that fill a database, or the directory that one keeps its data in. */
import { nameOf } from '../core/path.ts';
import type { Span } from '../core/text.ts';
import type { Invocation } from '../shell/invocations.ts';
import { readArguments } from '../shell/programs/index.ts';

export interface LoadedData {
  /** The directory that an archive is unpacked into. */
  readonly into: string | undefined;
  readonly span: Span;
}

export const DUMP = /\.(?:sql\.(?:gz|xz|bz2|zst)|dump|mysqldump|pgdump|bson|rdb|sqlite3?|bacpac)$/i;
/** Names of dumps and backups: `backup-2026-10.sql`, `dumps/shop.tar.gz`; `schema.sql` has no data. */
export const DUMPED =
  /(?:(?:^|[-_./])(?:dumps?|backups?|db-?export|pg_?dump|mysql_?dump|snapshots?|(?:prod|production|customers?|live)[-_](?:data|db))(?:[-_./]|$)|\d{4}-?\d\d(?:-?\d\d)?).{0,80}\.(?:sql|bak|db|tar|tgz|zip|(?:tar\.)?(?:gz|xz|bz2|zst))$/i;
const RESTORES =
  /^(?:pg_restore|mongorestore|createdb|cqlsh|slapadd|mysqlimport|restore-sqldatabase|restore-dbadatabase|myloader|elasticdump)$/i;
const CLIENTS = /^(?:psql|mysql|mariadb|mongosh?|sqlcmd)$/;
const CREATES = /\bcreate\s+(?:database|schema|table)\b/i;

/** What a command loads into a database, or unpacks into its directory; `undefined` for other commands. */
export function loadedData(invocation: Invocation): LoadedData | undefined {
  const { args, command, program, script } = invocation;
  const loaded: LoadedData = { into: undefined, span: script.spanOf(command) };
  if (RESTORES.test(program)) return readArguments(invocation).has('--version', '--help') ? undefined : loaded;
  const into = unpackedInto(invocation);
  if (into !== undefined) return { ...loaded, into };
  if (!CLIENTS.test(program)) return undefined;
  const said = [
    ...args.map(({ value }) => value.text),
    ...command.redirects.flatMap(({ heredoc }) => heredoc?.body.text ?? []),
  ];
  const read = [
    ...args.map(({ literal }) => literal ?? ''),
    ...command.redirects.flatMap(({ operator, target }) => (operator === '<' ? (target?.literal ?? '') : [])),
  ];
  if (read.slice(-200).some(path => isLoaded(path))) return loaded;
  const producer = command.pipeline[command.pipeline.indexOf(command) - 1];
  const fed = producer?.words.map(({ literal }) => literal ?? '') ?? [];
  if ([...read, ...fed].some(path => DUMP.test(path) || DUMPED.test(path.slice(-200)))) return loaded;
  return said.some(text => CREATES.test(text.slice(0, 20_000))) ? loaded : undefined;
}

/** A file of statements that fills a database; those about accounts and settings do not. */
function isLoaded(path: string): boolean {
  const name = nameOf(path);
  return /\.sql$/i.test(name) && /load|import|restore|dump|data|seed|populate|insert|export|fill/i.test(name);
}

/** Where servers keep what others store in them, and nothing else. */
const STATE =
  /^\/var\/lib\/(?:mysql|mariadb|postgresql|pgsql|mongodb|mongo|influxdb|couchdb|cassandra|redis|elasticsearch|opensearch|neo4j|clickhouse|prometheus|grafana|jenkins|gitea|forgejo|rabbitmq|ldap|solr|zookeeper|kafka)(?:\/(?:data|main|\d{1,2}|nodes|indices))*\/?$/;
/** Where they and applications may keep programs, too. */
const STATE_OR_PROGRAMS = /^\/(?:var\/lib|var\/opt|srv|data)\/[\w./-]{1,100}$/;
/** Names of archives with data. */
const ARCHIVE_OF_DATA =
  /(?:^|[-_.])(?:history|histories|measurements?|archived?|index|indices|dump|backup|snapshot|data|database|db|records|jenkins_home|home)(?=[-_.])[\w.-]{0,80}\.(?:tar|tgz|tbz2?|txz|zip|tar\.\w{2,4})$/i;

/** The directory with data of others that an archive is unpacked into. */
function unpackedInto(invocation: Invocation): string | undefined {
  const { command, program, args } = invocation;
  if (program !== 'tar' && program !== 'bsdtar' && program !== 'unzip') return undefined;
  const words = args.map(({ literal }) => literal ?? '');
  const to = words[words.findIndex(word => /^-C$|^-d$|^--directory$/.test(word)) + 1] ?? '';
  const flag = words.find(word => /^--directory=/.test(word))?.slice('--directory='.length);
  const into = flag ?? (words.some(word => /^-C$|^-d$|^--directory$/.test(word)) ? to : '');
  const extracts =
    program === 'unzip' ||
    words.some(
      (word, i) => /^--extract$|^-[a-zA-Z]{0,6}x/.test(word) || (i === 0 && /^[a-zA-Z]{0,6}x[a-zA-Z]{0,6}$/.test(word)),
    );
  if (!extracts || into === '') return undefined;
  if (STATE.test(into)) return into;
  const producer = command.pipeline[command.pipeline.indexOf(command) - 1];
  const from = [...words, ...(producer?.words.map(({ literal }) => literal ?? '') ?? [])];
  return STATE_OR_PROGRAMS.test(into) && from.some(path => ARCHIVE_OF_DATA.test(nameOf(path.slice(-200))))
    ? into
    : undefined;
}
