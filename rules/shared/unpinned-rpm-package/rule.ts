import { defineBuildRule } from '../../../core/rule.ts';
import { unpinnedPackages } from '../../../facts/unpinned-packages.ts';

export default defineBuildRule({
  id: 'unpinned-rpm-package',
  summary: 'yum, dnf, microdnf, tdnf or zypper installs a package without a version',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'all',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  aliases: [
    ...['hadolint:DL3033', 'hadolint:DL3037', 'hadolint:DL3041'],
    ...['kics:yum_install_without_version', 'kics:zypper_install_without_version'],
    'kics:missing_version_specification_in_dnf_install',
  ],
  check: build =>
    unpinnedPackages(build, new Set(['yum', 'dnf', 'microdnf', 'tdnf', 'zypper']), version => version === undefined),
});
