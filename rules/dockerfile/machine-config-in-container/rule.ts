import type { ImageBuild, Step } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { overlaps, type Span } from '../../../core/text.ts';
import { isBootable } from '../../../facts/bootable.ts';
import { isForDevelopers } from '../../../facts/environments.ts';
import { packageInstalls } from '../../../facts/package-installs.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { finalStages, rootOf } from '../../../languages/dockerfile/stages.ts';
import { startCommands, startOf } from '../../../languages/dockerfile/start.ts';
import { ignoresCommand, startScripts, textAtEnd } from '../../../languages/dockerfile/start-scripts.ts';
import type { DockerfileTree, DockerStage } from '../../../languages/dockerfile/tree.ts';
import { type Invocation, invocationsOfStep } from '../../../shell/invocations.ts';
import {
  type Concern,
  type Evidence,
  installsCron,
  isOptional,
  ofCommand,
  ofFile,
  ofPackages,
  startsCron,
} from './evidence.ts';
import {
  distinct,
  installedTogether,
  installsService,
  ofService,
  programsOfSupervisor,
  servicesOf,
  stopsItself,
  supervisedBy,
  supervisesOne,
} from './services.ts';

interface Words {
  readonly message: string;
  readonly help: string;
  /** The message where all places are weak. */
  readonly installed?: string;
}

/** What a container cannot change is wrong whatever the image is for; the rest is what images of machines are made of. */
const WITHOUT_EFFECT: ReadonlySet<Concern> = new Set(['kernel', 'driver', 'swap']);

/** Names of the file and of the directories around it with which an image says that this is what it adds. */
const NAMES: Readonly<Partial<Record<Concern, RegExp>>> = {
  sshd: /(?:^|[/_.-])s(?:sh|ftp)d?(?:[/_.-]|$)/i,
  cron: /(?:^|[/_.-])cron(?:d|s|jobs?|tab)?(?:[/_.-]|$)/i,
  init: /(?:^|[/_.-])systemd(?:[/_.-]|$)/i,
  logging: /(?:^|[/_.-])r?syslog(?:-ng|d)?(?:[/_.-]|$)/i,
  firewall: /(?:^|[/_.-])(?:firewall|router|vpn)(?:[/_.-]|$)/i,
};
const MOST_NAMES = 3;

const WORDS: Readonly<Record<Concern, Words>> = {
  init: {
    message: 'Container runs an init system',
    installed: 'Service for an init system is set up in a container',
    help: 'Run one service in the foreground; if this is a machine image, set `images.kind`',
  },
  sshd: {
    message: 'Container runs an SSH server',
    installed: 'SSH server is installed in a container',
    help: 'Remove it and use `docker exec`; if this is a machine image, set `images.kind`',
  },
  firewall: {
    message: 'Firewall rules are set in a container',
    installed: 'Firewall is installed in a container',
    help: 'Set firewall rules on the host or in the orchestrator',
  },
  kernel: {
    message: 'Kernel settings are changed in a container',
    help: 'Set them on the host, or with `docker run --sysctl`',
  },
  driver: {
    message: 'Kernel or a kernel driver is installed in a container',
    help: 'Install it on the host; containers use the kernel of the host',
  },
  swap: {
    message: 'Swap space is set up in a container',
    help: 'Set it up on the host, and limit the container with `--memory-swap`',
  },
  cron: {
    message: 'Container runs a cron daemon',
    installed: 'Cron job is set up in a container',
    help: 'Use the scheduler of the platform, such as a Kubernetes CronJob',
  },
  logging: {
    message: 'Container runs a syslog daemon',
    installed: 'Syslog daemon is installed in a container',
    help: 'Log to standard output; the engine collects it',
  },
  services: {
    message: 'Container runs several services',
    installed: 'Several services are installed in one container',
    help: 'Run each service in a container of its own',
  },
};

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
  *check(file, { path = '', project }, build) {
    if (project.kind !== undefined && project.kind !== 'application') return;
    if (file.devContainer) return;
    const shipped = shippedStages(build, project.targets);
    const steps = [...shipped].flatMap(stage => stage.steps);
    const setUp = steps.flatMap(step => (step.kind === 'run' && step.phase === 'build' ? invocationsOfStep(step) : []));
    const stages = finalStages(file, project.targets);
    const starts = stages.map(stage => started(file, build, stage));
    const services = starts.map(commands => servicesOf(commands.filter(one => !(startsCron(one) && isOptional(one)))));
    const isStarted = startsBy(/\bsshd\b|\bservice ssh\b/, file, build, project.targets);
    const hasInit =
      starts.some(commands => commands.length === 0) ||
      starts.flat().some(one => ofCommand(one, true).some(({ concern }) => concern === 'init')) ||
      startsBy(/\binit\b|\bsystemd\b|"\$@"/, file, build, project.targets);
    const usesSshd = SSHD_IN_USE.test(file.source.text) || isStarted;
    const supervised = distinct(steps.flatMap(step => supervisedBy(step) ?? [])).filter(
      service => !stages.some(stage => stopsItself(service, one => textAtEnd(one, file, stage))),
    );
    const installs = packageInstalls(build).filter(({ stage }) => shipped.has(stage));
    const found = [
      ...setUp.flatMap(command => ofCommand(command, false)),
      ...[...new Set(starts.flat())]
        .filter(command => !stages.some(stage => supervisesOne(command, path => textAtEnd(path, file, stage))))
        .flatMap(command => ofCommand(command, true)),
      ...steps.flatMap(ofFile),
      ...installs.flatMap(ofPackages),
      ...[...services, supervised].filter(({ length }) => length > 1).flatMap(list => list.map(ofService)),
      ...programsOfSupervisor(steps),
      ...installedTogether(installs),
    ];
    if (found.length === 0 || isBootable(build)) return;
    // What is deployed has no stage for developers, though the file ends with one or chooses it by default.
    const ofDevelopers = file.stages.filter(({ name }) => isForDevelopers(name ?? ''));
    const isOfDevelopers = ({ file: other, start }: Span): boolean =>
      other === undefined && ofDevelopers.some(({ span }) => span.start <= start && start < span.end);
    const purposes = services.map(([only, ...others]) => (others.length === 0 ? only?.purpose : undefined));
    // A server for logins alone stands for a machine, or is the way to others: that is what the container is for.
    const isBastion =
      (services.every(([only, ...others]) => only?.name === 'ssh' && others.length === 0) && !shipsAll(steps)) ||
      (services.every(([only, ...others]) => (only?.name === 'ssh' || (!only && isStarted)) && others.length === 0) &&
        (LOGINS_ONLY.test(file.source.text) || !shipsAnything(steps)));
    // Of a server for files alone, the logins are what the image is for, whatever else it starts.
    const isSftp = stages.some(stage => SFTP_ONLY.test(textAtEnd('/etc/ssh/sshd_config', file, stage) ?? ''));
    const standsForMachine = STOPS_SYSTEMD.test(file.source.text);
    // Nothing that the init system would start: other images are built on this one.
    const isBase =
      services.every(({ length }) => length === 0) &&
      found.every(({ concern, what }) => concern !== 'init' || /^An init system is /.test(what)) &&
      !installs.some(installsService);
    const hasCron = installs.some(installsCron);
    const crons = starts.flat().filter(startsCron);
    // Only servers are started, and none of them runs the jobs.
    const isCronIdle = starts.every(
      (commands, i) =>
        (commands.length > 0 && commands.every(one => servicesOf([one]).some(({ name }) => name !== 'cron'))) ||
        // Neither does a shell, which is what an image without a command starts.
        startsShell(stages[i]!),
    );
    const isCronOptional = crons.length > 0 && crons.every(isOptional);
    // The console of Azure App Service connects to it, with a password and on a port that are documented.
    const isAppService = /\broot:Docker!|\bWEBSITE_SSH_|\b(?:EXPOSE|SSH_PORT)\b[^\n]{0,80}\b2222\b/.test(
      file.source.text,
    );
    const shownName = path.split('/').slice(-MOST_NAMES).join('/');
    yield* gathered(
      found
        .filter(({ concern }) => !purposes.includes(concern) && !((isAppService || isSftp) && concern === 'sshd'))
        .map(({ weak, ...one }) => {
          if (isOfDevelopers(one.span)) return { ...one, weak: true as const };
          const isUsed = one.concern === 'cron' ? hasCron && !isCronIdle : one.concern === 'sshd' && usesSshd;
          if (weak && (one.optional || !isUsed)) return { ...one, weak };
          const idle = (weak && one.concern === 'sshd' && !isStarted) || (one.concern === 'init' && !hasInit);
          return { ...one, idle };
        }),
      concern =>
        (file.purpose !== undefined && !WITHOUT_EFFECT.has(concern)) ||
        NAMES[concern]?.test(shownName) ||
        (concern === 'sshd' && isBastion) ||
        (concern === 'cron' && isCronOptional) ||
        (concern === 'init' && isBase) ||
        ((concern === 'sshd' || concern === 'init') && standsForMachine),
    );
  },
});

/** What a container of the stage runs: its command, too, unless the script of its entrypoint leaves that out. */
function started(file: DockerfileTree, build: ImageBuild, stage: DockerStage): readonly Invocation[] {
  const commands = startCommands(build, stage);
  const { command } = startOf(stage);
  if (!command || !ignoresCommand(file, build, stage)) return commands;
  return commands.filter(({ script, command: one }) => !overlaps(script.spanOf(one), command.span));
}

/** What shows that a server that is installed is used too. */
const SSHD_IN_USE =
  /\bEXPOSE\b[^\n]{0,80}\b22\b|\/run\/sshd|sshd_config|\bchpasswd\b|\bssh-keygen -A|\b(?:service|systemctl|rc-update)\b[^\n]{0,60}\bsshd?\b/;

/** Who says how systemd is stopped runs it on purpose: https://systemd.io/CONTAINER_INTERFACE/. */
const STOPS_SYSTEMD = /^[ \t]{0,40}STOPSIGNAL[ \t]{1,40}["']?(?:SIGRTMIN\+3|37)\b/im;

/** Servers whose logins are for repositories and files. */
const LOGINS_ONLY = /\bgit-shell\b|\bgitolite\b|\binternal-sftp\b|\bForceCommand\b/;

/** https://man.openbsd.org/sshd_config#ForceCommand */
const SFTP_ONLY = /^[ \t]{0,40}ForceCommand[ \t]{1,40}internal-sftp\b/im;

/** Images of distributions, which start a shell. */
const OF_DISTRIBUTION =
  /(?:^|[/_-])(?:alma(?:linux)?|alpine|centos|debian|fedora|rocky(?:linux)?|ubi|ubuntu)(?:\d{0,2}(?:[/:@_-]|$))/;

/** Whether a stage and the stages below it start nothing, on a distribution. */
function startsShell(stage: DockerStage): boolean {
  const { command, entrypoint } = startOf(stage);
  if (command || entrypoint) return false;
  const base = rootOf(stage)?.stage.base;
  return base?.kind === 'image' && OF_DISTRIBUTION.test(base.image.literal ?? base.image.byDefault ?? '');
}

/** Whether a script of the repository that the container starts has this in it. */
function startsBy(pattern: RegExp, file: DockerfileTree, build: ImageBuild, targets: readonly string[]): boolean {
  return finalStages(file, targets).some(stage => startScripts(file, build, stage).some(text => pattern.test(text)));
}

/** Whether a program of one's own is put into the image: something that is copied and no setting, key or script. */
function shipsAnything(steps: readonly Step[]): boolean {
  return steps.some(
    step =>
      step.kind === 'copy' &&
      !step.sources.every(({ literal }) =>
        /ssh|authorized_keys|\.(?:pub|conf|sh|cfg)$|entrypoint/i.test(literal ?? ''),
      ),
  );
}

/** Whether the whole directory is put into the image, which is an application that one logs in to. */
function shipsAll(steps: readonly Step[]): boolean {
  return steps.some(
    step => step.kind === 'copy' && step.sources.some(({ literal }) => /^(?:\.\/?|\*)$/.test(literal ?? '')),
  );
}

/**
 * One finding for each concern, at its first place, with the others as related places. What is sure comes first. `isMinor`: what
 * is not worth a warning for this image.
 */
function* gathered(evidence: readonly Evidence[], isMinor: (concern: Concern) => boolean): Iterable<Finding> {
  for (const concern of Object.keys(WORDS) as Concern[]) {
    const { message, installed = message, help } = WORDS[concern];
    const places = evidence.filter(one => one.concern === concern).sort((a, b) => a.span.start - b.span.start);
    const first = places.find(({ weak }) => !weak) ?? places[0];
    if (!first) continue;
    yield {
      message: first.message ?? (first.weak || first.idle ? installed : message),
      help,
      span: first.span,
      ...((first.weak || isMinor(concern)) && ({ preset: 'strict', severity: 'info' } as const)),
      related: places.filter(one => one !== first).map(({ what, span }) => ({ message: `${what} here`, span })),
    };
  }
}
