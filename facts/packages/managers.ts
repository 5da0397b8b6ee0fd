/** What the command lines of the package managers mean: which subcommands install, and which options name packages. */
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
  peclPackage,
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
  | 'pecl'
  | 'dotnet'
  | 'brew'
  | 'snap'
  | 'choco'
  | 'winget'
  /** Whatever the distribution has: cloud-init's `packages:`. */
  | 'system';

/** What installs, and from what; how the words are distinguished is the matter of `shell/programs/`. */
export interface ManagerSpec {
  readonly manager: PackageManager;
  /** The names of the program's grammars. */
  readonly programs: readonly string[];
  /** Subcommands that install packages. */
  readonly installs: readonly string[];
  /** Options whose value is the version of every package named. */
  readonly version?: readonly string[];
  /** Options whose value names a list of packages, a project or a repository. */
  readonly sources?: Readonly<Record<string, 'list' | 'local' | 'vcs'>>;
  /** Options whose value names a package. */
  readonly named?: readonly string[];
  readonly read: ReadPackage;
}

const PIP_SOURCES = { '--requirement': 'list', '--requirements': 'list', '--editable': 'local' } as const;
const RPM_INSTALLS = ['install', 'localinstall', 'groupinstall', 'group install', 'module install', 'install-n'];

export const MANAGERS: readonly ManagerSpec[] = [
  { manager: 'apt', programs: ['apt', 'aptitude'], installs: ['install'], read: aptPackage },
  { manager: 'apk', programs: ['apk'], installs: ['add'], read: apkPackage },
  ...(['yum', 'dnf', 'microdnf', 'tdnf'] as const).map(
    (manager): ManagerSpec => ({
      manager,
      programs: [manager],
      installs: [...RPM_INSTALLS, 'install-nevra'],
      read: rpmPackage,
    }),
  ),
  { manager: 'zypper', programs: ['zypper'], installs: ['install'], read: zypperPackage },
  { manager: 'pacman', programs: ['pacman'], installs: ['sync', 'upgrade'], read: pacmanPackage },
  { manager: 'pip', programs: ['pip'], installs: ['install'], sources: PIP_SOURCES, read: pipPackage },
  { manager: 'pipx', programs: ['pipx'], installs: ['install', 'inject'], read: pipPackage },
  {
    manager: 'uv',
    programs: ['uv'],
    installs: ['pip install', 'add', 'tool install'],
    sources: PIP_SOURCES,
    read: pipPackage,
  },
  {
    manager: 'poetry',
    programs: ['poetry'],
    installs: ['add', 'self add'],
    read: text => (/^[\w.-]+@/.test(text) ? npmPackage(text) : pipPackage(text)),
  },
  {
    manager: 'conda',
    programs: ['conda'],
    installs: ['install', 'create'],
    sources: { '--file': 'list' },
    read: condaPackage,
  },
  { manager: 'npm', programs: ['npm'], installs: ['install', 'ci'], read: npmPackage },
  { manager: 'yarn', programs: ['yarn'], installs: ['add', 'global add', 'install', 'dlx'], read: npmPackage },
  { manager: 'pnpm', programs: ['pnpm'], installs: ['add', 'install'], read: npmPackage },
  { manager: 'bun', programs: ['bun'], installs: ['add', 'install'], read: npmPackage },
  {
    manager: 'gem',
    programs: ['gem'],
    installs: ['install'],
    version: ['--version'],
    sources: { '--file': 'list' },
    read: gemPackage,
  },
  { manager: 'go', programs: ['go'], installs: ['install', 'get', 'run'], read: goPackage },
  {
    manager: 'cargo',
    programs: ['cargo'],
    installs: ['install', 'binstall'],
    version: ['--version'],
    sources: { '--git': 'vcs', '--path': 'local' },
    read: cargoPackage,
  },
  { manager: 'composer', programs: ['composer'], installs: ['require', 'global require'], read: composerPackage },
  { manager: 'pecl', programs: ['pecl'], installs: ['install'], read: peclPackage },
  {
    manager: 'dotnet',
    programs: ['dotnet'],
    installs: ['tool install'],
    version: ['--version'],
    read: barePackage,
  },
  { manager: 'brew', programs: ['brew'], installs: ['install', 'reinstall'], read: brewPackage },
  {
    manager: 'snap',
    programs: ['snap'],
    installs: ['install'],
    version: ['--channel', '--revision'],
    read: barePackage,
  },
  { manager: 'choco', programs: ['choco'], installs: ['install'], version: ['--version'], read: barePackage },
  {
    manager: 'winget',
    programs: ['winget'],
    installs: ['install'],
    version: ['--version'],
    named: ['--id', '--name', '--moniker', '--query'],
    read: barePackage,
  },
];

const BY_PROGRAM: ReadonlyMap<string, ManagerSpec> = new Map(
  MANAGERS.flatMap(spec => spec.programs.map(program => [program, spec] as const)),
);

/** The programs of all managers. */
export const MANAGER_PROGRAMS: readonly string[] = [...BY_PROGRAM.keys()];

/** The programs of some managers, as what a rule needs. */
export function programsOf(managers: readonly string[]): readonly string[] {
  return MANAGERS.flatMap(({ manager, programs }) => (managers.includes(manager) ? programs : []));
}

/** The manager whose command line it is, by the name of its grammar. */
export function managerOf(program: string): ManagerSpec | undefined {
  return BY_PROGRAM.get(program);
}
