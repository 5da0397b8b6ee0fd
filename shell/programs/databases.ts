/**
 * Clients of databases and directories: mariadb(1), mariadb-admin(1), mariadb-dump(1) and MySQL's of the same options, psql(1),
 * redis-cli, https://redis.io/docs/latest/develop/tools/cli/, https://www.mongodb.com/docs/mongodb-shell/,
 * https://learn.microsoft.com/sql/tools/sqlcmd/, ldapsearch(1), rabbitmqctl(8), https://etcd.io/docs
 */
import type { Program } from './grammar.ts';

/** Of `-p` only what is attached is the password. */
const MYSQL_COMMON = `
  -?,--help  --character-sets-dir=FOLDER  -C,--compress  --connect-timeout=SECONDS  -#,--debug[=OPTIONS]
  --default-auth=NAME  --default-character-set=NAME  --defaults-extra-file=FILE  --defaults-file=FILE
  --defaults-group-suffix=TEXT  -f,--force  -h,--host=HOST  --no-defaults  -p,--password[=PASSWORD]  -W,--pipe
  --plugin-dir=FOLDER  -P,--port=PORT  --print-defaults  --protocol=PROTOCOL  -S,--socket=FILE  --ssl  --ssl-ca=FILE
  --ssl-capath=FOLDER  --ssl-cert=FILE  --ssl-cipher=LIST  --ssl-key=FILE  --ssl-crl=FILE  --ssl-crlpath=FOLDER
  --ssl-mode=MODE  --ssl-verify-server-cert  --tls-version=NAMES  -u,--user=USER  -v,--verbose  -V,--version
`;
const MYSQL: Program = {
  names: ['mysql', 'mariadb'],
  abbreviates: true,
  options: `
    ${MYSQL_COMMON} -I  --auto-rehash  -B,--batch  --binary-mode  -m,--column-type-info  -c,--comments
    -D,--database=NAME  --delimiter=TEXT  -e,--execute=STATEMENT  -H,--html  -i,--ignore-spaces
    --init-command=STATEMENT  --local-infile[=BOOL]  --max-allowed-packet=N  --max-join-size=N  -G,--named-commands
    --net-buffer-length=N  -A,--no-auto-rehash  -b,--no-beep  -o,--one-database  --pager[=COMMAND]  --prompt=FORMAT
    -q,--quick  -r,--raw  --reconnect  -U,--safe-updates  --select-limit=N  --server-arg=NAME  --show-warnings
    -s,--silent  -N,--skip-column-names  -L,--skip-line-numbers  -t,--table  --tee=FILE  -n,--unbuffered
    -E,--vertical  -w,--wait  -X,--xml  -T,--debug-info
  `,
};
const MYSQL_ADMIN: Program = {
  names: ['mysqladmin', 'mariadb-admin'],
  abbreviates: true,
  options: `
    ${MYSQL_COMMON} -c,--count=N  -l,--local  -b,--no-beep  -r,--relative  -s,--silent  -i,--sleep=SECONDS
    -E,--vertical  -w,--wait[=N]  --shutdown-timeout=SECONDS
  `,
};
const MYSQL_DUMP: Program = {
  names: ['mysqldump', 'mariadb-dump', 'mysqlimport', 'mariadb-import'],
  abbreviates: true,
  options: `
    ${MYSQL_COMMON} -A,--all-databases  -Y,--all-tablespaces  -i,--comments  --compatible=NAME  -c,--complete-insert
    -a,--create-options  -B,--databases  -K,--disable-keys  --dump-slave[=N]  -E,--events  -e,--extended-insert
    --fields-terminated-by=TEXT  --fields-enclosed-by=TEXT  --fields-optionally-enclosed-by=TEXT
    --fields-escaped-by=TEXT  -F,--flush-logs  --ignore-table=TABLE  --lines-terminated-by=TEXT  -x,--lock-all-tables
    -l,--lock-tables  --log-error=FILE  --master-data[=N]  --max-allowed-packet=N  --net-buffer-length=N
    -n,--no-create-db  -t,--no-create-info  -d,--no-data  -N,--no-set-names  -q,--quick  -Q,--quote-names
    -r,--result-file=FILE  -R,--routines  --single-transaction  -T,--tab=FOLDER  --tables  --triggers
    -w,--where=CONDITION  -X,--xml  --columns=LIST  -L,--local  --ignore-lines=N  -D,--delete  -s,--silent
    --use-threads=N
  `,
};

const PSQL: Program = {
  names: ['psql'],
  abbreviates: true,
  options: `
    -a,--echo-all  -A,--no-align  -b,--echo-errors  -c,--command=COMMAND  --csv  -d,--dbname=NAME  -e,--echo-queries
    -E,--echo-hidden  -f,--file=FILE  -F,--field-separator=TEXT  -h,--host=HOST  -H,--html  -l,--list
    -L,--log-file=FILE  -n,--no-readline  -o,--output=FILE  -p,--port=PORT  -P,--pset=SETTING  -q,--quiet
    -R,--record-separator=TEXT  -s,--single-step  -S,--single-line  -t,--tuples-only  -T,--table-attr=TEXT
    -U,--username=USER  -v,--set,--variable=SETTING  -V,--version  -w,--no-password  -W,--password  -x,--expanded
    -X,--no-psqlrc  -z,--field-separator-zero  -0,--record-separator-zero  -1,--single-transaction  -?,--help[=TOPIC]
  `,
};

const REDIS_CLI: Program = {
  names: ['redis-cli', 'valkey-cli'],
  stopsAtOperand: true,
  options: `
    -h=HOST  -p=PORT  -s=FILE  -a,--pass=PASSWORD  --user=USER  --askpass  -u=URI  -r=N  -i=SECONDS  -n=N  -2  -3  -x
    -X=TAG  -d=TEXT  -D=TEXT  -c  -e  -t=SECONDS  --tls  --sni=HOST  --cacert=FILE  --cacertdir=FOLDER  --cert=FILE
    --key=FILE  --insecure  --raw  --no-raw  --csv  --json  --eval=FILE  --rdb=FILE  --functions-rdb=FILE
    --pattern=PATTERN  --pipe  --pipe-timeout=N  --no-auth-warning  --cluster=COMMAND  --verbose  --help  --version
  `,
};

const MONGO: Program = {
  names: ['mongosh', 'mongo', 'mongodump', 'mongorestore', 'mongoimport', 'mongoexport'],
  shortEquals: true,
  options: `
    -u,--username=USER  -p,--password=PASSWORD  -h,--host=HOST  --port=PORT  --uri=URI  --authenticationDatabase=NAME
    --authenticationMechanism=NAME  -d,--db=NAME  -c,--collection=NAME  -o,--out=PATH  -q,--query=QUERY  --file=FILE
    --type=TYPE  --archive[=FILE]  --gzip  --drop  --eval=CODE  -f,--fields=LIST  --quiet  --tls  --ssl
    --tlsCAFile,--sslCAFile=FILE  --tlsCertificateKeyFile,--sslPEMKeyFile=FILE  --norc  --nodb  --jsonArray
    -v,--verbose  --dir=FOLDER  --nsInclude=PATTERN  --nsExclude=PATTERN  --headerline  --mode=MODE
    --apiVersion=VERSION
  `,
};

const SQLCMD: Program = {
  names: ['sqlcmd'],
  options: `
    -S=SERVER  -U=USER  -P=PASSWORD  -d=DATABASE  -i=FILES  -o=FILE  -Q=QUERY  -q=QUERY  -l=SECONDS  -t=SECONDS  -h=N
    -s=TEXT  -w=N  -a=N  -r[=N]  -v=SETTING  -b  -C  -E  -e  -I  -N[=MODE]  -m=N  -V=N  -W  -x  -X  -k  -K=INTENT
    -H=HOST  -M  -g  -f=CODEPAGE  -c=TEXT  -y=N  -Y=N  -z=PASSWORD  -Z=PASSWORD
  `,
};

const LDAP_COMMON = `
  -d=LEVEL  -n  -v  -c  -x  -D=NAME  -W  -w=PASSWORD  -y=FILE  -H=URI  -h=HOST  -p=PORT  -P=VERSION  -e=EXTENSION
  -E=EXTENSION  -o=OPTION  -O=PROPERTIES  -I  -Q  -N  -U=NAME  -R=REALM  -X=NAME  -Y=MECHANISM  -Z  -V  -M  -f=FILE
`;
const LDAPSEARCH: Program = {
  names: ['ldapsearch'],
  options: `
    ${LDAP_COMMON} -u  -t  -T=FOLDER  -F=PREFIX  -A  -L  -S=ATTRIBUTE  -b=BASE  -s=SCOPE  -a=MODE  -l=SECONDS  -z=N
  `,
};
const LDAPMODIFY: Program = {
  names: ['ldapmodify', 'ldapadd', 'ldapdelete', 'ldapwhoami'],
  options: `${LDAP_COMMON} -a  -S=FILE  -r  -s=PASSWORD  -A`,
};

const RABBITMQCTL: Program = {
  names: ['rabbitmqctl'],
  everywhere: `
    -n,--node=NODE  -q,--quiet  -s,--silent  --no-table-headers  --dry-run  -t,--timeout=SECONDS  -l,--longnames
    --erlang-cookie=COOKIE  -p,--vhost=NAME  --formatter=NAME
  `,
  subcommands: {},
};

const ETCDCTL: Program = {
  names: ['etcdctl'],
  shortEquals: true,
  everywhere: `
    --endpoints=LIST  --cacert=FILE  --cert=FILE  --key=FILE  --user=USER  --password=PASSWORD  --dial-timeout=TIME
    --command-timeout=TIME  -w,--write-out=FORMAT  --hex  --debug  --insecure-skip-tls-verify  --insecure-transport
  `,
  subcommands: { put: { options: '--lease=ID  --prev-kv  --ignore-value  --ignore-lease' } },
};

export const DATABASES: readonly Program[] = [
  ...[MYSQL, MYSQL_ADMIN, MYSQL_DUMP, PSQL, REDIS_CLI, MONGO, SQLCMD, LDAPSEARCH, LDAPMODIFY, RABBITMQCTL, ETCDCTL],
];
