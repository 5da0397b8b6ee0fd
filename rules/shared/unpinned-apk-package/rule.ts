import { defineBuildRule } from '../../../core/rule.ts';
import { unpinnedPackages } from '../../../facts/unpinned-packages.ts';

export default defineBuildRule({
  id: 'unpinned-apk-package',
  summary: 'apk installs a package without a version',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'all',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  aliases: ['hadolint:DL3018', 'kics:unpinned_package_version_in_apk_add'],
  check: build => unpinnedPackages(build, new Set(['apk']), version => version === undefined),
});
