import type { ImageBuild } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { InstalledPackage, PackageInstall, PackageManager } from '../../../facts/package-installs.ts';
import { programsOf } from '../../../facts/packages/managers.ts';
import { unpinnedPackages } from '../../../facts/unpinned-packages.ts';

/** How each manager is given a version. */
const HELP: readonly (readonly [
  manager: PackageManager,
  help: (name: string, install: PackageInstall, found: InstalledPackage) => string,
])[] = [
  ['cargo', name => `Pin a version: \`${name}@VERSION\`, and add \`--locked\``],
  ['composer', name => `Pin a version: \`${name}:VERSION\``],
  ['conda', (name, _install, { source }) => `Pin a version: \`${withVersion(source.text, name)}\``],
  ['pecl', name => `Pin a version: \`${name}-VERSION\``],
  ['dotnet', () => 'Add `--version VERSION`'],
];

/** `CHANNEL::NAME=*=BUILD` keeps its channel and its build. */
function withVersion(spec: string, name: string): string {
  const [, channel = '', build = ''] =
    /^([\w./-]{1,30}::)?[\w.-]{1,30}(?:=[^=]{0,9}(=[\w*.-]{1,20}))?$/.exec(spec) ?? [];
  return `${channel}${name.replace(/^.*::/, '')}=VERSION${build}`;
}

/** Versions that mean the newest one: no constraint, a branch, a lower bound. */
const MOVING = /^\s*(?:[*@]|>|dev-|latest$)/;

export default defineBuildRule({
  id: 'unpinned-tool',
  summary: 'A tool is installed from a language package manager without a version',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { programs: programsOf(HELP.map(([manager]) => manager)) },
  since: '2026.11',
  *check(build: ImageBuild): Generator<Finding> {
    for (const [manager, help] of HELP)
      yield* unpinnedPackages(build, [manager], help, version => version === undefined || MOVING.test(version));
  },
});
