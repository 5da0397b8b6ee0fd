/** The command lines of the package managers: which verbs install, and which options take a value. */
import {
  apkPackage,
  aptPackage,
  barePackage,
  brewPackage,
  cargoPackage,
  composerPackage,
  condaPackage,
  gemPackage,
  goPackage,
  npmPackage,
  pacmanPackage,
  pipPackage,
  type ReadPackage,
  rpmPackage,
  zypperPackage,
} from './names.ts';

export type PackageManager =
  | 'apt'
  | 'apk'
  | 'yum'
  | 'dnf'
  | 'microdnf'
  | 'tdnf'
  | 'zypper'
  | 'pacman'
  | 'pip'
  | 'pipx'
  | 'uv'
  | 'poetry'
  | 'conda'
  | 'npm'
  | 'yarn'
  | 'pnpm'
  | 'bun'
  | 'gem'
  | 'go'
  | 'cargo'
  | 'composer'
  | 'brew'
  | 'snap'
  | 'choco'
  | 'winget'
  /** Whatever the distribution has: cloud-init's `packages:`. */
  | 'system';

export interface ManagerGrammar {
  readonly manager: PackageManager;
  readonly programs: RegExp;
  /** Verbs that install packages, some of two words. */
  readonly verbs: readonly string[];
  /** Options with a value in front of the verb. */
  readonly global: readonly string[];
  /** Options with a value behind it. */
  readonly valued: readonly string[];
  /** Options whose value is the version of every package named. */
  readonly version?: readonly string[];
  /** Options whose value names a list of packages, a project or a repository. */
  readonly sources?: Readonly<Record<string, 'list' | 'local' | 'vcs'>>;
  /** Without packages it installs what a file of the project says. */
  readonly project?: boolean;
  /** All operands are groups, not packages. */
  readonly groups?: RegExp;
  readonly read: ReadPackage;
}

const apt = [
  '-t',
  '--target-release',
  '--default-release',
  '-o',
  '--option',
  '-c',
  '--config-file',
  '-a',
  '--host-architecture',
];
const rpm = [
  ...['--enablerepo', '--disablerepo', '--repo', '--repoid', '--repofrompath', '-c', '--config', '--installroot'],
  ...['--releasever', '-x', '--exclude', '--excludepkgs', '--setopt', '-d', '--debuglevel', '-e', '--errorlevel'],
  ...[
    '-R',
    '--randomwait',
    '--color',
    '--comment',
    '--forcearch',
    '--downloaddir',
    '--destdir',
    '--advisory',
    '--noplugins-of',
  ],
  ...['--disableplugin', '--enableplugin', '--downloadonly-dir'],
];
const apk = [
  ...[
    '-t',
    '--virtual',
    '-X',
    '--repository',
    '-p',
    '--root',
    '--keys-dir',
    '--repositories-file',
    '--arch',
    '--cache-dir',
  ],
  ...['--cache-max-age', '--progress-fd', '--wait', '--timeout'],
];
const pip = [
  ...[
    '-c',
    '--constraint',
    '-i',
    '--index-url',
    '--extra-index-url',
    '-f',
    '--find-links',
    '-t',
    '--target',
    '--prefix',
  ],
  ...['--root', '-b', '--build', '--src', '--no-binary', '--only-binary', '--platform', '--python-version', '--abi'],
  ...['--implementation', '--trusted-host', '--proxy', '--timeout', '--retries', '--cache-dir', '--log', '--cert'],
  ...[
    '--client-cert',
    '--upgrade-strategy',
    '--global-option',
    '--install-option',
    '--config-settings',
    '-C',
    '--progress-bar',
  ],
  ...['--report', '--python', '--exists-action', '--root-user-action', '--use-feature', '--use-deprecated', '--group'],
];
const pipSources = { '-r': 'list', '--requirement': 'list', '-e': 'local', '--editable': 'local' } as const;
const node = [
  ...[
    '--prefix',
    '-C',
    '--registry',
    '--cache',
    '--userconfig',
    '--globalconfig',
    '--tag',
    '--omit',
    '--include',
    '-w',
  ],
  ...[
    '--workspace',
    '--loglevel',
    '--fetch-retries',
    '--fetch-timeout',
    '--script-shell',
    '--otp',
    '--before',
    '--cwd',
  ],
  ...[
    '--cache-folder',
    '--modules-folder',
    '--network-timeout',
    '--network-concurrency',
    '--mutex',
    '--dir',
    '--filter',
  ],
  ...[
    '--store-dir',
    '--global-dir',
    '--reporter',
    '--maxsockets',
    '--install-strategy',
    '--use-yarnrc',
    '--preferred-cache-folder',
  ],
];

export const MANAGERS: readonly ManagerGrammar[] = [
  {
    manager: 'apt',
    programs: /^(?:apt|apt-get|aptitude)$/,
    verbs: ['install'],
    global: apt,
    valued: apt,
    read: aptPackage,
  },
  { manager: 'apk', programs: /^apk$/, verbs: ['add'], global: apk, valued: apk, read: apkPackage },
  ...(['yum', 'dnf', 'microdnf', 'tdnf'] as const).map(
    (manager): ManagerGrammar => ({
      manager,
      programs: manager === 'dnf' ? /^dnf[345]?$/ : new RegExp(`^${manager}$`),
      verbs: [
        'install',
        'localinstall',
        'groupinstall',
        'group install',
        'groups install',
        'module install',
        'install-n',
        'install-nevra',
      ],
      global: rpm,
      valued: rpm,
      groups: /group|module/,
      read: rpmPackage,
    }),
  ),
  {
    manager: 'zypper',
    programs: /^zypper$/,
    verbs: ['install', 'in'],
    global: [
      '-R',
      '--root',
      '-p',
      '--plus-repo',
      '--plus-content',
      '-D',
      '--reposd-dir',
      '-C',
      '--cache-dir',
      '-c',
      '--config',
    ],
    valued: ['-t', '--type', '-r', '--repo', '--from', '--download', '-R', '--root'],
    read: zypperPackage,
  },
  {
    manager: 'pip',
    programs: /^pip(?:\d+(?:\.\d+)?)?$/,
    verbs: ['install'],
    global: pip,
    valued: pip,
    sources: pipSources,
    read: pipPackage,
  },
  {
    manager: 'pipx',
    programs: /^pipx$/,
    verbs: ['install', 'inject'],
    global: [],
    valued: ['--python', '--pip-args', '--suffix', '-i', '--index-url', '--preinstall', '--backend'],
    read: pipPackage,
  },
  {
    manager: 'uv',
    programs: /^uv$/,
    verbs: ['pip install', 'add', 'tool install'],
    global: ['--directory', '--project', '--config-file', '--cache-dir', '--color'],
    valued: [...pip, '-p', '--index', '--default-index', '--with', '--extra', '--link-mode', '--override', '--package'],
    sources: pipSources,
    read: pipPackage,
  },
  {
    manager: 'poetry',
    programs: /^poetry$/,
    verbs: ['add', 'self add'],
    global: ['-C', '--directory', '-P', '--project'],
    valued: ['-G', '--group', '-E', '--extras', '--python', '--platform', '--source'],
    read: text => (/^[\w.-]+@/.test(text) ? npmPackage(text) : pipPackage(text)),
  },
  {
    manager: 'conda',
    programs: /^(?:conda|mamba|micromamba)$/,
    verbs: ['install', 'create'],
    global: [],
    valued: [
      '-n',
      '--name',
      '-p',
      '--prefix',
      '-c',
      '--channel',
      '--repodata-fn',
      '--solver',
      '--platform',
      '--subdir',
    ],
    sources: { '--file': 'list', '-f': 'list' },
    read: condaPackage,
  },
  {
    manager: 'npm',
    programs: /^npm$/,
    verbs: ['install', 'i', 'add', 'ci', 'in', 'clean-install', 'install-clean'],
    global: node,
    valued: node,
    project: true,
    read: npmPackage,
  },
  {
    manager: 'yarn',
    programs: /^yarn(?:pkg)?$/,
    verbs: ['add', 'global add', 'install', 'dlx'],
    global: node,
    valued: node,
    project: true,
    read: npmPackage,
  },
  {
    manager: 'pnpm',
    programs: /^pnpm$/,
    verbs: ['add', 'install', 'i'],
    global: node,
    valued: node,
    project: true,
    read: npmPackage,
  },
  {
    manager: 'bun',
    programs: /^bun$/,
    verbs: ['add', 'install', 'i', 'a'],
    global: node,
    valued: node,
    project: true,
    read: npmPackage,
  },
  {
    manager: 'gem',
    programs: /^gem\d*(?:\.\d+)?$/,
    verbs: ['install', 'i'],
    global: ['--config-file'],
    valued: [
      '-i',
      '--install-dir',
      '-n',
      '--bindir',
      '--platform',
      '-s',
      '--source',
      '-P',
      '--trust-policy',
      '-p',
      '--http-proxy',
      '-B',
      '--build-root',
    ],
    version: ['-v', '--version'],
    sources: { '-g': 'list', '--file': 'list' },
    read: gemPackage,
  },
  {
    manager: 'cargo',
    programs: /^cargo$/,
    verbs: ['install', 'binstall'],
    global: ['--config', '-C', '-Z', '--color'],
    valued: [
      '--root',
      '-F',
      '--features',
      '--target',
      '--target-dir',
      '--profile',
      '-j',
      '--jobs',
      '--registry',
      '--index',
      '--bin',
      '--example',
      '--branch',
      '--tag',
      '--rev',
    ],
    version: ['--version', '--vers'],
    sources: { '--git': 'vcs', '--path': 'local' },
    read: cargoPackage,
  },
  {
    manager: 'composer',
    programs: /^composer(?:\.phar)?$/,
    verbs: ['require', 'global require', 'req', 'r'],
    global: ['-d', '--working-dir'],
    valued: ['-d', '--working-dir', '--ignore-platform-req', '--sort-by'],
    read: composerPackage,
  },
  {
    manager: 'brew',
    programs: /^brew$/,
    verbs: ['install', 'reinstall'],
    global: [],
    valued: ['--appdir', '--cc', '--env'],
    read: brewPackage,
  },
  {
    manager: 'snap',
    programs: /^snap$/,
    verbs: ['install'],
    global: [],
    valued: ['--cohort', '--name'],
    version: ['--channel', '--revision'],
    read: barePackage,
  },
  {
    manager: 'choco',
    programs: /^choco(?:latey)?$/,
    verbs: ['install'],
    global: [],
    valued: [
      '-s',
      '--source',
      '--params',
      '--package-parameters',
      '--ia',
      '--install-arguments',
      '--timeout',
      '-u',
      '--user',
      '-p',
      '--password',
      '--cert',
    ],
    version: ['--version'],
    read: barePackage,
  },
  {
    manager: 'winget',
    programs: /^winget$/,
    verbs: ['install', 'add'],
    global: [],
    valued: ['--id', '--name', '-s', '--source', '--scope', '-l', '--location'],
    version: ['-v', '--version'],
    read: barePackage,
  },
];

/** Grammars that fit no table: `pacman -S`, `go install`. */
export const PACMAN: ManagerGrammar = {
  manager: 'pacman',
  programs: /^(?:pacman|yay|paru)$/,
  verbs: [],
  global: [],
  valued: [
    '-b',
    '--dbpath',
    '-r',
    '--root',
    '--arch',
    '--cachedir',
    '--color',
    '--config',
    '--gpgdir',
    '--hookdir',
    '--ignore',
    '--overwrite',
    '--ignoregroup',
    '--assume-installed',
    '--sysroot',
  ],
  read: pacmanPackage,
};

/** Flags of `go` have one dash, so that bundling is out: `-ldflags "-s -w"`. https://pkg.go.dev/cmd/go */
export const GO: ManagerGrammar = {
  manager: 'go',
  programs: /^go\d*(?:\.\d+)*$/,
  verbs: ['install', 'get', 'run'],
  global: ['-C'],
  valued: [
    '-C',
    '-p',
    '-asmflags',
    '-buildmode',
    '-compiler',
    '-gccgoflags',
    '-gcflags',
    '-installsuffix',
    '-ldflags',
    '-mod',
    '-modfile',
    '-overlay',
    '-pgo',
    '-pkgdir',
    '-tags',
    '-toolexec',
    '-exec',
    '-covermode',
    '-coverpkg',
  ],
  read: goPackage,
};
