import { defineBuildRule } from '../../../core/rule.ts';
import { programsOf } from '../../../facts/packages/managers.ts';
import { unpinnedPackages } from '../../../facts/unpinned-packages.ts';
import { readArguments } from '../../../shell/programs/index.ts';

const MANAGERS = ['npm', 'yarn', 'pnpm', 'bun'] as const;

export default defineBuildRule({
  id: 'unpinned-npm-package',
  summary: 'An npm package is installed without a version',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { programs: programsOf(MANAGERS) },
  since: '2026.11',
  aliases: ['hadolint:DL3016', 'kics:npm_install_without_pinned_version'],
  // A tag (`latest`, `next`) is not a version.
  check: build =>
    unpinnedPackages(
      build,
      MANAGERS,
      (name, install) =>
        `Pin a version: \`${name}@VERSION\`${install.invocation !== undefined && readArguments(install.invocation).has('-g', '--global') ? '' : ', or use a lockfile'}`,
      version => version === undefined || !/\d/.test(version),
    ),
});
