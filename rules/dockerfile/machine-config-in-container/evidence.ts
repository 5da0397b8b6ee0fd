/** What shows that a container is configured like a machine. */
import type { Step } from '../../../core/build.ts';
import { joinPath, nameOf } from '../../../core/path.ts';
import type { Span } from '../../../core/text.ts';
import { copyOf } from '../../../facts/copies.ts';
import type { PackageInstall } from '../../../facts/package-installs.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export type Concern = 'init' | 'sshd' | 'firewall' | 'kernel' | 'driver' | 'swap' | 'cron' | 'logging' | 'services';

/** A place that shows it. */
export interface Evidence {
  readonly concern: Concern;
  /** Completes "… here". */
  readonly what: string;
  readonly span: Span;
  /** Whether it may be there for another reason: a package for its tools, a job for a container that runs jobs alone. */
  readonly weak?: true;
  /** It is done only where something asks for it. */
  readonly optional?: true;
  /** What it shows by itself, where that is less than what the concern is about. */
  readonly message?: string;
  /** It is set up, and nothing shows that it is started. */
  readonly idle?: boolean | undefined;
}

const INIT_PROGRAMS = /^(?:\/(?:usr\/)?(?:s?bin|lib\/systemd)\/)(?:init|systemd)$/;
/** Programs that start and watch several others. */
const SUPERVISORS: ReadonlySet<string> = new Set(['supervisord', 'runsvdir', 's6-svscan', 'circusd', 'monit']);
const CRON_DAEMONS: ReadonlySet<string> = new Set(['cron', 'crond', 'anacron', 'fcron']);
const LOG_DAEMONS: ReadonlySet<string> = new Set(['rsyslogd', 'syslog-ng', 'syslogd', 'klogd']);
const FIREWALLS: ReadonlySet<string> = new Set([
  ...['iptables', 'ip6tables', 'iptables-legacy', 'iptables-nft', 'nft', 'ufw', 'firewall-cmd', 'firewall-offline-cmd'],
  ...['iptables-restore', 'ip6tables-restore', 'netfilter-persistent', 'firewalld', 'fail2ban-server'],
]);
const KERNEL: ReadonlySet<string> = new Set(['modprobe', 'insmod', 'rmmod']);
const SWAP: ReadonlySet<string> = new Set(['mkswap', 'swapon', 'swapoff']);

/** Those that change a machine while an image is built. */
const CHANGING: ReadonlySet<string> = new Set([
  ...['crontab', 'systemctl', 'sysctl'],
  ...[FIREWALLS, KERNEL, SWAP].flatMap(programs => [...programs]),
]);
const NONE: readonly never[] = [];

/** Whether a command is run only where something asks for it: `[ -z "$CRON_MIN" ] || cron`, `command -v systemctl && …`. */
export function isOptional({ command, script }: Pick<Invocation, 'command' | 'script'>): boolean {
  if (command.within.some(kind => kind === 'condition' || kind === 'case')) return true;
  const before = script.commands[script.commands.indexOf(command) - 1];
  return (
    (command.operator === '||' || command.operator === '&&') &&
    /^(?:\[{1,2}|test|command|which|type|hash)$/.test(before?.words[0]?.text ?? '')
  );
}

/** Whether a command starts a cron daemon. */
export const startsCron = ({ program }: Invocation): boolean => CRON_DAEMONS.has(program);

/** What a command does to the machine. `boot`: it is run when the container starts. */
export function ofCommand(invocation: Invocation, boot: boolean): readonly Evidence[] {
  const { program, programWord } = invocation;
  const paths = writtenPaths(invocation);
  if (!boot && paths.length === 0 && !CHANGING.has(program)) return NONE;
  const span = invocation.script.spanOf(invocation.command);
  const given = readArguments(invocation);
  const found: Evidence[] = [];
  // A script that asks first may be for machines too.
  const optional = !boot && isOptional(invocation);
  const add = (concern: Concern, what: string, weak?: true): void => {
    found.push({ concern, what, span, ...((weak || optional) && { weak: true }), ...(optional && { optional }) });
  };
  if (boot && INIT_PROGRAMS.test(programWord.literal ?? '')) add('init', 'An init system is started');
  if (boot && SUPERVISORS.has(program))
    found.push({
      concern: 'services',
      what: 'A process supervisor is started',
      span,
      weak: true,
      message: 'Container starts a process supervisor',
    });
  if (boot && program === 'sshd') add('sshd', 'The SSH server is started');
  if (boot && CRON_DAEMONS.has(program) && !given.has('-T', '-V', '--help')) add('cron', 'The cron daemon is started');
  if (boot && LOG_DAEMONS.has(program)) add('logging', 'A syslog daemon is started');
  if (program === 'crontab' && !invocation.args.some(({ literal }) => /^-[elr]$/.test(literal ?? '')))
    add('cron', 'A cron job is set up', true);
  if (program === 'systemctl' && ['enable', 'start', 'restart'].includes(given.verb))
    add('init', 'A service is enabled in systemd');
  if (
    program === 'sysctl' &&
    (given.has('--write', '--load', '--system') || given.operands.some(({ literal }) => literal?.includes('=')))
  )
    add('kernel', 'A kernel setting is changed');
  if (KERNEL.has(program)) add('kernel', 'A kernel module is loaded or removed');
  if (SWAP.has(program)) add('swap', 'Swap space is set up');
  if (FIREWALLS.has(program) && changesFirewall(invocation, boot)) {
    // A gateway translates addresses in the network of its own container.
    const isGateway = boot && given.find('--table')?.value?.literal === 'nat';
    add('firewall', 'A firewall rule is changed', isGateway || undefined);
  }
  for (const path of paths) {
    const concern = concernOfPath(path);
    if (concern) add(concern, `${WRITTEN[concern]} is written`, isWeak(concern));
  }
  return found;
}

function changesFirewall(invocation: Invocation, boot: boolean): boolean {
  const given = readArguments(invocation);
  const first = given.operands[0]?.literal;
  switch (given.program) {
    case 'ufw':
      return first !== undefined && ['enable', 'allow', 'deny', 'limit', 'default', 'route'].includes(first);
    case 'nft':
      return first === 'add' || first === 'insert' || (given.has('--file') && !given.has('--check'));
    case 'firewall-cmd':
      return given.options.some(({ canonical }) => canonical.startsWith('--add-'));
    case 'iptables':
      return given.has('--append', '--insert', '--policy');
    default:
      switch (invocation.program) {
        case 'iptables-restore':
        case 'ip6tables-restore':
          return true;
        case 'netfilter-persistent':
          return invocation.args.some(({ literal }) => literal === 'start' || literal === 'reload');
        default:
          return boot;
      }
  }
}

/** What the machine reads in a directory or file. */
const PATHS: readonly (readonly [RegExp, Concern])[] = [
  [/^\/etc\/(?:sysctl\.conf$|sysctl\.d\/|modules-load\.d\/|modprobe\.d\/)|^\/(?:proc\/sys|sys\/kernel)\//, 'kernel'],
  [
    /^\/etc\/cron(?:tab$|tabs\/|\.d\/|\.(?:hourly|daily|weekly|monthly)\/)|^\/etc\/periodic\/|^\/var\/spool\/cron\//,
    'cron',
  ],
  [/^\/(?:etc|lib|usr\/lib)\/systemd\/system\/[^/]+\.(?:service|timer|socket)$/, 'init'],
  [
    /^\/etc\/(?:iptables\/|nftables\.(?:conf$|d\/)|ufw\/|firewalld\/|fail2ban\/|sysconfig\/ip6?tables$|shorewall\/)/,
    'firewall',
  ],
  [/^\/(?:swapfile|swap\.img)$/, 'swap'],
];
const WRITTEN: Readonly<Partial<Record<Concern, string>>> = {
  cron: 'A cron job',
  firewall: 'A firewall rule',
  init: 'A systemd unit',
  kernel: 'A kernel setting',
  swap: 'A swap file',
};

/** What is started decides whether jobs are run. */
const isWeak = (concern: Concern): true | undefined => (concern === 'cron' ? true : undefined);
const weakness = (concern: Concern) => (isWeak(concern) ? ({ weak: true } as const) : {});

function concernOfPath(path: string): Concern | undefined {
  return PATHS.find(([pattern]) => pattern.test(path))?.[1];
}

/** The files that a command writes, links excepted: those switch units of packages on and off. */
function writtenPaths(invocation: Invocation): readonly string[] {
  const { command, program } = invocation;
  const redirected: readonly string[] = command.redirects.flatMap(({ operator, target }) =>
    operator.includes('>') && target?.literal !== undefined ? [target.literal] : [],
  );
  if (program === 'tee') return [...redirected, ...literals(readArguments(invocation).operands)];
  if (program === 'fallocate') return [...redirected, ...literals(readArguments(invocation).operands)];
  if (program === 'dd') return literals(invocation.args).flatMap(word => (word.startsWith('of=') ? word.slice(3) : []));
  const copy = program === 'ln' ? undefined : copyOf(invocation);
  if (copy?.target?.literal === undefined) return redirected;
  return [...redirected, ...placesOf(copy.target.literal, literals(copy.sources), copy.intoFolder)];
}

const literals = (words: readonly { readonly literal: string | undefined }[]): string[] =>
  words.flatMap(({ literal }) => (literal === undefined ? [] : [literal]));

/** The files that sources become at a destination, by what their names say. */
function placesOf(to: string, sources: readonly string[], intoFolder: boolean): string[] {
  if (!intoFolder && !to.endsWith('/') && !/\.d$|\.(?:hourly|daily|weekly|monthly)$|^\/etc\/crontabs$/.test(to))
    return [to];
  return sources.map(source => joinPath(to, nameOf(source.replace(/(?<!\/)\/+$/, ''))));
}

const INIT_PACKAGES: ReadonlySet<string> = new Set(['systemd-sysv', 'sysvinit-core', 'upstart', 'systemd-container']);
/** The host has them, and its container toolkit mounts what a container needs: https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/ */
const KERNEL_DRIVER =
  /^nvidia-(?:driver|dkms|kernel-(?:source|common)|open)(?:-(?:\d{3}|server|open|dkms)){0,3}$|^(?:virtualbox|zfs|wireguard)-dkms$/;
const SSHD_PACKAGES: ReadonlySet<string> = new Set(['openssh-server', 'dropbear']);
const FIREWALL_PACKAGES: ReadonlySet<string> = new Set([
  ...['ufw', 'firewalld', 'iptables-services', 'iptables-persistent', 'netfilter-persistent', 'shorewall', 'fail2ban'],
]);
const LOG_PACKAGES: ReadonlySet<string> = new Set([
  ...['rsyslog', 'syslog-ng', 'syslog-ng-core', 'busybox-syslogd', 'inetutils-syslogd', 'sysklogd'],
]);

const CRON_PACKAGES: ReadonlySet<string> = new Set([
  'cron',
  'cronie',
  'crontabs',
  'dcron',
  'fcron',
  'bcron',
  'anacron',
]);

/** Whether a cron daemon is installed, which is no sign without jobs for it. */
export function installsCron({ packages }: PackageInstall): boolean {
  return packages.some(({ name }) => name !== undefined && CRON_PACKAGES.has(name));
}

/** What packages of a machine are installed. */
export function ofPackages({ packages }: PackageInstall): Evidence[] {
  return packages.flatMap(({ name, span }): Evidence[] => {
    if (name === undefined) return [];
    if (INIT_PACKAGES.has(name)) return [{ concern: 'init', what: 'An init system is installed', span }];
    if (SSHD_PACKAGES.has(name)) return [{ concern: 'sshd', what: 'An SSH server is installed', span, weak: true }];
    if (/^linux-(?:image|modules)-/.test(name)) return [{ concern: 'driver', what: 'A kernel is installed', span }];
    if (KERNEL_DRIVER.test(name)) return [{ concern: 'driver', what: 'A driver of the kernel is installed', span }];
    if (FIREWALL_PACKAGES.has(name))
      return [{ concern: 'firewall', what: 'A firewall is installed', span, weak: true }];
    if (LOG_PACKAGES.has(name)) return [{ concern: 'logging', what: 'A syslog daemon is installed', span, weak: true }];
    return [];
  });
}

/** What the file of a machine is copied or written. */
export function ofFile(step: Step): Evidence[] {
  const { span } = step;
  if (step.kind === 'copy') {
    const places = placesOf(step.to?.literal ?? '', literals(step.sources), step.sources.length > 1);
    const concern = places.map(concernOfPath).find(one => one !== undefined);
    return concern ? [{ concern, what: `${WRITTEN[concern]} is copied in`, span, ...weakness(concern) }] : [];
  }
  if (step.kind !== 'write-file') return [];
  const concern = concernOfPath(step.path?.literal ?? '');
  if (concern) return [{ concern, what: `${WRITTEN[concern]} is written`, span, ...weakness(concern) }];
  return [];
}
