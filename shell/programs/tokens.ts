/**
 * Clients that take a credential in a short option, of which no more than that and its neighbors is known here:
 * https://fly.io/docs/flyctl/, https://learn.microsoft.com/dotnet/core/tools/dotnet-nuget-add-source, https://mosquitto.org/man/,
 * https://lftp.yar.ru/lftp-man.html, doveadm-pw(1), snmpcmd(1), https://caddyserver.com/docs/command-line, https://www.samba.org/samba/docs/current/man-html/smbclient.1.html, mosquitto_passwd(1), mkpasswd(1), dscl(1), iscsiadm(8),
 * https://learn.microsoft.com/sysinternals/downloads/psexec,
 * https://docs.influxdata.com/influxdb/v2/reference/cli/influx/, https://cassandra.apache.org/doc/latest/cassandra/managing/tools/cqlsh.html
 */
import type { Program } from './grammar.ts';

const program = (names: readonly string[], everywhere: string, subcommands: Program['subcommands'] = {}): Program => ({
  names,
  everywhere,
  subcommands,
});
const flat = (names: readonly string[], options: string): Program => ({ names, options });

export const PSEXEC: Program = flat(
  ['psexec', 'psexec64'],
  '-p=PASSWORD  -u=USER  -w=FOLDER  -n=SECONDS  -r=NAME  -a=PROCESSORS  -s  -h  -d  -c  -f',
);

export const TOKENS: readonly Program[] = [
  program(['flyctl', 'fly'], '-t,--access-token=TOKEN  -a,--app=NAME  -c,--config=FILE  -o,--org=NAME  --verbose'),
  program(['glab'], '-t,--token=TOKEN  -h,--hostname=HOST  -R,--repo=NAME', { auth: { subcommands: { login: {} } } }),
  program(['cf'], '-p=PASSWORD  -u=USER  -a=URL  -o=NAME  -s=NAME  --sso  --skip-ssl-validation', {
    login: {},
    auth: {},
  }),
  program(['vercel'], '-t,--token=TOKEN  -y,--yes  -S,--scope=NAME  -A,--local-config=FILE  --prod'),
  flat(['SUSEConnect'], '-r,--regcode=CODE  -e,--email=EMAIL  -p,--product=NAME  --url=URL'),
  flat(
    ['ipa-client-install'],
    '-w,--password=PASSWORD  -p,--principal=NAME  -U,--unattended  --domain=NAME  --server=HOST',
  ),
  flat(['slappasswd'], '-s=SECRET  -h=SCHEME  -T=FILE  -c=FORMAT  -n  -v'),
  flat(
    ['smbclient'],
    '-U,--user=USER  -c,--command=COMMANDS  -A,--authentication-file=FILE  -N,--no-pass  -W,--workgroup=NAME',
  ),
  flat(
    ['mosquitto_pub', 'mosquitto_sub'],
    '-P,--pw=PASSWORD  -u,--username=USER  -h,--host=HOST  -p,--port=PORT  -t,--topic=TOPIC  -m,--message=TEXT',
  ),
  flat(['lftp'], '-u,--user=USER  -e=COMMANDS  -c=COMMANDS  -p=PORT  -f=FILE'),
  flat(['ncftpget', 'ncftpput'], '-p=PASSWORD  -u=USER  -P=PORT  -d=FILE  -f=FILE'),
  program(['doveadm'], '-p=PASSWORD  -s=SCHEME  -u=USER  -r=ROUNDS  -t=HASH', { pw: {} }),
  program(['caddy'], '--plaintext=PASSWORD  --algorithm=NAME  --config=FILE', { 'hash-password': {} }),
  flat(
    ['snmpwalk', 'snmpget', 'snmpset', 'snmpbulkwalk', 'snmptrap', 'net-snmp-create-v3-user'],
    '-A=PASSWORD  -X=PASSWORD  -a=NAME  -x=NAME  -u=USER  -l=LEVEL  -v=VERSION  -c=COMMUNITY  -n=NAME  -ro',
  ),
  flat(['check_mysql', 'check_pgsql'], '-p=PASSWORD  -u=USER  -H=HOST  -P=PORT  -d=NAME'),
  program(['mix'], '--key=KEY  --key-name=NAME  --public-key=FINGERPRINT', {
    'hex.organization': { subcommands: { auth: {} } },
  }),
  program(['conan'], '-p=PASSWORD  -r=NAME'),
  flat(['agent-auth'], '-P=PASSWORD  -m=HOST  -p=PORT  -A=NAME  -G=NAMES'),
  program(['security'], '-p=PASSWORD  -k=KEYCHAIN  -u', { 'unlock-keychain': {} }),
  flat(['ipmitool'], '-P=PASSWORD  -U=USER  -H=HOST  -I=INTERFACE  -L=LEVEL  -f=FILE'),
  flat(
    ['cqlsh'],
    '-p,--password=PASSWORD  -u,--username=USER  -k,--keyspace=NAME  -e,--execute=STATEMENT  -f,--file=FILE',
  ),
  flat(
    ['cypher-shell'],
    '-p,--password=PASSWORD  -u,--username=USER  -a,--address=URL  -d,--database=NAME  -f,--file=FILE',
  ),
  program(['elasticsearch-users'], '-p=PASSWORD  -r=ROLES', { useradd: {} }),
  program(
    ['influx'],
    '-p,--password=PASSWORD  -t,--token=TOKEN  -u,--username=USER  -o,--org=NAME  -b,--bucket=NAME  -f,--force',
  ),
  flat(['bcp', 'osql'], '-P=PASSWORD  -U=USER  -S=SERVER  -d=NAME  -i=FILE  -o=FILE'),
  flat(['mosquitto_passwd'], '-b  -c  -D  -H=HASH  -I=ITERATIONS  -U'),
  flat(['mkpasswd'], '-m,--method=NAME  -S,--salt=SALT  -R,--rounds=N  -P,--password-fd=N  -s,--stdin  -h,--help'),
  flat(['dscl'], '-u=USER  -P=PASSWORD  -f=PATH  -q  -raw  -plist  -url'),
  flat(
    ['iscsiadm'],
    '-m,--mode=MODE  -o,--op=OP  -n,--name=NAME  -v,--value=VALUE  -T,--targetname=NAME  -p,--portal=HOST',
  ),
  PSEXEC,
  {
    names: ['winrs'],
    singleDash: true,
    options: '-p,-password=PASSWORD  -u,-username=USER  -r,-remote=HOST',
  },
  flat(['net'], '-U,--user=USER  -S,--server=HOST  -W,--workgroup=NAME  -P,--machine-pass'),
  flat(['rdesktop'], '-u=USER  -p=PASSWORD  -d=DOMAIN  -g=SIZE  -f  -a=DEPTH'),
  program(['knife'], '-P,--connection-password=PASSWORD  -U,--connection-user=USER  -N,--node-name=NAME  -y,--yes'),
  {
    names: ['sendemail', 'sendEmail'],
    singleDash: true,
    options: '-xp=PASSWORD  -xu=USER  -f=FROM  -t=TO  -u=SUBJECT  -m=TEXT  -s=HOST  -o=OPTION',
  },
  flat(['ldappasswd'], '-s=PASSWORD  -S  -a=PASSWORD  -A  -w=PASSWORD  -W  -D=NAME  -H=URL  -x  -Z  -T=FILE  -y=FILE'),
  program(['gotify'], '-t,--token=TOKEN  -p,--priority=N', { push: {} }),
  program(['nessuscli'], '--key=KEY  --host=HOST  --port=PORT  --groups=NAMES  --name=NAME', {
    agent: { subcommands: { link: {} } },
  }),
  program(['icinga2'], '--ticket=TICKET  --cn=NAME  --zone=NAME  --endpoint=NAME  --parent_host=HOST', {
    node: { subcommands: { setup: {} } },
  }),
  program(
    ['lego'],
    '--hmac=KEY  --kid=ID  --eab  -a,--accept-tos  -m,--email=EMAIL  -s,--server=URL  -d,--domains=NAME  --dns=NAME  --path=FOLDER',
    { run: {} },
  ),
  program(['bw'], '--code=CODE  --method=N  --raw  --quiet  --passwordenv=NAME  --passwordfile=FILE', {
    login: {},
    unlock: {},
  }),
  program(['grafana'], '--homepath=FOLDER  --config=FILE', {
    cli: { subcommands: { admin: { subcommands: { 'reset-admin-password': {} } } } },
  }),
  {
    names: ['x11vnc'],
    singleDash: true,
    options:
      '-passwd=PASSWORD  -storepasswd=PASSWORD  -display=NAME  -forever  -shared  -bg  -rfbport=PORT  -rfbauth=FILE  -nopw',
  },
  {
    names: ['qemu-img', 'qemu-system-x86_64'],
    singleDash: true,
    options: '-object,--object=OBJECT  -o=OPTIONS  -f=FORMAT  -O=FORMAT',
  },
  program(['pulumi'], '-s,--stack=NAME  -y,--yes', {
    config: {
      options: '--secret  --plaintext  --path',
      subcommands: { set: { options: '--secret  --plaintext  --path' } },
    },
  }),
  program(['pro', 'ua'], '--no-auto-enable  --attach-config=FILE', { attach: {} }),
];
