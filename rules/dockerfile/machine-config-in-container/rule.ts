import type { Step } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import type { Span } from '../../../core/text.ts';
import { isBootable } from '../../../facts/bootable.ts';
import { type PackageInstall, packageInstalls } from '../../../facts/package-installs.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { finalStages } from '../../../languages/dockerfile/stages.ts';
import { instructionOf } from '../../../languages/dockerfile/step-instruction.ts';
import type { DockerStage } from '../../../languages/dockerfile/tree.ts';
import { type Invocation, invocationsIn } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

type Concern = 'init' | 'sshd' | 'firewall' | 'kernel' | 'cron' | 'services';

/** A place that shows that a container is configured like a machine. */
interface Evidence {
  readonly concern: Concern;
  /** Completes "… here". */
  readonly what: string;
  readonly span: Span;
}

const MESSAGES: Readonly<Record<Concern, { readonly message: string; readonly help: string }>> = {
  init: {
    message: 'Container runs an init system',
    help: 'Run one service in the foreground; set `images.kind` for the image of a machine',
  },
  sshd: {
    message: 'Container runs an SSH server',
    help: 'Remove it and use `docker exec`; set `images.kind` for the image of a machine',
  },
  firewall: {
    message: 'Firewall rules are set in a container',
    help: 'Set them on the host or in the orchestrator',
  },
  kernel: {
    message: 'Kernel settings are changed in a container',
    help: 'Set them on the host, or with `docker run --sysctl`',
  },
  cron: {
    message: 'Container runs a cron daemon',
    help: 'Use the scheduler of the platform, such as a Kubernetes CronJob',
  },
  services: {
    message: 'Container runs several services',
    help: 'Run each service in a container of its own',
  },
};

const INIT_PROGRAMS = /^(?:\/(?:usr\/)?(?:s?bin|lib\/systemd)\/)(?:init|systemd)$/;
const INIT_PACKAGES: ReadonlySet<string> = new Set(['systemd-sysv', 'sysvinit-core', 'upstart', 'systemd-container']);
const SSHD_PACKAGES: ReadonlySet<string> = new Set(['openssh-server', 'dropbear']);
const CRON_DAEMONS: ReadonlySet<string> = new Set(['cron', 'crond', 'anacron']);
/** Programs that start and watch several others. */
const SUPERVISORS: ReadonlySet<string> = new Set(['supervisord', 'runsvdir', 'circusd']);
const FIREWALLS: ReadonlySet<string> = new Set(['iptables', 'ip6tables', 'nft', 'ufw', 'firewall-cmd']);
const KERNEL: ReadonlySet<string> = new Set(['modprobe', 'insmod', 'rmmod']);
const SYSCTL_FILES = /^\/etc\/(?:sysctl\.conf$|sysctl\.d\/|modules-load\.d\/|modprobe\.d\/)/;

export default defineDockerfileRule({
  id: 'machine-config-in-container',
  summary: 'A container image is configured like a machine',
  policies: ['G4'],
  category: 'separation',
  severity: 'warning',
  preset: 'recommended',
  needs: { steps: ['run', 'copy', 'write-file'] },
  derived: true,
  since: '2026.11',
  *check(file, { project }, build) {
    if (project.kind !== undefined && project.kind !== 'application') return;
    if (file.devContainer || isBootable(build)) return;
    const shipped = new Set(finalStages(file, project.targets).flatMap(lineage));
    const isShipped = (step: Step): boolean => {
      const stage = instructionOf(step)?.stage;
      return stage !== undefined && shipped.has(stage);
    };
    const found: Evidence[] = [];
    const started: Evidence[] = [];
    for (const { invocation, step } of invocationsIn(build)) {
      if (!isShipped(step)) continue;
      const boot = step.kind === 'run' && step.phase === 'boot';
      const span = invocation.script.spanOf(invocation.command);
      found.push(...ofCommand(invocation, boot, span));
      if (boot && startsService(invocation)) started.push({ concern: 'services', what: 'A service is started', span });
    }
    for (const install of packageInstalls(build)) if (isShipped(install.step)) found.push(...ofPackages(install));
    for (const stage of build.stages) for (const step of stage.steps) if (isShipped(step)) found.push(...ofFile(step));
    if (started.length > 1) found.push(...started);
    yield* gathered(found);
  },
});

/** A stage and those it starts from, whose layers it consists of. */
function lineage(stage: DockerStage): DockerStage[] {
  const line = [stage];
  for (let at = stage; at.base.kind === 'stage' && !line.includes(at.base.stage); at = at.base.stage)
    line.push(at.base.stage);
  return line;
}

function ofCommand(invocation: Invocation, boot: boolean, span: Span): Evidence[] {
  const { program, programWord } = invocation;
  const given = readArguments(invocation);
  const found: Evidence[] = [];
  const add = (concern: Concern, what: string): void => {
    found.push({ concern, what, span });
  };
  if (boot && INIT_PROGRAMS.test(programWord.literal ?? '')) add('init', 'An init system is started');
  if (boot && SUPERVISORS.has(program)) add('services', 'A process supervisor is started');
  if (boot && program === 'sshd') add('sshd', 'The SSH server is started');
  if (boot && CRON_DAEMONS.has(program) && !given.has('-T', '-V', '--help')) add('cron', 'The cron daemon is started');
  if (program === 'systemctl' && ['enable', 'start', 'restart'].includes(given.verb))
    add('init', 'A service is enabled in systemd');
  if (
    program === 'sysctl' &&
    (given.has('--write', '--load', '--system') || given.operands.some(({ literal }) => literal?.includes('=')))
  )
    add('kernel', 'A kernel setting is changed');
  if (KERNEL.has(program)) add('kernel', 'A kernel module is loaded or removed');
  if (FIREWALLS.has(program) && changesFirewall(invocation)) add('firewall', 'A firewall rule is changed');
  for (const redirect of invocation.command.redirects) {
    const target = redirect.target?.literal;
    if (target && redirect.operator.includes('>') && SYSCTL_FILES.test(target))
      add('kernel', 'A kernel setting is written');
  }
  if (program === 'tee' && given.operands.some(word => SYSCTL_FILES.test(word.literal ?? '')))
    add('kernel', 'A kernel setting is written');
  return found;
}

function changesFirewall(invocation: Invocation): boolean {
  const given = readArguments(invocation);
  const first = given.operands[0]?.literal;
  switch (given.program) {
    case 'ufw':
      return first !== undefined && ['enable', 'allow', 'deny', 'limit', 'default', 'route'].includes(first);
    case 'nft':
      return first === 'add' || first === 'insert';
    case 'firewall-cmd':
      return given.options.some(({ canonical }) => canonical.startsWith('--add-'));
    default:
      return given.has('--append', '--insert', '--policy');
  }
}

/** `service nginx start`, `/etc/init.d/nginx start`. */
function startsService(invocation: Invocation): boolean {
  const [first, second] = readArguments(invocation).operands;
  if (invocation.program === 'service') return second?.literal === 'start';
  return (invocation.programWord.literal ?? '').startsWith('/etc/init.d/') && first?.literal === 'start';
}

function ofPackages({ packages }: PackageInstall): Evidence[] {
  return packages.flatMap(({ name, span }): Evidence[] => {
    if (name === undefined) return [];
    if (INIT_PACKAGES.has(name)) return [{ concern: 'init', what: 'An init system is installed', span }];
    if (SSHD_PACKAGES.has(name)) return [{ concern: 'sshd', what: 'An SSH server is installed', span }];
    if (/^linux-(?:image|modules)-/.test(name)) return [{ concern: 'kernel', what: 'A kernel is installed', span }];
    return [];
  });
}

function ofFile(step: Step): Evidence[] {
  if (step.kind === 'copy' && SYSCTL_FILES.test(step.to?.literal ?? ''))
    return [{ concern: 'kernel', what: 'A kernel setting is copied in', span: step.span }];
  if (step.kind !== 'write-file') return [];
  if (SYSCTL_FILES.test(step.path?.literal ?? ''))
    return [{ concern: 'kernel', what: 'A kernel setting is written', span: step.span }];
  const programs = step.content.text.match(/^\[program:/gm)?.length ?? 0;
  return programs > 1 ? [{ concern: 'services', what: 'A supervisor is given several programs', span: step.span }] : [];
}

/** One finding for each concern, at its first place, with the others as related places. */
function* gathered(evidence: readonly Evidence[]): Iterable<Finding> {
  for (const concern of Object.keys(MESSAGES) as Concern[]) {
    const places = evidence.filter(one => one.concern === concern).sort((a, b) => a.span.start - b.span.start);
    const [first, ...rest] = places;
    if (!first) continue;
    yield {
      ...MESSAGES[concern],
      span: first.span,
      related: rest.map(({ what, span }) => ({ message: `${what} here`, span })),
    };
  }
}
