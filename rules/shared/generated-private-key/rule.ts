import type { Stage, Step } from '../../../core/build.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { Span } from '../../../core/text.ts';
import { removedPaths } from '../../../facts/removals.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
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
    const removals = removalsIn(commands, build.language === 'dockerfile' ? 'step' : 'stage');
    const isRenewed = build.language === 'packer' && CLOUD_INIT.test(build.source.text);
    const byStep = new Map<Step, GeneratedKey[]>();
    for (const [i, { invocation, stage, step }] of commands.entries()) {
      const key = generatedKey(invocation, stage);
      if (!key || (key.what === MACHINE_ID && build.language !== 'dockerfile')) continue;
      if (isRenewed && key.what === SSH_HOST_KEY) continue;
      // A later layer does not take a file out of the layers before it.
      const removed = (removals.get(build.language === 'dockerfile' ? step : stage) ?? []).filter(({ at }) => at > i);
      if (!key.places.some(place => stays(place, removed))) continue;
      const keys = byStep.get(step);
      if (keys) keys.push(key);
      else byStep.set(step, [key]);
    }
    const container = build.language === 'dockerfile';
    for (const [first, ...others] of byStep.values())
      yield {
        message: `${first!.what} is generated during the build: every ${container ? 'container' : 'machine'} shares it`,
        help: container
          ? 'Generate it when the container starts, or mount it'
          : 'Generate it at first boot, or delete it at the end of the build',
        span: first!.span,
        ...(first!.what === MACHINE_ID && { preset: 'strict' as const }),
        related: others.slice(0, 4).map(({ what, span }) => ({ message: `${what} is generated here`, span })),
      };
  },
});

const SSH_HOST_KEY = 'SSH host key';
const MACHINE_ID = 'Machine ID';
/** cloud-init makes new SSH host keys for each instance: https://docs.cloud-init.io/en/latest/reference/modules.html#ssh */
const CLOUD_INIT = /\bcloud-init\b|\buser-data\b/;

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

/** A path that a command deletes, and the position of the command. */
interface RemovedPath {
  readonly at: number;
  readonly path: string;
}

/** More deletions of one step or stage are not looked at; each is held against every key. */
const MOST_REMOVALS = 200;

/** The last deletions of each step or stage. */
function removalsIn(
  commands: readonly PlacedInvocation[],
  by: 'step' | 'stage',
): ReadonlyMap<Step | Stage, readonly RemovedPath[]> {
  const found = new Map<Step | Stage, RemovedPath[]>();
  for (const [at, command] of commands.entries())
    for (const path of removedPaths(command.invocation) ?? []) {
      const list = found.get(command[by]) ?? [];
      found.set(command[by], list);
      list.push({ at, path });
      if (list.length > MOST_REMOVALS) list.shift();
    }
  return found;
}

/** Whether a key is in the image, under whichever name. */
function stays(place: Place, removed: readonly RemovedPath[]): boolean {
  return !place.some(name => isVolatile(name) || removed.some(({ path }) => takes(path, name)));
}
