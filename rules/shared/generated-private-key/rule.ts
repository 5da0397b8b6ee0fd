import type { ImageBuild, Stage, Step } from '../../../core/build.ts';
import { memo } from '../../../core/memo.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { Script } from '../../../core/script.ts';
import type { Command } from '../../../core/shell-tree.ts';
import type { Span } from '../../../core/text.ts';
import { fileWrites } from '../../../facts/file-writes.ts';
import { packageRemovalOf } from '../../../facts/package-removals.ts';
import { removedPaths } from '../../../facts/removals.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { setupTexts } from '../../../facts/setup-texts.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import { isThrowAway } from '../../../facts/throw-away-images.ts';
import type { Invocation, PlacedInvocation } from '../../../shell/invocations.ts';
import { type Arguments, readArguments } from '../../../shell/programs/index.ts';
import { namesOf, takes } from './deletions.ts';
import {
  GENERATOR_PROGRAMS,
  type Generated,
  generatedBy,
  isStandardOutput,
  type Place,
  redirectedTo,
} from './generators.ts';

export default defineBuildRule({
  id: 'generated-private-key',
  summary: 'A build leaves a generated private key in the image',
  policies: ['G1', 'G9'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer'],
  needs: {
    programs: [
      'dbus-uuidgen',
      'systemd-machine-id-setup',
      'uuidgen',
      'ssh-keygen',
      'openssl',
      'keytool',
      'wg',
      'make-ssl-cert',
      'certtool',
      ...GENERATOR_PROGRAMS,
    ],
  },
  since: '2026.11',
  *check(build, { project }) {
    const shipped = shippedStages(build, project.targets);
    const commands = setupCommands(build).filter(({ stage, step }) => shipped.has(stage) && step.kind === 'run');
    const container = build.language === 'dockerfile';
    // A later layer does not take a file out of the layers before it.
    const together = container ? layersOf(build.stages) : undefined;
    const removals = removalsIn(commands, together);
    const byStep = new Map<Step, GeneratedKey[]>();
    for (const [i, { invocation, stage, step }] of commands.entries()) {
      const key = generatedKey(invocation, stage);
      if (!key || (key.what === MACHINE_ID && !container)) continue;
      if (key.what === SSH_HOST_KEY && isRenewed(stage, build)) continue;
      const removed = (removals.get(together?.get(step) ?? stage) ?? []).filter(one =>
        isAfter(one, { at: i, command: commands[i]! }),
      );
      if (!key.places.some(place => stays(place, removed))) continue;
      const keys = byStep.get(step);
      if (keys) keys.push(key);
      else byStep.set(step, [key]);
    }
    for (const [first, ...others] of byStep.values())
      yield {
        message: `${first!.what} is generated during the build: every ${container ? 'container' : 'machine'} shares it`,
        help: container
          ? 'Generate it when the container starts, or mount it'
          : 'Generate it at first boot, or delete it at the end of the build',
        span: first!.span,
        ...(first!.what === MACHINE_ID && { preset: 'strict' as const }),
        // Nothing trusts it but the tests.
        ...(isThrowAway(build, project) && { severity: 'info' as const, preset: 'strict' as const }),
        related: others.slice(0, 4).map(({ what, span }) => ({ message: `${what} is generated here`, span })),
      };
  },
});

const SSH_HOST_KEY = 'SSH host key';
const MACHINE_ID = 'Machine ID';
/** cloud-init makes new SSH host keys for each instance: https://docs.cloud-init.io/en/latest/reference/modules.html#ssh */
const CLOUD_INIT = /\bcloud-init\b|\buser-data\b/;
/** Clouds whose Linux images do so themselves. */
const IN_CLOUDS =
  /^(?:amazon-|azure-|googlecompute|digitalocean|hcloud|openstack|oracle-|linode|vultr|yandex|scaleway|alicloud|tencentcloud)/;

/** Whether every machine gets SSH host keys of its own in spite of those that the build makes. */
function isRenewed(stage: Stage, build: ImageBuild): boolean {
  return build.language === 'packer'
    ? isInClouds(stage) || renewsKeys(build)
    : stage.steps.some(step => step.kind === 'write-file' && replacesHostKeys(step.content.text));
}

/** Whether a script of the image takes the keys that are there away, and makes others. */
function replacesHostKeys(text: string): boolean {
  return /\brm [^\n]{0,200}ssh_host_/.test(text) && /\bssh-keygen\b|\bdpkg-reconfigure\b/.test(text);
}

const isInClouds = ({ bases }: Stage): boolean =>
  bases.length > 0 && bases.every(base => base.kind === 'cloud' && IN_CLOUDS.test(base.provider));

/** Whether a template or its scripts have to do with cloud-init, or write what makes host keys at the first boot. */
const renewsKeys = memo((build: ImageBuild): boolean => {
  const commands = setupCommands(build);
  const isRemoved = commands.some(({ invocation }) =>
    packageRemovalOf(invocation)?.names.some(({ literal }) => literal === 'cloud-init'),
  );
  if (isRemoved) return false;
  return (
    CLOUD_INIT.test(build.source.text) ||
    setupTexts(build, OF_CLOUD_INIT).some(({ text }) => !text.endsWith('.disabled')) ||
    fileWrites(build).some(({ text }) => MAKES_HOST_KEYS.test(text.text))
  );
});
const OF_CLOUD_INIT = ['cloud-init', '/etc/cloud/'];
const MAKES_HOST_KEYS = /\bssh-keygen -A\b|\bdpkg-reconfigure (?:-\S{1,30} ){0,3}openssh-server\b/;

/** Private keys that a command writes. */
interface GeneratedKey extends Generated {
  readonly span: Span;
}

function generatedKey(invocation: Invocation, stage: Stage): GeneratedKey | undefined {
  const given = readArguments(invocation);
  const [what, path] = WRITERS[given.program]?.(given, invocation) ?? [];
  const found =
    what === undefined ? generatedBy(invocation, stage) : { what, places: path === undefined ? [] : [[path]] };
  if (!found) return undefined;
  const places = found.places.map(place => place.flatMap(one => namesOf(one, invocation)));
  return { what: found.what, places, span: invocation.script.spanOf(invocation.command) };
}

type Writer = (
  given: Arguments,
  invocation: Invocation,
) => readonly [what: string, path: string | undefined] | undefined;

/**
 * ssh-keygen(1), openssl-req(1) and its family, the manuals of keytool, wg(8), make-ssl-cert(8), certtool(1).
 * A key that goes to the standard output of the build is not in the image, unless it is redirected.
 */
const WRITERS: Readonly<Record<string, Writer>> = {
  'ssh-keygen': given => {
    if (given.has('-A')) return [SSH_HOST_KEY, '/etc/ssh/ssh_host_*'];
    if (
      given.has(
        '-l',
        '-y',
        '-R',
        '-F',
        '-H',
        '-e',
        '-i',
        '-p',
        '-B',
        '-D',
        '-K',
        '-L',
        '-s',
        '-Y',
        '-Q',
        '-k',
        '-r',
        '-c',
        '-M',
      )
    )
      return undefined;
    const path = given.value('-f')?.source.text;
    return [path !== undefined && /ssh_host_/.test(path) ? SSH_HOST_KEY : 'SSH key', path];
  },
  openssl: (given, invocation) => {
    const [command] = given.path;
    if (command === 'req') {
      const makes = given.has('-newkey') || (given.has('-new', '-x509') && given.lacks('-key'));
      return makes ? ['Private key', given.value('-keyout')?.source.text] : undefined;
    }
    if (command === 'genrsa' || command === 'genpkey' || (command === 'ecparam' && given.has('-genkey')))
      return ['Private key', given.value('-out')?.source.text ?? redirectedTo(invocation)];
    return undefined;
  },
  keytool: given =>
    given.has('-genkeypair', '-genkey')
      ? ['Private key', given.value('-keystore')?.source.text ?? '~/.keystore']
      : undefined,
  wg: (given, invocation) => (given.verb === 'genkey' ? ['WireGuard key', redirectedTo(invocation)] : undefined),
  'make-ssl-cert': given => ['Private key', given.operands[1]?.value.text ?? '/etc/ssl/private/ssl-cert-snakeoil.key'],
  'dbus-uuidgen': (_, invocation) => machineId(redirectedTo(invocation)),
  uuidgen: (_, invocation) => machineId(redirectedTo(invocation)),
  'systemd-machine-id-setup': () => machineId('/etc/machine-id'),
  certtool: given =>
    given.has('--generate-privkey') ? ['Private key', given.value('--outfile')?.source.text] : undefined,
};

/** machine-id(5): one for each system; programs tell machines apart by it. */
function machineId(path: string | undefined): readonly [string, string] | undefined {
  return path !== undefined && /(?:^|\/)machine-id$/.test(path) ? [MACHINE_ID, path] : undefined;
}

/** Never part of an image, or not a file. */
const isVolatile = (path: string): boolean => /^\/(?:dev|proc|run\/secrets)\//.test(path) || isStandardOutput(path);

/** A path that a command deletes. */
interface RemovedPath {
  /** The position of the command. */
  readonly at: number;
  readonly command: PlacedInvocation;
  readonly path: string;
}

/** More deletions of one step or stage are not looked at; each is held against every key. */
const MOST_REMOVALS = 200;

/** The last deletions of each of the steps that others are a part of, or of each stage. */
function removalsIn(
  commands: readonly PlacedInvocation[],
  together: ReadonlyMap<Step, Step> | undefined,
): ReadonlyMap<Step | Stage, readonly RemovedPath[]> {
  const found = new Map<Step | Stage, RemovedPath[]>();
  for (const [at, command] of commands.entries())
    for (const path of removedPaths(command.invocation) ?? []) {
      const by = together?.get(command.step) ?? command.stage;
      const list = found.get(by) ?? [];
      found.set(by, list);
      list.push({ at, command, path });
      if (list.length > MOST_REMOVALS) list.shift();
    }
  return found;
}

/** By step, the one that it is a part of: a script in a file is in the layer of the command that runs it. */
function layersOf(stages: readonly Stage[]): ReadonlyMap<Step, Step> {
  const found = new Map<Step, Step>();
  for (const { steps } of stages) {
    let own: Step | undefined;
    for (const step of steps) {
      if (!own || step.kind !== 'run' || !step.calledBy) own = step;
      found.set(step, own);
    }
  }
  return found;
}

/** Whether a deletion follows the command that makes a key. One of the scripts may run the other. */
function isAfter({ at, command: removal }: RemovedPath, key: { at: number; command: PlacedInvocation }): boolean {
  const { invocation, step } = key.command;
  if (removal.step === step) return at > key.at;
  const callsKey = calledFrom(step, removal.invocation.script);
  if (callsKey) return removal.invocation.command.start > callsKey.start;
  const callsRemoval = calledFrom(removal.step, invocation.script);
  return callsRemoval ? callsRemoval.start > invocation.command.start : at > key.at;
}

function calledFrom(step: Step, script: Script): Command | undefined {
  const by = step.kind === 'run' ? step.calledBy : undefined;
  return by && script.commands.includes(by) ? by : undefined;
}

/** Whether a key is in the image, under whichever name. */
function stays(place: Place, removed: readonly RemovedPath[]): boolean {
  return !place.some(name => isVolatile(name) || removed.some(({ path }) => takes(path, name)));
}
