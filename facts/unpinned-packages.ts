/** Packages that are installed without a fixed version. */
import type { ImageBuild } from '../core/build.ts';
import type { Finding } from '../core/finding.ts';
import { namesOf } from '../core/quoted.ts';
import { UNRESOLVED } from '../core/text.ts';
import {
  type InstalledPackage,
  type PackageInstall,
  type PackageManager,
  packageInstalls,
} from './package-installs.ts';
import { isSetup } from './setup-commands.ts';

/**
 * One finding for each command that sets up what is built and names packages for which `isLoose` holds, at the first of
 * them, with the help for its name. Only packages whose names are certain are asked about; a version in a variable counts as one.
 */
export function* unpinnedPackages(
  build: ImageBuild,
  managers: readonly PackageManager[],
  help: (name: string, install: PackageInstall, found: InstalledPackage) => string,
  isLoose: (version: string | undefined, found: InstalledPackage, install: PackageInstall) => boolean,
): Generator<Finding> {
  for (const install of packageInstalls(build)) {
    if (!managers.includes(install.manager) || (install.step.kind !== 'packages' && !isSetup(build, install.step)))
      continue;
    const loose = install.packages.filter(
      found =>
        found.kind === 'name' &&
        found.name !== undefined &&
        !found.version?.includes(UNRESOLVED) &&
        isLoose(found.version, found, install),
    );
    const [first] = loose;
    if (!first) continue;
    const names = namesOf(loose.map(found => found.source.text));
    yield {
      message: `${names} ${loose.length === 1 ? 'is' : 'are'} not pinned to a version`,
      help:
        loose.length > 1
          ? help(nameOf(first), install, first).replace('Pin a version', 'Pin each one')
          : help(nameOf(first), install, first),
      span: first.span,
    };
  }
}

/** The name in a help, without the version that it is asked for with. */
function nameOf({ name = 'NAME', version }: InstalledPackage): string {
  const bare = version === undefined || !name.endsWith(version) ? name : name.slice(0, -version.length);
  return /^@?[\w./+-]{1,36}$/.test(bare) ? bare : 'NAME';
}
