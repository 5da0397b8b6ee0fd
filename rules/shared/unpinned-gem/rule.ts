import { defineBuildRule } from '../../../core/rule.ts';
import { installHas } from '../../../facts/package-installs.ts';
import { programsOf } from '../../../facts/packages/managers.ts';
import { unpinnedPackages } from '../../../facts/unpinned-packages.ts';

const MANAGERS = ['gem'] as const;

export default defineBuildRule({
  id: 'unpinned-gem',
  summary: '`gem install` installs a gem without an exact version',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { programs: programsOf(MANAGERS) },
  since: '2026.11',
  aliases: ['hadolint:DL3028', 'kics:gem_install_without_version'],
  check: build =>
    unpinnedPackages(
      build,
      MANAGERS,
      (name, { packages }) =>
        packages.length > 1
          ? `Pin a version: \`${name}:VERSION\`, or use Bundler with a lockfile`
          : 'Add `-v VERSION`, or use Bundler with a lockfile',
      (version, _, install) => (version === undefined || /^\s*>/.test(version)) && !installHas(install, '--local'),
    ),
});
