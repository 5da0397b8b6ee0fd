import { defineBuildRule } from '../../../core/rule.ts';
import { unpinnedPackages } from '../../../facts/unpinned-packages.ts';

export default defineBuildRule({
  id: 'unpinned-npm-package',
  summary: 'npm, Yarn, pnpm or Bun installs a package without a version',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  aliases: ['hadolint:DL3016', 'kics:npm_install_without_pinned_version'],
  // A tag (`latest`, `next`) is no version.
  check: build =>
    unpinnedPackages(
      build,
      new Set(['npm', 'yarn', 'pnpm', 'bun']),
      version => version === undefined || !/\d/.test(version),
    ),
});
