import { defineBuildRule } from '../../../core/rule.ts';
import { programsOf } from '../../../facts/packages/managers.ts';
import { unpinnedPackages } from '../../../facts/unpinned-packages.ts';

const MANAGERS = ['yum', 'dnf', 'microdnf', 'tdnf', 'zypper'] as const;

export default defineBuildRule({
  id: 'unpinned-rpm-package',
  summary: 'yum, dnf, microdnf, tdnf or zypper installs a package without a version',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'all',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { programs: programsOf(MANAGERS) },
  since: '2026.11',
  aliases: [
    ...['hadolint:DL3033', 'hadolint:DL3037', 'hadolint:DL3041'],
    ...['kics:yum_install_without_version', 'kics:zypper_install_without_version'],
    'kics:missing_version_specification_in_dnf_install',
  ],
  check: build =>
    unpinnedPackages(
      build,
      MANAGERS,
      'Pin the version, or use a snapshot of the repositories',
      version => version === undefined,
    ),
});
