/** Commands that fill a database, or the directory that one keeps its data in. */
import { nameOf } from '../core/path.ts';
import type { Span } from '../core/text.ts';
import type { Invocation } from '../shell/invocations.ts';
import { readArguments } from '../shell/programs/index.ts';

export interface LoadedData {
  /** The directory that an archive is unpacked into. */
  readonly into: string | undefined;
  /** The file of statements that is run. */
  readonly from?: string;
  /** A database or table is made, and nothing is put into it. */
  readonly isEmpty?: true;
  readonly span: Span;
}

export const DUMP = /\.(?:sql\.(?:gz|xz|bz2|zst)|dump|mysqldump|pgdump|bson|rdb|sqlite3?|bacpac)$/i;
/** Names of dumps and backups: `backup-2026-10.sql`, `dumps/shop.tar.gz`; `schema.sql` has no data. */
export const DUMPED =
  /(?:(?:^|[-_./])(?:dumps?|backups?|db-?export|pg_?dump|mysql_?dump|snapshots?|(?:prod|production|customers?|live)[-_](?:data|db))(?:[-_./]|$)|\d{4}-?\d\d(?:-?\d\d)?).{0,80}\.(?:sql|bak|db|tar|tgz|zip|(?:tar\.)?(?:gz|xz|bz2|zst))$/i;
const RESTORES =
  /^(?:pg_restore|mongorestore|cqlsh|slapadd|mysqlimport|restore-sqldatabase|restore-dbadatabase|myloader|elasticdump)$/i;
const CLIENTS = /^(?:psql|mysql|mariadb|mongosh?|sqlcmd)$/;
const CREATES = /\bcreate\s+(?:database|schema|table)\b/i;

/** What a command loads into a database, or unpacks into its directory; `undefined` for other commands. */
export function loadedData(invocation: Invocation): LoadedData | undefined {
  const { args, command, program, script } = invocation;
  const loaded: LoadedData = { into: undefined, span: script.spanOf(command) };
  if (program === 'createdb') return isOnlyAsked(invocation) ? undefined : { ...loaded, isEmpty: true };
  if (RESTORES.test(program)) return isOnlyAsked(invocation) || lists(invocation) ? undefined : loaded;
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
  const from = read.slice(-200).find(path => isLoaded(path));
  if (from !== undefined) return { ...loaded, from };
  const producer = command.pipeline[command.pipeline.indexOf(command) - 1];
  const fed = producer?.words.map(({ literal }) => literal ?? '') ?? [];
  if ([...read, ...fed].some(path => DUMP.test(path) || DUMPED.test(path.slice(-200)))) return loaded;
  return said.some(text => CREATES.test(text.slice(0, 20_000))) ? { ...loaded, isEmpty: true } : undefined;
}

const isOnlyAsked = (invocation: Invocation): boolean => readArguments(invocation).has('--version', '--help');

/** `pg_restore --list` shows what an archive has. */
function lists({ args, program }: Invocation): boolean {
  return program === 'pg_restore' && args.some(({ literal }) => /^(?:-l|--list|-s|--schema-only)$/.test(literal ?? ''));
}

/** A file of statements that fills a database; those about accounts and settings do not. */
function isLoaded(path: string): boolean {
  const name = nameOf(path);
  return /\.sql$/i.test(name) && /load|import|restore|dump|data|seed|populate|insert|export|fill/i.test(name);
}

/** In `/var/lib`; that of Neo4j is its program's directory. */
const DATABASES =
  'mysql|mariadb|postgresql|pgsql|mongodb|mongo|redis|cassandra|couchdb|influxdb2?|elasticsearch|opensearch|neo4j/data|clickhouse';
/** Directories in which databases store their data, and what is below. */
export const DATABASE_DIRECTORY = new RegExp(`^/(?:var/lib/(?:${DATABASES})|var/opt/mssql|data/db)(?:/|$)`);
/** Where servers keep what others store in them, and nothing else. */
const STATE = new RegExp(
  `^/var/lib/(?:${DATABASES}|prometheus|grafana|jenkins|gitea|forgejo|rabbitmq|ldap|solr|zookeeper|kafka)(?:/(?:data|main|\\d{1,2}|nodes|indices))*/?$`,
);
/** Where they and applications may keep programs, too. */
const STATE_OR_PROGRAMS = /^\/(?:var\/lib|var\/opt|srv|data)\/[\w./-]{1,100}$/;
/** Names of archives with data. */
const ARCHIVE_OF_DATA =
  /(?:^|[-_.])(?:history|histories|measurements?|archived?|index|indices|dump|backup|snapshot|data|database|db|records|jenkins_home|home)(?=[-_.])[\w.-]{0,80}\.(?:tar|tgz|tbz2?|txz|zip|tar\.\w{2,4})$/i;

/** What servers keep beside the data. */
const EXTENSIONS = /(?:^|[-_.])(?:plugins?|extensions?|themes?|modules?|dashboards?|provisioning)(?=[-_.]|$)/i;
/** The servers that have any. */
const HAS_EXTENSIONS = /grafana|jenkins|elasticsearch|opensearch|neo4j|gitea|nexus|sonar/i;

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
  const producer = command.pipeline[command.pipeline.indexOf(command) - 1];
  const from = [...words, ...(producer?.words.map(({ literal }) => literal ?? '') ?? [])];
  const isExtension = HAS_EXTENSIONS.test(into) && from.some(word => EXTENSIONS.test(nameOf(word.slice(-200))));
  if (STATE.test(into)) return isExtension ? undefined : into;
  return STATE_OR_PROGRAMS.test(into) && from.some(path => ARCHIVE_OF_DATA.test(nameOf(path.slice(-200))))
    ? into
    : undefined;
}
