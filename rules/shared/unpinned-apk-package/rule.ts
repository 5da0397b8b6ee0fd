import { defineBuildRule } from '../../../core/rule.ts';
import { programsOf } from '../../../facts/packages/managers.ts';
import { unpinnedPackages } from '../../../facts/unpinned-packages.ts';

const MANAGERS = ['apk'] as const;

export default defineBuildRule({
  id: 'unpinned-apk-package',
  summary: '`apk add` installs a package without a version',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'all',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { programs: programsOf(MANAGERS) },
  since: '2026.11',
  aliases: ['hadolint:DL3018', 'kics:unpinned_package_version_in_apk_add'],
  check: build =>
    unpinnedPackages(
      build,
      MANAGERS,
      name => `Pin a version: \`${name}~=VERSION\``,
      version => version === undefined,
    ),
});
