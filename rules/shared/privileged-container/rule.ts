import type { ImageBuild, Step } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { Span } from '../../../core/text.ts';
import {
  type ConfigFile,
  type ConfigKind,
  configFiles,
  fileCommands,
  isOn,
  keyOf,
  type Setting,
} from '../../../facts/config-files.ts';
import { FILE_WRITE_NEEDS, type FileWrite, fileWrites } from '../../../facts/file-writes.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { type Arguments, readArguments } from '../../../shell/programs/index.ts';

export default defineBuildRule({
  id: 'privileged-container',
  summary: 'A container is started with root access to the host',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  languages: ['packer', 'cloud-init'],
  needs: {
    steps: FILE_WRITE_NEEDS.steps!,
    programs: [...FILE_WRITE_NEEDS.programs!, 'docker', 'podman', 'nerdctl', 'lxc', 'incus'],
  },
  since: '2026.11',
  *check(build) {
    for (const { grant, span } of grants(build)) yield { ...WORDS[grant], span };
  },
});

/** What gives a container the host. Agents that watch a machine often need to see its processes and files. */
type Grant =
  | 'privileged'
  | 'permitted'
  | 'capabilities'
  | 'admin'
  | 'unconfined'
  | 'root'
  | 'pid'
  | 'socket'
  | 'root-read-only';

const WORDS: Readonly<Record<Grant, Omit<Finding, 'span'>>> = {
  privileged: {
    message: 'A privileged container has root access to the host',
    help: 'Add only the capabilities and devices that it needs',
  },
  permitted: {
    message: 'Jobs of Nomad may start privileged containers',
    help: 'Remove it, and allow single capabilities in `allow_caps`',
    severity: 'info',
  },
  capabilities: {
    message: 'A container with every capability is close to root on the host',
    help: 'Add only the capabilities that it needs',
  },
  admin: {
    message: 'A container with `SYS_ADMIN` is close to root on the host',
    help: 'Add the capability for what it does, such as `BPF` or `PERFMON`',
  },
  unconfined: {
    message: 'A container runs without its seccomp or AppArmor profile',
    help: 'Remove it, or write a profile that allows what it needs',
  },
  root: {
    message: 'A container can write to the whole host file system',
    help: 'Mount only the directories that it needs, read-only where possible',
  },
  'root-read-only': {
    message: 'A container can read the whole host file system',
    help: 'Mount only the directories that it needs',
    preset: 'all',
  },
  pid: {
    message: 'A container sees and can signal all host processes',
    help: 'Remove `--pid=host` unless it watches the host',
    severity: 'info',
  },
  socket: {
    message: 'A container mounts the engine socket, which gives root on the host',
    help: 'Use a socket proxy that allows only the calls it needs',
  },
};

interface Granted {
  readonly grant: Grant;
  readonly span: Span;
}

function* grants(build: ImageBuild): Iterable<Granted> {
  for (const { invocation, step } of setupCommands(build)) yield* inCommand(invocation, step);
  for (const { invocation } of fileCommands(build)) yield* inCommand(invocation, undefined);
  for (const write of fileWrites(build)) yield* inNomad(write);
  for (const file of configFiles(build)) for (const one of file.settings ?? []) yield* inSetting(file, one);
}

const ADMIN = /^(?:CAP_)?SYS_ADMIN$/i;
const UNCONFINED = /^(?:seccomp|apparmor)[=:]unconfined$/;
const ENGINES: ReadonlySet<string> = new Set(['docker', 'podman', 'nerdctl']);

function* inCommand(invocation: Invocation, step: Step | undefined): Iterable<Granted> {
  if (/^(?:lxc|incus)$/.test(invocation.program)) yield* inLxc(invocation);
  const given = readArguments(invocation);
  if (!ENGINES.has(given.program) || !/^(?:container )?(?:run|create)$/.test(given.verb)) return;
  // One that does its work and is gone leaves nothing that runs.
  if (step && given.has('--rm') && !given.has('--detach')) return;
  const { script } = invocation;
  const privileged = given.all('--privileged').find(({ off }) => !off);
  if (privileged) yield { grant: 'privileged', span: script.spanOf(privileged.words[0]!) };
  for (const { literal = '', word } of given.values('--cap-add'))
    if (isEvery(literal)) yield { grant: 'capabilities', span: script.spanOf(word) };
  for (const { literal = '', word } of given.values('--cap-add'))
    if (ADMIN.test(literal)) yield { grant: 'admin', span: script.spanOf(word) };
  for (const { literal = '', word } of given.values('--security-opt'))
    if (UNCONFINED.test(literal)) yield { grant: 'unconfined', span: script.spanOf(word) };
  const pid = given.value('--pid');
  if (pid?.literal === 'host') yield { grant: 'pid', span: script.spanOf(pid.word) };
  yield* inMounts(given, invocation);
}

function* inMounts(given: Arguments, { script }: Invocation): Iterable<Granted> {
  for (const { literal, word } of given.values('--volume')) {
    const grant = grantOfVolume(literal);
    if (grant) yield { grant, span: script.spanOf(word) };
  }
  for (const { literal = '', word } of given.values('--mount')) {
    const source = /(?:^|,)(?:source|src)=([^,]{1,300})/.exec(literal)?.[1];
    const readOnly = /(?:^|,)(?:readonly|ro)(?:=true)?(?:,|$)/.test(literal);
    const grant = source === undefined ? undefined : grantOfVolume(`${source}:/x${readOnly ? ':ro' : ''}`);
    if (grant) yield { grant, span: script.spanOf(word) };
  }
}

/** `SOURCE:TARGET:OPTIONS` */
function grantOfVolume(volume = ''): Grant | undefined {
  const [source, , options = ''] = volume.split(':');
  if (/^\/(?:var\/)?run\/(?:docker|podman\/podman|containerd\/containerd|crio\/crio)\.sock$/.test(source ?? ''))
    return 'socket';
  if (source !== '/') return undefined;
  return options.split(',').includes('ro') ? 'root-read-only' : 'root';
}

function* inSetting({ kind }: ConfigFile, one: Setting): Iterable<Granted> {
  const { path, span, literal } = one;
  const grant = IN_FILE[kind]?.(one);
  if (grant) yield { grant, span };
  if (kind !== 'quadlet' || path[0] !== 'Container') return;
  const key = path[1];
  if (key === 'PodmanArgs' && /(?:^|\s)--privileged(?:\s|$)/.test(literal ?? '')) yield { grant: 'privileged', span };
  if (key === 'AddCapability' && (literal ?? '').split(/\s+/).some(isEvery)) yield { grant: 'capabilities', span };
  if (key === 'AddCapability' && (literal ?? '').split(/\s+/).some(one => ADMIN.test(one)))
    yield { grant: 'admin', span };
  if (key === 'SeccompProfile' && literal === 'unconfined') yield { grant: 'unconfined', span };
  const volume = key === 'Volume' ? grantOfVolume(literal) : undefined;
  if (volume) yield { grant: volume, span };
}

function inCompose(one: Setting): Grant | undefined {
  const { path, literal } = one;
  if (path[0] !== 'services') return undefined;
  if (path.length === 3 && path[2] === 'privileged' && isOn(one)) return 'privileged';
  if (path.length === 3 && path[2] === 'pid' && literal === 'host') return 'pid';
  if (path.length === 4 && path[2] === 'cap_add' && isEvery(literal)) return 'capabilities';
  if (path.length === 4 && path[2] === 'cap_add' && ADMIN.test(literal ?? '')) return 'admin';
  if (path.length === 4 && path[2] === 'security_opt' && UNCONFINED.test(literal ?? '')) return 'unconfined';
  // `- /:/host`, and `source:` of the long form.
  if (path[2] !== 'volumes') return undefined;
  if (path.length === 4) return grantOfVolume(literal);
  return path.length === 5 && path[4] === 'source' ? grantOfVolume(`${literal}:/x`) : undefined;
}

function inPod(one: Setting): Grant | undefined {
  const { path } = one;
  const key = path.at(-1);
  if (key === 'privileged' && path.at(-2) === 'securityContext' && isOn(one)) return 'privileged';
  if (path.at(-2) === 'add' && path.at(-3) === 'capabilities' && isEvery(one.literal)) return 'capabilities';
  if (key === 'hostPID' && isOn(one)) return 'pid';
  return key === 'path' && path.at(-2) === 'hostPath' ? grantOfVolume(`${one.literal}:/x:ro`) : undefined;
}

/** What the agent allows, and what a job asks for. https://developer.hashicorp.com/nomad/docs/deploy/task-driver/docker */
function* inNomad({ path, text }: FileWrite): Iterable<Granted> {
  if (!/nomad[\w./-]{0,60}\.hcl$|\.nomad$/.test(path)) return;
  for (const match of text.text.matchAll(/^[ \t]{0,60}((?:allow_)?privileged)[ \t]{0,8}=[ \t]{0,8}true\b/gm)) {
    const start = match.index + match[0].indexOf(match[1]!);
    const grant = match[1] === 'privileged' ? 'privileged' : 'permitted';
    yield { grant, span: text.spanOf(start, match.index + match[0].length) };
  }
}

/** The containers that run jobs. https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnersdocker-section */
function inRunner(one: Setting): Grant | undefined {
  const [section, key] = one.path;
  if (section !== 'runners.docker') return undefined;
  if (key === 'privileged' && isOn(one)) return 'privileged';
  if (key === 'cap_add' && isEvery(one.literal)) return 'capabilities';
  if (key === 'pid_mode' && one.literal === 'host') return 'pid';
  return key === 'volumes' ? grantOfVolume(one.literal) : undefined;
}

/** https://documentation.ubuntu.com/lxd/latest/reference/instance_options/#instance-security:security.privileged */
function inLxd(one: Setting): Grant | undefined {
  return keyOf(one) === 'security.privileged' && isOn(one) ? 'privileged' : undefined;
}

/** `lxc launch … -c security.privileged=true`, `lxc config set NAME security.privileged true` */
function* inLxc({ args, script }: Invocation): Iterable<Granted> {
  const words = args.map(({ literal }) => literal ?? '');
  const at = words.findIndex(
    (word, i) =>
      /^(?:--config=)?security\.privileged=(?:true|1|yes|on)$/.test(word) ||
      (word === 'security.privileged' && /^(?:true|1|yes|on)$/.test(words[i + 1] ?? '')),
  );
  if (at >= 0) yield { grant: 'privileged', span: script.spanOf(args[at]!) };
}

const isEvery = (capability: string | undefined): boolean => /^all$/i.test(capability ?? '');

const IN_FILE: Readonly<Partial<Record<ConfigKind, (one: Setting) => Grant | undefined>>> = {
  compose: inCompose,
  pod: inPod,
  'gitlab-runner': inRunner,
  lxd: inLxd,
};
