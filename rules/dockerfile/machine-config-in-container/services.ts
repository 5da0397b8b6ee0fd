/** Which services a container starts, and which are installed or set up for a supervisor. */
import type { Step } from '../../../core/build.ts';
import type { Span } from '../../../core/text.ts';
import type { PackageInstall } from '../../../facts/package-installs.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';
import type { Concern, Evidence } from './evidence.ts';

/** Something that runs as long as the container does. */
export interface Service {
  /** Two places with one name are one service. */
  readonly name: string;
  readonly span: Span;
  /** The script that a supervisor runs. */
  readonly path?: string;
  /** What a container with this service alone is made for. */
  readonly purpose?: Concern;
}

/** Programs that serve for as long as they run. */
const DAEMONS: ReadonlySet<string> = new Set([
  ...['apache2', 'apache2ctl', 'apachectl', 'httpd', 'nginx', 'lighttpd', 'caddy', 'haproxy', 'squid', 'varnishd'],
  ...['mysqld', 'mysqld_safe', 'mariadbd', 'mariadbd-safe', 'postgres', 'mongod', 'redis-server', 'valkey-server'],
  ...['memcached', 'rabbitmq-server', 'slapd', 'named', 'dnsmasq', 'unbound', 'dhcpd', 'hostapd', 'chronyd', 'ntpd'],
  ...['ipsec', 'openvpn', 'charon', 'dovecot', 'postfix', 'exim', 'exim4', 'opendkim', 'smbd', 'nmbd', 'vsftpd'],
  ...['proftpd', 'pure-ftpd', 'rpcbind', 'xinetd', 'sshd', 'cron', 'crond', 'rsyslogd', 'syslogd', 'syslog-ng'],
  ...['fail2ban-server', 'supercronic', 'gunicorn', 'uvicorn', 'celery', 'puma', 'unicorn', 'uwsgi'],
]);
const PHP_FPM = /^php[\d.-]*-?fpm[\d.]*$/;
/** Runtimes whose programs may be services. */
const RUNTIMES: ReadonlySet<string> = new Set(['node', 'python', 'python3', 'java', 'ruby', 'php', 'dotnet', 'npm']);

/** The services among the commands of a container's start, one place for each. */
export function servicesOf(commands: readonly Invocation[]): readonly Service[] {
  // A program of a runtime serves for sure only where several run side by side.
  const beside = commands.some(
    ({ command, program }) => command.background && (RUNTIMES.has(program) || isDaemon(program)),
  );
  return distinct(commands.flatMap(one => startedBy(one, beside) ?? []));
}

/** The first of each name. */
export function distinct(services: readonly Service[]): readonly Service[] {
  return [...new Map(services.toReversed().map(one => [one.name, one])).values()].reverse();
}

const isDaemon = (program: string): boolean => DAEMONS.has(program) || PHP_FPM.test(program);

/** The service that a command leaves running. */
function startedBy(invocation: Invocation, beside: boolean): Service | undefined {
  const { program, programWord, args, command, script: text } = invocation;
  const span = text.spanOf(command);
  const [first, second] = readArguments(invocation).operands;
  if (program === 'service' && second?.literal === 'start') return { name: nameOf(first?.literal ?? ''), span };
  const script = /^\/etc\/(?:init|rc)\.d\/([\w.-]{1,60})$/.exec(programWord.literal ?? '')?.[1];
  if (script !== undefined && args[0]?.literal === 'start') return { name: nameOf(script), span };
  if (args.some(({ literal }) => /^(?:-[tTV]|--version|--help|configtest|stop|reload|initdb)$/.test(literal ?? '')))
    return undefined;
  const purpose = PURPOSES.get(program);
  if (DAEMONS.has(program) || PHP_FPM.test(program))
    return { name: nameOf(program), span, ...(purpose && { purpose }) };
  return beside && RUNTIMES.has(program) ? { name: `${program} ${args[0]?.raw ?? ''}`, span } : undefined;
}

/** A container may be made to collect the logs of others, or to watch over them. */
const PURPOSES: ReadonlyMap<string, Concern> = new Map([
  ['rsyslogd', 'logging'],
  ['syslog-ng', 'logging'],
  ['syslogd', 'logging'],
  ['fail2ban-server', 'firewall'],
  // It runs jobs in the foreground, as no daemon of a machine does.
  ['supercronic', 'cron'],
]);

/** As a place that shows that there are several. */
export function ofService({ span }: Service): Evidence {
  return { concern: 'services', what: 'A service is started', span };
}

/** `sshd` and `ssh` are one service. */
function nameOf(program: string): string {
  return program
    .replace(/^apachectl$|^apache2ctl$/, 'apache2')
    .replace(/^nmbd$/, 'smbd')
    .replace(/(?:_safe|-safe|-server|d)$/, '');
}

/** Packages of services by what they are for: one program of each kind may belong to one application. */
const KINDS: readonly RegExp[] = [
  /^(?:nginx(?:-(?:full|light|extras|core))?|apache2|httpd|lighttpd)$|^php[\d.]*-?fpm$/,
  /^(?:(?:mysql|mariadb|default-mysql)-server(?:-[\d.]+)?|mariadb|mysql|postgresql(?:-\d+)?|postgresql-server|mongodb(?:-org)?(?:-server)?)$/,
  /^(?:redis(?:-server)?|valkey(?:-server)?|memcached|rabbitmq-server)$/,
  /^(?:postfix|exim4?|dovecot(?:-\w{1,20})?|opensmtpd|sendmail)$/,
  /^(?:bind9?|dnsmasq|unbound|strongswan|openvpn|slapd|samba|vsftpd|proftpd(?:-basic)?)$/,
  /^(?:supervisor|runit|monit|s6|s6-overlay)$/,
];

/** Their packages are libraries, some with the name of the service that they talk to. */
const OF_LANGUAGES: ReadonlySet<string> = new Set('pecl pip npm gem composer cargo go dotnet'.split(' '));

/** Whether packages of services that many images have are among them. */
export function installsService({ manager, packages }: PackageInstall): boolean {
  return (
    !OF_LANGUAGES.has(manager) &&
    packages.some(({ name }) => name !== undefined && KINDS.some(pattern => pattern.test(name)))
  );
}

/** The packages of services, when they are of several kinds. */
export function installedTogether(installs: readonly PackageInstall[]): Evidence[] {
  const found = installs.flatMap(({ manager, packages }) =>
    (OF_LANGUAGES.has(manager) ? [] : packages).flatMap(({ name, span }) => {
      const kind = name === undefined ? -1 : KINDS.findIndex(pattern => pattern.test(name));
      return kind < 0 ? [] : [{ kind, span }];
    }),
  );
  if (new Set(found.map(({ kind }) => kind)).size < 2) return [];
  return found.map(({ span }) => ({ concern: 'services', what: 'A service is installed', span, weak: true }));
}

/** http://supervisord.org/configuration.html */
const CONFIGURATIONS = ['/etc/supervisord.conf', '/etc/supervisor/supervisord.conf'];

/** Whether a command starts supervisord for one program, which restarts it: its configuration is known and has no more. */
export function supervisesOne(invocation: Invocation, textOf: (path: string) => string | undefined): boolean {
  if (invocation.program !== 'supervisord') return false;
  const at = invocation.args.findIndex(({ literal }) => /^(?:-c|--configuration)$/.test(literal ?? ''));
  const given = at < 0 ? undefined : invocation.args[at + 1]?.literal;
  const text = (given === undefined ? CONFIGURATIONS : [given]).map(textOf).find(one => one !== undefined);
  if (text === undefined || /^\[(?:include|eventlistener|fcgi-program|group)\b/m.test(text)) return false;
  const programs = text.match(/^\[program:/gm)?.length ?? 0;
  return programs === 1 && !/^[ \t]*numprocs[ \t]*=[ \t]*(?!1[ \t\r]*$)/m.test(text);
}

/** `/etc/service/NAME/run` of runit, `/etc/services.d/NAME/run` and `/etc/s6-overlay/s6-rc.d/NAME/…` of s6. */
const SUPERVISED = /^\/etc\/(?:service|sv|services\.d|s6-overlay\/s6-rc\.d)\/([\w.-]{1,80})\/(?:run|type)$/;

/** The service that a file describes to a supervisor. */
export function supervisedBy(step: Step): Service | undefined {
  const path = step.kind === 'copy' ? step.to?.literal : step.kind === 'write-file' ? step.path?.literal : undefined;
  const name = SUPERVISED.exec(path ?? '')?.[1];
  const run = path?.replace(/\/type$/, '/run');
  return name === undefined || run === undefined ? undefined : { name, span: step.span, path: run };
}

/** Where supervisord reads the files that its configuration includes. */
const INCLUDED = /^\/etc\/supervisord?(?:\/conf)?(?:\.d)?(?:\/|$)/;

const PATTERN = ['*', '* again'];

interface Section {
  readonly name: string;
  readonly text: string;
}

/** The programs in a configuration of supervisord, with their settings. */
function sectionsOf(text: string): readonly Section[] {
  const found = [...text.matchAll(/^\[program:([^\]\n]{1,80})\]/gm)];
  return found.map(({ 0: header, 1: name, index }) => {
    const rest = text.slice(index + header.length, index + 2_000);
    const end = rest.search(/^\[/m);
    return { name: name!, text: end < 0 ? rest : rest.slice(0, end) };
  });
}

/** What ends by itself: a job that sets something up, or one that stops another program. */
const ENDS = /^[ \t]*command[ \t]*=[^\n]{0,400}\b(?:pkill|killall|kill|umount|chown|chmod|mkdir|sysctl|echo)\b/m;
const NOT_STARTED = /^[ \t]*autostart[ \t]*=[ \t]*(?:false|no|off|0)\b/im;
const NOT_AGAIN = /^[ \t]*autorestart[ \t]*=[ \t]*(?:false|no|off|0)\b/im;
const AT_ONCE = /^[ \t]*startsecs[ \t]*=[ \t]*0[ \t\r]*$/m;

/** Whether a program of supervisord runs as long as the container does, by its settings. */
const serves = (settings: string): boolean =>
  !NOT_STARTED.test(settings) && !ENDS.test(settings) && !(NOT_AGAIN.test(settings) && AT_ONCE.test(settings));

/** `s6-svc -O /run/service/NAME`, `sv down NAME`: its script stops the service where nothing asks for it. */
export function stopsItself({ name, path }: Service, textOf: (path: string) => string | undefined): boolean {
  const text = (path === undefined ? undefined : textOf(path)) ?? '';
  const called = (text.match(/(?<=[\s"'])\/[\w./-]{1,200}/g) ?? []).slice(0, MOST_CALLED);
  return [text, ...called.map(one => textOf(one) ?? '')].some(one =>
    one.split('\n', MOST_LINES).some(line => STOPS.test(line) && line.includes(name)),
  );
}

const STOPS = /\b(?:s6-svc[ \t]+-\w{0,4}[Od]|sv[ \t]+(?:-\w[ \t]+)?(?:down|once))\b/;
const MOST_CALLED = 4;
const MOST_LINES = 500;

/** The places of the programs that a supervisor is given, when there are several. */
export function programsOfSupervisor(steps: readonly Step[]): Evidence[] {
  const given = steps.flatMap(step => {
    const { span } = step;
    if (step.kind === 'write-file')
      return sectionsOf(step.content.text).flatMap(({ name, text }) => (serves(text) ? { name, span } : []));
    // A pattern stands for several files.
    const isPattern =
      step.kind === 'copy' &&
      INCLUDED.test(step.to?.literal ?? '') &&
      step.sources.some(({ literal }) => literal?.includes('*'));
    return isPattern ? PATTERN.map(name => ({ name, span })) : [];
  });
  if (new Set(given.map(({ name }) => name)).size < 2) return [];
  const places = new Map(given.map(({ span }) => [span.start, span]));
  return [...places.values()].map(span => ({ concern: 'services', what: 'A supervisor is given a program', span }));
}
