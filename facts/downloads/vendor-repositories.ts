/** Scripts of vendors that set up their package repository, and the commands that do the same with its signing key. */
import type { ImageBuild, Stage } from '../../core/build.ts';
import { type Fix, fix } from '../../core/finding.ts';
import { nameOf } from '../../core/path.ts';
import type { Invocation } from '../../shell/invocations.ts';
import type { Download } from '../downloads.ts';
import { packageInstalls } from '../package-installs.ts';
import { givenVariable, setsVariables } from './environment.ts';
import {
  generatedNote,
  isAskedNothing,
  isBefore,
  isPlain,
  isUsedElsewhere,
  joined,
  laidOut,
  systemOf,
} from './replaced.ts';

/** What a script does, in two parts: the repository, and what it installs from it. */
interface Vendor {
  readonly title: string;
  readonly url: RegExp;
  /** Where the address says no system: other package managers of the stage then speak against it. */
  readonly anySystem: boolean;
  /** What the script may be asked. */
  readonly asks?: RegExp;
  /** The variables that tell the script what to install. */
  readonly reads?: readonly string[];
  /** The only releases that the repository has, where it does not have all that are supported. */
  readonly releases?: Readonly<Record<string, readonly string[]>>;
  setUp(found: RegExpExecArray, shell: Shell, asked: string): readonly string[];
  install(shell: Shell, asked: string): string;
}

/** The commands for what is written as root. */
interface Shell {
  readonly sudo: '' | 'sudo ';
  /** A field as the document can have it: YAML has keys in a colon and a space, and APT needs no space. */
  colon(field: string): string;
  save(url: string, file: string): string;
  write(text: string, file: string): string;
}

const KEYS = '/etc/apt/keyrings';
const SOURCES = '/etc/apt/sources.list.d';
/** The script asks the system by itself. */
const ASKED = (name: string): string => `$(. /etc/os-release && echo "$${name}")`;

const bare = (name: string): string => ASKED(name).replaceAll('"', '');
const CODENAME = bare('VERSION_CODENAME');

const VENDORS: readonly Vendor[] = [
  {
    // https://github.com/nodesource/distributions/wiki/Repository-Manual-Installation
    title: "Set up NodeSource's repository with its signing key",
    // Earlier releases are in repositories by the distribution's name.
    url: /^https:\/\/deb\.nodesource\.com\/setup_(1[89]|[2-9]\d)\.x$/,
    anySystem: false,
    setUp: ([, major = ''], { colon, save, sudo, write }) => [
      `${sudo}mkdir -p ${KEYS}`,
      save('https://deb.nodesource.com/gpgkey/nodesource-repo.gpg.key', `${KEYS}/nodesource.asc`),
      write(
        `"deb [signed-by=${KEYS}/nodesource.asc] https://deb.nodesource.com/node_${major}.x nodistro main"`,
        `${SOURCES}/nodesource.list`,
      ),
      write(
        `'${['Package: nodejs', 'Pin: origin deb.nodesource.com', 'Pin-Priority: 600', ''].map(colon).join('\\n')}'`,
        '/etc/apt/preferences.d/nodejs',
      ),
    ],
    install: ({ sudo }) => `${sudo}apt-get update`,
  },
  {
    // https://docs.docker.com/engine/install/ubuntu/#install-using-the-repository
    title: "Install from Docker's repository with its signing key",
    url: /^https:\/\/get\.docker\.com\/?$/,
    anySystem: true,
    reads: ['VERSION', 'CHANNEL', 'DOWNLOAD_URL', 'REPO_FILE', 'DRY_RUN'],
    setUp: (_, { save, sudo, write }) => [
      `${sudo}mkdir -p ${KEYS}`,
      save(`"https://download.docker.com/linux/${ASKED('ID')}/gpg"`, `${KEYS}/docker.asc`),
      write(
        `"deb [signed-by=${KEYS}/docker.asc] https://download.docker.com/linux/${bare('ID')} ${CODENAME} stable"`,
        `${SOURCES}/docker.list`,
      ),
    ],
    install: ({ sudo }) =>
      `${sudo}apt-get update && ${sudo}apt-get install -y docker-ce docker-ce-cli containerd.io docker-buildx-plugin docker-compose-plugin docker-ce-rootless-extras`,
  },
  {
    // https://learn.microsoft.com/en-us/cli/azure/install-azure-cli-linux?pivots=apt
    title: "Install from Microsoft's repository with its signing key",
    url: /^https:\/\/aka\.ms\/InstallAzureCLIDeb$/i,
    anySystem: true,
    reads: ['DIST_CODE'],
    releases: { Debian: ['11', '12'], Ubuntu: ['20.04', '22.04', '24.04'] },
    setUp: (_, { save, sudo, write }) => [
      `${sudo}mkdir -p ${KEYS}`,
      save('https://packages.microsoft.com/keys/microsoft.asc', `${KEYS}/microsoft.asc`),
      write(
        `"deb [signed-by=${KEYS}/microsoft.asc] https://packages.microsoft.com/repos/azure-cli/ ${CODENAME} main"`,
        `${SOURCES}/azure-cli.list`,
      ),
    ],
    install: ({ sudo }) => `${sudo}apt-get update && ${sudo}apt-get install -y azure-cli`,
  },
  {
    // https://tailscale.com/kb/1187/install-ubuntu-2404
    title: "Install from Tailscale's repository with its signing key",
    url: /^https:\/\/tailscale\.com\/install\.sh$/,
    anySystem: true,
    reads: ['TRACK', 'TAILSCALE_VERSION'],
    setUp: (_, { save, sudo }) => {
      const place = `"https://pkgs.tailscale.com/stable/${bare('ID')}/${CODENAME}`;
      return [
        `${sudo}mkdir -p /usr/share/keyrings`,
        save(`${place}.noarmor.gpg"`, '/usr/share/keyrings/tailscale-archive-keyring.gpg'),
        save(`${place}.tailscale-keyring.list"`, `${SOURCES}/tailscale.list`),
      ];
    },
    install: ({ sudo }) => `${sudo}apt-get update && ${sudo}apt-get install -y tailscale tailscale-archive-keyring`,
  },
  {
    // https://apt.llvm.org
    title: "Install from LLVM's repository with its signing key",
    url: /^https:\/\/apt\.llvm\.org\/llvm\.sh$/,
    anySystem: true,
    asks: /^(?:1\d|2\d)$/,
    releases: { Debian: ['11', '12', '13'], Ubuntu: ['20.04', '22.04', '24.04'] },
    setUp: (_, { save, sudo, write }, asked) => [
      `${sudo}mkdir -p ${KEYS}`,
      save('https://apt.llvm.org/llvm-snapshot.gpg.key', `${KEYS}/llvm.asc`),
      write(
        `"deb [signed-by=${KEYS}/llvm.asc] https://apt.llvm.org/${CODENAME}/ llvm-toolchain-${CODENAME}-${asked} main"`,
        `${SOURCES}/llvm.list`,
      ),
    ],
    install: ({ sudo }, asked) =>
      `${sudo}apt-get update && ${sudo}apt-get install -y clang-${asked} lldb-${asked} lld-${asked} clangd-${asked}`,
  },
];

/** Replaces a script of a vendor that is downloaded and run, where it is known what it does and nothing is asked of it. */
export function repositoryFix(download: Download, build: ImageBuild): Fix | undefined {
  const { invocation, literal, path, runner, stage, step } = download;
  const vendor = VENDORS.find(({ url }) => url.test(literal ?? ''));
  if (!vendor || !invocation || !runner || runner.invocation.script !== invocation.script) return undefined;
  if (isBefore(FIRST, stage) || (vendor.releases && !isAmong(vendor.releases, stage))) return undefined;
  const systems = packageInstalls(build).flatMap(one => (one.stage === stage ? one.manager : []));
  const isApt =
    systems.includes('apt') || APT.has(systemOf(stage)?.product ?? '') || USES_APT.test(invocation.script.text.text);
  if (vendor.anySystem && !isApt) return undefined;
  if (systems.some(manager => OTHER_SYSTEMS.has(manager)) || !isPlain(invocation) || !isPlain(runner.invocation))
    return undefined;
  const place = { invocation: runner.invocation, stage, step };
  if (setsVariables(runner.invocation) || vendor.reads?.some(name => givenVariable(name, place, build)))
    return undefined;
  const shell = shellFor(invocation.program, isWithSudo(runner.invocation), build.language === 'cloud-init');
  const asked = vendor.asks ? askedFor(runner.invocation, vendor.asks) : '';
  if (asked === undefined) return undefined;
  const setUp = vendor.setUp(vendor.url.exec(literal!)!, shell, asked);
  const title = vendor.title + generatedNote(build);
  const { text } = invocation.script;
  const { command: fetched } = invocation;
  const { command: ran } = runner.invocation;
  if (runner.how === 'pipe') {
    const [first, second, ...more] = fetched.pipeline;
    if (
      first !== fetched ||
      second !== ran ||
      more.length > 0 ||
      (asked === '' && !isAskedNothing(runner.invocation, '-'))
    )
      return undefined;
    return fix(
      'suggested',
      title,
      laidOut(
        text.replace(fetched.start, ran.end, joined([...setUp, vendor.install(shell, asked)], invocation, build)),
        build,
      ),
    );
  }
  if (runner.how !== 'file' || path === undefined || fetched.pipeline.length > 1 || ran.pipeline.length > 1)
    return undefined;
  if (vendor.asks || !isAskedNothing(runner.invocation, nameOf(path)) || isUsedElsewhere(text.text, nameOf(path)))
    return undefined;
  return fix(
    'suggested',
    title,
    laidOut(text.replace(fetched.start, fetched.end, joined(setUp, invocation, build)), build),
    laidOut(text.replace(ran.start, ran.end, vendor.install(shell, asked)), build),
  );
}

/** Before these, APT reads no key as it is downloaded, and Docker does not build all of the packages. */
const FIRST: Readonly<Record<string, number>> = { Debian: 11, Ubuntu: 20.04 };

const isAmong = (releases: Readonly<Record<string, readonly string[]>>, stage: Stage): boolean => {
  const { product = '', release = '' } = systemOf(stage) ?? {};
  return Object.hasOwn(releases, product) && releases[product]!.includes(release);
};

/** The one thing that a script is asked, after `-s --`. */
function askedFor({ args }: Invocation, asks: RegExp): string | undefined {
  const [flag, end, word, more] = args.map(({ literal }) => literal);
  return flag === '-s' && end === '--' && word !== undefined && asks.test(word) && more === undefined
    ? word
    : undefined;
}

/** A script that updates APT's lists is for a system that has it. */
const USES_APT = /\bapt(?:-get)? (?:-\S{1,20} ){0,3}(?:update|upgrade|install)\b/;
/** Whose packages are APT's. */
const APT: ReadonlySet<string> = new Set(['Debian', 'Ubuntu']);
const OTHER_SYSTEMS: ReadonlySet<string> = new Set(['apk', 'yum', 'dnf', 'microdnf', 'tdnf', 'zypper', 'pacman']);

/** Scripts of vendors get their rights by themselves, where the commands around them use `sudo`. */
const isWithSudo = ({ script, via }: Invocation): boolean =>
  via.includes('sudo') || /(?:^|[\n;&|])[ \t]{0,20}sudo /.test(script.text.text);

function shellFor(program: string, asRoot: boolean, inYaml: boolean): Shell {
  const sudo = asRoot ? 'sudo ' : '';
  return {
    sudo,
    colon: field => (inYaml ? field.replace(': ', ':') : field),
    save: (url, file) =>
      program === 'wget' ? `${sudo}wget -qO ${file} ${url}` : `${sudo}curl -fsSL ${url} -o ${file}`,
    write: (text, file) =>
      `${text.startsWith("'") ? 'printf' : 'echo'} ${text} ${asRoot ? `| sudo tee ${file} > /dev/null` : `> ${file}`}`,
  };
}
