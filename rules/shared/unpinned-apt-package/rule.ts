import { defineBuildRule } from '../../../core/rule.ts';
import { installHas } from '../../../facts/package-installs.ts';
import { programsOf } from '../../../facts/packages/managers.ts';
import { unpinnedPackages } from '../../../facts/unpinned-packages.ts';

const MANAGERS = ['apt'] as const;

export default defineBuildRule({
  id: 'unpinned-apt-package',
  summary: 'apt installs a package without a version',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'all',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { programs: programsOf(MANAGERS) },
  since: '2026.11',
  aliases: ['hadolint:DL3008', 'kics:apt_get_install_pin_version_not_defined'],
  check: build =>
    unpinnedPackages(
      build,
      MANAGERS,
      name => `Pin a version: \`${name}=VERSION\`, or use a snapshot archive`,
      (version, _, install) => version === undefined && !installHas(install, '--target-release'),
    ),
});
