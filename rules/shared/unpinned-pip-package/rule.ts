import type { ImageBuild } from '../../../core/build.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { PackageInstall } from '../../../facts/package-installs.ts';
import { installHas } from '../../../facts/package-installs.ts';
import { buildSays, setsVariable } from '../../../facts/package-settings.ts';
import { programsOf } from '../../../facts/packages/managers.ts';
import { unpinnedPackages } from '../../../facts/unpinned-packages.ts';

const MANAGERS = ['pip', 'pipx', 'uv'] as const;

export default defineBuildRule({
  id: 'unpinned-pip-package',
  summary: 'A Python package is installed without a version',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { programs: programsOf(MANAGERS) },
  since: '2026.11',
  aliases: ['hadolint:DL3013', 'kics:unpinned_package_version_in_pip_install'],
  check: build =>
    unpinnedPackages(
      build,
      MANAGERS,
      name => `Pin a version: \`${name}==VERSION\`, or use a requirements file with hashes`,
      (version, { operator }, install) => isOpen(version, operator) && !isHeld(install, build),
    ),
});

/** Whether a later release fits too: no version is given, or only a lowest one. */
function isOpen(version: string | undefined, operator: string | undefined): boolean {
  if (version === undefined) return true;
  return /^(?:>=?|!=)$/.test(operator ?? '') && !/(?:^|,)\s*(?:<|==|~=)/.test(version);
}

/** Whether something else says which versions are taken: constraints, hashes, a directory of wheels, a project's lock file. */
function isHeld(install: PackageInstall, build: ImageBuild): boolean {
  if (install.manager === 'uv' && install.verb?.literal === 'add') return true;
  return (
    installHas(install, '--constraint', '--require-hashes', '--no-index') ||
    setsVariable(build, 'PIP_CONSTRAINT', 'UV_CONSTRAINT', 'PIP_NO_INDEX') ||
    buildSays(build, 'PIP_CONSTRAINT=')
  );
}
