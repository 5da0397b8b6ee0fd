/** Which revision a package manager takes of a repository that it installs from. */
import { type InstalledPackage, installHas, type PackageInstall } from '../package-installs.ts';

const PYTHON: ReadonlySet<string> = new Set(['pip', 'pipx', 'uv', 'poetry']);
const NODE: ReadonlySet<string> = new Set(['npm', 'yarn', 'pnpm', 'bun']);

/**
 * The branch, tag or commit that a package of kind `vcs` or `url` names; empty for none, which is the tip of the default
 * branch; `undefined` for other packages, and when it cannot be told.
 */
export function revisionOf({ kind, name }: InstalledPackage, install: PackageInstall): string | undefined {
  if (name === undefined || (kind !== 'vcs' && kind !== 'url')) return undefined;
  if (PYTHON.has(install.manager)) return ofPython(name);
  if (NODE.has(install.manager)) return kind === 'vcs' ? ofNode(name) : undefined;
  if (install.manager !== 'cargo') return undefined;
  if (installHas(install, '--tag', '--rev')) return undefined;
  const branch = install.arguments?.value('--branch');
  return branch ? branch.literal : '';
}

/** `git+https://host/owner/repository@v1.2#egg=name`: https://pip.pypa.io/en/stable/topics/vcs-support/ */
function ofPython(text: string): string | undefined {
  const start = text.search(/git\+[a-z]{1,10}:\/\//);
  if (start < 0) return undefined;
  const address = text.slice(start).split('#', 1)[0]!;
  const path = address.indexOf('/', address.indexOf('://') + 3);
  const at = path < 0 ? -1 : address.indexOf('@', path);
  return path < 0 ? undefined : at < 0 ? '' : address.slice(at + 1);
}

/** `owner/repository#v1.2`: https://docs.npmjs.com/cli/commands/npm-install; Yarn writes `#commit=…`, `#tag=…`. */
function ofNode(text: string): string | undefined {
  const hash = text.indexOf('#');
  const fragment = hash < 0 ? '' : text.slice(hash + 1);
  if (/^(?:semver:|commit=|tag=)/.test(fragment)) return undefined;
  return fragment.replace(/^(?:branch|head)=/, '');
}
