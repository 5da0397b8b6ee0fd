import type { Stage, Step } from '../../../core/build.ts';
import { nameOf } from '../../../core/path.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { Span } from '../../../core/text.ts';
import { removedPaths, takesAway } from '../../../facts/removals.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import { type Invocation, invocationBy, type PlacedInvocation } from '../../../shell/invocations.ts';
import { type Arguments, readArguments } from '../../../shell/programs/index.ts';

/** What each of them makes, and the words without which it makes nothing: each program's own manual. */
const OTHER_GENERATORS: ReadonlyMap<string, readonly [what: string, makes: RegExp, path?: string]> = new Map([
  ['opendkim-genkey', ['DKIM key', /^/, '/etc/opendkim/keys/default.private']],
  ['rndc-confgen', ['Key of BIND', /(?:^| )-a(?: |$)/, '/etc/bind/rndc.key']],
  ['tsig-keygen', ['Key of BIND', /^/]],
  ['dnssec-keygen', ['DNSSEC key', /^/, '/etc/bind/Kzone.private']],
  [
    'easyrsa',
    ['Private key', /(?:^| )(?:build-ca|build-\w+-full|gen-req)(?: |$)/, '/etc/openvpn/easy-rsa/pki/private/ca.key'],
  ],
  ['openvpn', ['OpenVPN key', /(?:^| )--genkey(?: |$)/, '/etc/openvpn/ta.key']],
  ['mkcert', ['Private key', /(?:^| )(?!-version|-CAROOT|-help)\S/, '~/.local/share/mkcert/rootCA-key.pem']],
  ['age-keygen', ['age key', /(?:^| )(?:-o|--output)[ =]/, '~/.config/age/keys.txt']],
  ['step', ['Private key', /^(?:ca init|certificate create)(?: |$)/, '~/.step/secrets/root_ca_key']],
  ['puppetserver', ['CA of Puppet', /^ca (?:setup|generate)(?: |$)/, '/etc/puppetlabs/puppet/ssl/ca/ca_key.pem']],
]);

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
      ...OTHER_GENERATORS.keys(),
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
      const key = generatedKey(invocation);
      if (!key || (key.what === MACHINE_ID && build.language !== 'dockerfile')) continue;
      if (isVolatile(key.path) || (isRenewed && key.what === SSH_HOST_KEY)) continue;
      // A later layer does not take a file out of the layers before it.
      const scope = build.language === 'dockerfile' ? step : stage;
      if (removals.get(scope)?.some(({ at, path }) => at > i && isGone(key.path, path))) continue;
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

/** A private key that a command writes. */
interface GeneratedKey {
  readonly what: string;
  /** Where to; ends in `*` for a family of files. */
  readonly path: string;
  readonly span: Span;
}

function generatedKey(invocation: Invocation): GeneratedKey | undefined {
  const given = readArguments(invocation);
  const found = WRITERS[given.program]?.(given, invocation) ?? otherKey(invocation);
  if (!found) return undefined;
  const [what, path] = found;
  return path === undefined ? undefined : { what, path, span: invocation.script.spanOf(invocation.command) };
}

function otherKey(invocation: Invocation): ReturnType<Writer> {
  const [what, makes, path] = OTHER_GENERATORS.get(invocation.program) ?? [];
  const words = invocation.args.map(({ text }) => text).join(' ');
  if (what === undefined || words.length > 2_000 || /(?:^| )(?:-h|--help|--version)(?: |$)/.test(words))
    return undefined;
  return makes!.test(words) ? [what, path ?? redirectedTo(invocation)] : undefined;
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

/** Of a pipe, where `tee` puts it. */
function redirectedTo({ command, script }: Invocation): string | undefined {
  const own = command.redirects.find(({ operator }) => operator === '>' || operator === '>|' || operator === '>>');
  if (own) return own.target?.value.text;
  const next = command.pipeline[command.pipeline.indexOf(command) + 1];
  const tee = next && invocationBy(next, script);
  return tee?.program === 'tee' ? tee.args.find(({ text }) => !text.startsWith('-'))?.text : undefined;
}

/** Never part of an image, or not a file. */
const isVolatile = (path: string): boolean => /^\/(?:dev|proc|run\/secrets)\//.test(path) || path === '-';

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

function isGone(path: string, removed: string): boolean {
  return removed === path || takesAway(removed, path) || nameOf(removed) === nameOf(path);
}
