/** What shows that a container has to start as root, or gives root up by itself. */
import type { ImageBuild, RunStep, Stage, WriteFileStep } from '../../core/build.ts';
import { nameOf } from '../../core/path.ts';
import { overlaps } from '../../core/text.ts';
import { downloads } from '../../facts/downloads.ts';
import { isForDevelopers } from '../../facts/environments.ts';
import { parseImageReference } from '../../facts/image-reference.ts';
import { packageInstalls } from '../../facts/package-installs.ts';
import { projectBuildOf } from '../../facts/project-builds.ts';
import { invocationsOfStep } from '../../shell/invocations.ts';
import { rootOf } from './stages.ts';
import { startCommands, startOf, startSteps } from './start.ts';
import { passesOn, startScripts, textAtEnd } from './start-scripts.ts';
import { startsNothing } from './starts-nothing.ts';
import type { DockerfileTree, DockerStage, StageBase } from './tree.ts';

/** Programs that run another one as a user: https://github.com/tianon/gosu, setpriv(1), runuser(1), chpst(8) */
const SWITCHERS = ['gosu', 'su-exec', 'setpriv', 'runuser', 'chpst', 'setuidgid', 's6-setuidgid', 'fixuid'];
const IN_SCRIPT = new RegExp(
  `(?:^|[\\s"'=(&|;/])(?:${SWITCHERS.join('|')})[\\s"']|\\bchroot --userspec|\\bexec (?:sudo|su)\\b|(?:^|[\\s;&|(])su (?:-(?:s \\S{1,40}|[\\w-]{0,20}) ){0,2}(?!root\\b|-)[a-z][\\w-]{0,30}(?: -s \\S{1,40})? ?(?:-c|<<)|(?:^|[\\s;&|(])su (?:-s \\S{1,40} )?-c (?:"[^"\\n]{1,400}"|'[^'\\n]{1,400}') (?!root\\b)[a-z]|\\b(?:mysqld(?:_safe)?|mariadbd(?:-safe)?|memcached|named|varnishd|slapd|spawn-fcgi)\\b[^\\n;&|]{0,200} (?:--user[= ]|-u ?)(?!root\\b)[a-z]|\\bsudo -\\w{0,4}u\\b|\\bstart-stop-daemon\\b.{0,200}(?:-c |--chuid)`,
  'm',
);
/** Official images whose own entrypoint gives root up, where nothing takes its place. https://hub.docker.com/u/library */
const DROPPING: ReadonlySet<string> = new Set(
  (
    'postgres mysql mariadb percona mongo redis valkey cassandra rabbitmq influxdb telegraf chronograf kapacitor couchdb ' +
    'neo4j zookeeper ghost arangodb crate flink spark couchbase consul vault nats-streaming'
  ).split(' '),
);

/** Whether the containers of a stage give root up when they start: by their command, a script of the repository or the base. */
export function dropsRoot(file: DockerfileTree, build: ImageBuild, stage: DockerStage): boolean {
  if (startSteps(build, stage).some(switchesUser)) return true;
  const scripts = startScripts(file, build, stage);
  if (scripts.some(text => IN_SCRIPT.test(`${text}\n`))) return true;
  if (hasSwitcher(build, stage) && scripts.some(text => goesOnUnseen(text, file, stage))) return true;
  const { base } = rootOf(stage)?.stage ?? {};
  const text = base?.kind === 'image' ? (base.image.literal ?? base.image.byDefault) : undefined;
  const name = parseImageReference(text ?? '')?.name ?? '';
  return startOf(stage).entrypoint === undefined && name.startsWith('docker.io/library/') && DROPPING.has(nameOf(name));
}

/** Whether what the container starts gives root up itself; the program after it may be `"$@"`. */
function switchesUser(step: RunStep | WriteFileStep): boolean {
  const words = step.script?.commands.flatMap(command => command.words) ?? (step.kind === 'run' ? step.argv : []) ?? [];
  return words.some(({ literal }) => literal !== undefined && SWITCHERS.includes(nameOf(literal)));
}

/** Packages with nothing but a program that gives root up when a container starts. */
const SWITCHER_PACKAGES: ReadonlySet<string> = new Set(['gosu', 'su-exec']);

/** Whether such a package is installed in a stage or one that it is built on. */
function hasSwitcher(build: ImageBuild, stage: DockerStage): boolean {
  const chain = new Set<Stage | undefined>();
  for (let at: DockerStage | undefined = stage; at; at = at.base.kind === 'stage' ? at.base.stage : undefined)
    chain.add(build.stages[at.index]);
  return packageInstalls(build).some(
    one => chain.has(one.stage) && one.packages.some(({ name }) => SWITCHER_PACKAGES.has(name ?? '')),
  );
}

const HANDS_OVER = /^[ \t]*exec[ \t]+"?(\/[\w./-]{1,200})"?(?=[ \t;]|$)/gm;

/** Whether a script goes on with a script that is made when the container starts, or that the repository does not have. */
function goesOnUnseen(text: string, file: DockerfileTree, stage: DockerStage): boolean {
  return [...text.matchAll(HANDS_OVER)].some(
    ([, path = '']) => path.endsWith('.sh') && textAtEnd(path, file, stage) === undefined,
  );
}

/** Programs that work on the host or its devices, or that change to users themselves. */
const PRIVILEGED =
  /^(?:dockerd|containerd|buildkitd|crio|kubelet|kube-proxy|sshd|crond?|supercronic|init|systemd|smbd|openvpn|wg-quick|ipsec|charon|keepalived|rpc\.\w+|iscsid|multipathd|udevd|startx|xinit|Xorg|dhcpd|dnsmasq|in\.tftpd|hostapd|chronyd|ntpd|node_exporter|falco|cadvisor)$|device-plugin|(?:^|-)(?:csi|cni)(?:-|$)|-driver(?:-|$)|(?:^|-)node-agent(?:-|$)|(?:^|-)(?:netns|iptables|nftables|wireguard)(?:-|$)/;

/** A script that starts a container engine in the container: https://hub.docker.com/_/docker */
const STARTS_ENGINE =
  /(?:^|[\s;&|/])(?:dockerd|dockerd-entrypoint\.sh|containerd|buildkitd|podman system service)(?:[\s;&|]|$)/m;

/** The same for a script that sets up the network, devices or the accounts of the container, starts services, or installs packages. */
const CHANGES_SYSTEM =
  /(?:^|[\s;&|(/])(?:(?:ip6?tables(?:-legacy|-nft)?|nft|wg-quick|modprobe|sysctl|losetup|useradd|adduser|groupadd|addgroup|usermod|chpasswd|update-ca-certificates|startx|xinit|udevadm|udevd|sshd)[ \t;&]|mount (?=[-/])|ip (?:link|route|addr|address|rule|netns|tuntap) (?:add|set|del|replace)\b|tc qdisc\b|service [\w@.-]{1,40} (?:re)?start\b|etc\/init\.d\/[\w.-]{1,40} (?:re)?start\b|(?:apt-get|apt|yum|dnf|microdnf|apk|zypper)(?: -\S{1,20}){0,3} (?:install|add)\b|(?:startx|xinit|sshd)$)/m;

/** What a comment says of an image that stays root on purpose. */
const SAID =
  /\b(?:runs?|running|stays?|started?|starts) as root\b|\b(?:needs?|requires?|must)(?: to)?(?: be| run as| have)? root\b|\broot is (?:needed|required)\b/i;

const DENIED = /\b(?:not|never|no longer|don'?t|doesn'?t|avoid|without|instead of)\b/i;

/** Whether a comment at the beginning of the stage, or at what it starts, says that the container is root. */
export function isSaidToNeedRoot({ comments }: DockerfileTree, stage: DockerStage): boolean {
  const { command, entrypoint } = startOf(stage);
  const places = [stage.from.lineSpan, command?.span, entrypoint?.span].filter(span => span !== undefined);
  return comments.some(
    ({ target, text }) =>
      target !== undefined && SAID.test(text) && !DENIED.test(text) && places.some(place => overlaps(place, target)),
  );
}

/** The supervisor of s6-overlay starts as root, and its services change the user. https://github.com/just-containers/s6-overlay */
export function isSupervised({ source }: DockerfileTree): boolean {
  const text = source.text.replace(/^[ \t]{0,80}#.*$/gm, '');
  return /s6-overlay|s6-setuidgid|^[ \t]*(?:ENTRYPOINT|CMD)[ \t]+\[[ \t]*"\/init"/m.test(text);
}

/** Whether the repository builds the base of a stage, which may have a supervisor, or a user of its own. */
export function isBuiltHere(base: StageBase, { images }: ImageBuild): boolean {
  if (base.kind !== 'image') return false;
  const { span } = base.image;
  return images.some(one => overlaps(one.span, span) && one.fromRepository?.() === 'built');
}

/** Images that take the ports and the socket of the host, where the file starts nothing else. */
const PRIVILEGED_IMAGES = /^(?:docker\.io\/library\/)?(?:traefik(?::|$)|docker:[\w.-]{0,60}dind)/;
/** Bases that have firewalls and tunnels for the programs put into them: `registry.k8s.io/build-image/distroless-iptables`. */
const NETWORK_IMAGES = /(?:^|[/-])(?:iptables|nftables|wireguard|openvpn|strongswan)(?:[:@-]|$)/;
/** Packages for the network of the host; an image with nothing but these is there for them. */
const NETWORK_PACKAGES =
  /^(?:ip6?tables(?:-\w{1,20})?|nftables|ipset|iproute2?|iproute-tc|ebtables|conntrack(?:-tools)?|wireguard(?:-tools)?|openvpn|strongswan(?:-\w{1,20})?|keepalived|bridge-utils|tcpdump|ethtool)$/;
/** Packages that come along with others. */
const HELPERS =
  /^(?:bash|ca-certificates|curl|wget|jq|tini|dumb-init|net-tools|iputils(?:-\w{1,20})?|dnsutils|bind-tools|procps|coreutils)$/;

/** Whether what the container starts needs root for what it is there for. */
function needsRoot(file: DockerfileTree, build: ImageBuild, stage: DockerStage): boolean {
  const { base } = rootOf(stage)?.stage ?? {};
  const text = base?.kind === 'image' ? (base.image.literal ?? base.image.byDefault) : undefined;
  const { command, entrypoint } = startOf(stage);
  if (!command && !entrypoint && PRIVILEGED_IMAGES.test(text ?? '')) return true;
  if (NETWORK_IMAGES.test(text ?? '') || isOfNetwork(build, stage)) return true;
  if (file.givenHost || hasEngineClient(build, stage)) return true;
  if (startScripts(file, build, stage).some(text => STARTS_ENGINE.test(text) || CHANGES_SYSTEM.test(text))) return true;
  return startSteps(build, stage).some(step => {
    const first = step.kind === 'run' ? (step.argv?.[0] ?? step.script?.commands[0]?.words[0]) : undefined;
    return first?.literal !== undefined && PRIVILEGED.test(nameOf(first.literal));
  });
}

/** Whether all that is installed are tools for the network of the host, and nothing else is put into the image. */
function isOfNetwork(build: ImageBuild, stage: DockerStage): boolean {
  const made = build.stages[stage.index];
  const names = packageInstalls(build).flatMap(one => (one.stage === made ? one.packages.map(({ name }) => name) : []));
  return (
    names.some(name => NETWORK_PACKAGES.test(name ?? '')) &&
    names.every(name => name !== undefined && (NETWORK_PACKAGES.test(name) || HELPERS.test(name))) &&
    !makesPrograms(build, made) &&
    stage.instructions.every(
      one =>
        (one.kind !== 'copy' && one.kind !== 'add') || one.sources.every(({ literal }) => /\.sh$/.test(literal ?? '')),
    )
  );
}

/** A client of the container engine, whose socket gives root on the host whatever the user is. */
const ENGINE_CLIENT = /(?:^|\/)(?:bin|dist|release)\/(?:docker|podman|nerdctl)(?:\.exe)?$/;
const ENGINE_PACKAGES: ReadonlySet<string> = new Set([
  ...['docker-cli', 'docker-ce-cli', 'docker.io', 'docker-ce', 'docker-engine', 'moby-cli', 'podman', 'podman-remote'],
]);

function hasEngineClient(build: ImageBuild, stage: DockerStage): boolean {
  return (
    stage.instructions.some(
      one =>
        (one.kind === 'copy' || one.kind === 'add') &&
        one.sources.some(({ literal }) => literal !== undefined && ENGINE_CLIENT.test(literal)),
    ) ||
    packageInstalls(build).some(
      ({ packages, stage: at }) =>
        at === build.stages[stage.index] && packages.some(({ name }) => ENGINE_PACKAGES.has(name ?? '')),
    )
  );
}

/** Servers and supervisors that start as root, and whose workers, or that themselves, go on as the users that their configuration names. */
const MASTERS =
  /^(?:php-fpm[\d.]{0,4}|apache2(?:-foreground|ctl)?|apachectl|httpd(?:-foreground)?|nginx|supervisord|runsvdir|s6-svscan|circusd|mysqld(?:_safe)?|mariadbd(?:-safe)?|named|unbound|haproxy|squid|dovecot|postfix|exim4?|slapd|varnishd|proftpd|vsftpd|pure-ftpd|freeradius|radiusd|zabbix_(?:server|agentd)|clamd|tor|stunnel4?|privoxy|snmpd)$/;
/** Images of those, where the file starts nothing else. https://hub.docker.com/_/php */
const MASTER_IMAGES =
  /^(?:docker\.io\/library\/)?(?:nginx|httpd)(?::|$)|^(?:docker\.io\/library\/)?php:[\w.-]{0,60}(?:fpm|apache)/;
/** The same in a script, of those that have no other way. */
const STARTS_MASTER =
  /^[ \t]*(?:exec[ \t]+)?(?:\/(?:usr\/)?(?:local\/)?s?bin\/)?(?:php-fpm[\d.]{0,4}|supervisord|mysqld(?:_safe)?|mariadbd(?:-safe)?|named|unbound|squid|dovecot|postfix|slapd|proftpd|vsftpd|freeradius|zabbix_server)(?:[ \t;&]|$)/m;
const MASTERS_IN_SCRIPTS = /^(?:php-fpm[\d.]{0,4}|supervisord|mysqld(?:_safe)?|mariadbd(?:-safe)?)$/;

/** Whether what serves requests in the container is not root although the container starts as root. */
function hasOwnWorkers(file: DockerfileTree, build: ImageBuild, stage: DockerStage): boolean {
  const starts = startSteps(build, stage).flatMap(step =>
    step.kind === 'run'
      ? (step.argv?.[0] ?? step.script?.commands.at(-1)?.words.find(word => word.literal !== 'exec') ?? [])
      : [],
  );
  if (starts.some(({ literal }) => literal !== undefined && MASTERS.test(nameOf(literal)))) return true;
  if (startCommands(build, stage).some(({ program }) => MASTERS_IN_SCRIPTS.test(program))) return true;
  if (startScripts(file, build, stage).some(text => STARTS_MASTER.test(text))) return true;
  const { base } = rootOf(stage)?.stage ?? {};
  const text = base?.kind === 'image' ? (base.image.literal ?? base.image.byDefault) : undefined;
  return (
    startOf(stage).command === undefined && startOf(stage).entrypoint === undefined && MASTER_IMAGES.test(text ?? '')
  );
}

/**
 * Whether the container is a program that people call with arguments: without any it shows its help, or it is a program of a
 * package or of the base, and the image neither has nor makes one of its own and listens on no port.
 */
function isTool(build: ImageBuild, stage: DockerStage): boolean {
  const { entrypoint, command } = startOf(stage);
  if (!entrypoint) return false;
  const steps = startSteps(build, stage).flatMap(step => (step.kind === 'run' && step.argv ? [step.argv] : []));
  const [program, ...others] = steps[0] ?? [];
  const isAlone = program?.literal !== undefined && others.length === 0;
  if (!command) return isAlone && !hasOwnProgram(build, stage, program.literal);
  const last = steps.at(-1)?.at(-1)?.literal ?? '';
  return (
    /^(?:-h|--?help|help|--?version)$/.test(last) &&
    (steps.at(-1)?.length === 1 || !hasOwnProgram(build, stage, program?.literal ?? ''))
  );
}

/** What a project brings into its image: anything that is not a package, a setting or a script beside the program. */
const NO_PROGRAM = /\.(?:deb|rpm|apk|conf|cfg|ini|ya?ml|json|toml|txt|crt|pem|repo|list|asc|gpg|keys?)$/i;

/** Whether a stage has, downloads or builds a program of its own, or is a service by its ports and its health check. */
function hasOwnProgram(build: ImageBuild, stage: DockerStage, program: string): boolean {
  let isMade = false;
  let isPackaged = false;
  for (let at: DockerStage | undefined = stage; at; at = at.base.kind === 'stage' ? at.base.stage : undefined) {
    const made = build.stages[at.index];
    isMade ||= makesPrograms(build, made);
    isPackaged ||= packageInstalls(build).some(
      one => one.stage === made && one.packages.some(({ name }) => isOfPackage(nameOf(program), name)),
    );
    for (const one of at.instructions) {
      if (one.kind === 'expose' || one.kind === 'healthcheck') return true;
      if (one.kind !== 'copy' && one.kind !== 'add') continue;
      if (nameOf(one.destination?.literal ?? '') === nameOf(program) || one.heredocs.length > 0) return true;
      if (!one.sources.every(({ literal }) => literal !== undefined && NO_PROGRAM.test(literal))) return true;
    }
  }
  return isMade && !isPackaged;
}

/** `ansible-playbook` is a program of `ansible`, `dig` of a package with another name. */
function isOfPackage(program: string, name: string | undefined): boolean {
  const own = nameOf(name ?? '').toLowerCase();
  const [first = ''] = program.toLowerCase().split('-');
  return own !== '' && (own === program.toLowerCase() || own.split(/[-_@]/).includes(first));
}

/** What makes programs of sources. */
const BUILDERS: ReadonlySet<string> = new Set(
  'make gmake cmake ninja meson gcc cc g++ c++ clang clang++ rustc cargo go javac mvn gradle dotnet msbuild bazel'.split(
    ' ',
  ),
);
/** Packages, keys and lists of packages: what they install is theirs. */
const OF_MANAGERS =
  /\.(?:asc|gpg|keys?|pub|pem|crt|list|repo|sources|deb|rpm|apk)$|gpg|\bkeys?\b|deb\.nodesource\.com/i;

/** Whether a stage downloads programs, or builds them. */
function makesPrograms(build: ImageBuild, stage: Stage | undefined): boolean {
  return (
    downloads(build).some(one => one.stage === stage && !OF_MANAGERS.test(one.url)) ||
    (stage?.steps ?? []).some(
      step =>
        step.kind === 'run' &&
        step.phase === 'build' &&
        invocationsOfStep(step).some(one => BUILDERS.has(one.program) || projectBuildOf(one) !== undefined),
    )
  );
}

/**
 * Whether nothing shows that a container that starts as root could do without: it starts no program of its own, works on the
 * machine, gives root up in its workers, or is not deployed.
 */
export function isRootExpected(file: DockerfileTree, build: ImageBuild, stage: DockerStage): boolean {
  return (
    startsNothing(build, stage) ||
    passesOn(file, build, stage) ||
    needsRoot(file, build, stage) ||
    hasOwnWorkers(file, build, stage) ||
    isTool(build, stage) ||
    isSupervised(file) ||
    isForDevelopers(stage.name ?? '') ||
    (file.purpose !== undefined && file.purpose !== 'appliance')
  );
}
