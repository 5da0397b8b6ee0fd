import type { ImageBuild } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { PackageManager } from '../../../facts/package-installs.ts';
import { programsOf } from '../../../facts/packages/managers.ts';
import { unpinnedPackages } from '../../../facts/unpinned-packages.ts';

/** How each manager is given a version. */
const HELP: readonly (readonly [manager: PackageManager, help: (name: string) => string])[] = [
  ['cargo', name => `Pin a version: \`${name}@VERSION\`, and add \`--locked\``],
  ['composer', name => `Pin a version: \`${name}:VERSION\``],
  ['conda', name => `Pin a version: \`${name}=VERSION\``],
  ['pecl', name => `Pin a version: \`${name}-VERSION\``],
  ['dotnet', () => 'Add `--version VERSION`'],
];

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
