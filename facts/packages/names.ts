/** How each package manager writes what it is asked to install. */

export type PackageKind = 'name' | 'group' | 'file' | 'url' | 'vcs' | 'local' | 'list' | 'unknown';

/** An operand of an install command. Text may hold `UNRESOLVED`s. */
export interface PackageText {
  readonly kind: PackageKind;
  /** Without version, architecture and extras; the whole text unless `kind` is `name` or `group`. */
  readonly name: string;
  /** As written after the operator; with `UNRESOLVED`s where it is given but unknown. */
  readonly version: string | undefined;
  /** What joins name and version: `=`, `==`, `~=`, `>=`, `@`, `-`. */
  readonly operator: string | undefined;
}

export type ReadPackage = (text: string) => PackageText | undefined;

const plain = (kind: PackageKind, name: string): PackageText => ({
  kind,
  name,
  version: undefined,
  operator: undefined,
});

const URL = /^[a-z][a-z0-9+.-]{0,20}:\/\//i;
const VCS = /^(?:git|hg|svn|bzr)(?:\+[a-z]+)?:|^git@|\.git(?:[#@]|$)/i;

/** URLs and paths, which all managers distinguish from names in the same way. */
function place(text: string, files: RegExp): PackageText | undefined {
  if (VCS.test(text)) return plain('vcs', text);
  if (URL.test(text)) return plain('url', text);
  if (files.test(text)) return plain('file', text);
  if (/^\.{0,2}\/|^\.{1,2}$|^~\//.test(text)) return plain('local', text);
  return undefined;
}

/** A name, an operator and a version. */
function joined(text: string, operators: RegExp): PackageText {
  const found = operators.exec(text);
  const name = text.slice(0, found?.index).trimEnd();
  if (!found || name === '') return plain('name', text);
  return { kind: 'name', name, version: text.slice(found.index + found[0].length).trimStart(), operator: found[0] };
}

/** https://manpages.debian.org/apt-get.8: `name=version`, `name/release`, `name:arch`, `name+`; `name-` removes. */
export const aptPackage: ReadPackage = text => {
  const found = place(text, /\.deb$/);
  if (found) return found;
  if (text.endsWith('^')) return plain('group', text.slice(0, -1));
  const { name, version, operator } = joined(text, /[=/]/);
  if (version === undefined && name.length > 1 && name.endsWith('-')) return undefined;
  const bare = name.replace(/:[a-z0-9-]+$/, '').replace(/(.)\+$/, (whole, c: string) => (c === '+' ? whole : c));
  return { kind: 'name', name: bare, version, operator };
};

/** https://man.archlinux.org/man/apk-world.5: `name=1`, `name~=1`, `name>1`, `name@repository`; `!name` keeps out. */
export const apkPackage: ReadPackage = text => {
  if (text.startsWith('!')) return undefined;
  const found = place(text, /\.apk$/);
  if (found) return found;
  const { name, version, operator } = joined(text, /[<>=~]{1,2}/);
  return { kind: 'name', name: name.replace(/@.*/s, ''), version: version?.replace(/@.*/s, ''), operator };
};

/** A version with a dot, an unknown one, or version and release; `[\w…]` leaves `-` to the border between them. */
const RPM_VERSION =
  /-(?:\d+:)?(?:[\d*]+[.~^+_][\w.~^+*\uE000]*|\uE000[^-]*|\*?\d[\w.~^+]*-[\d\uE000][\w.~^+*\uE000]*)(?:-[\w.~^+*\uE000]+)?$/;

/**
 * https://dnf.readthedocs.io/en/latest/command_ref.html#specifying-packages: `name-version[-release][.arch]`. A name
 * may itself end in a number (`java-11-openjdk`, `gcc-toolset-12`): a lone number without a dot counts as name.
 */
export const rpmPackage: ReadPackage = text => {
  const found = place(text, /\.rpm$/);
  if (found) return found;
  if (text.startsWith('@')) return plain('group', text.slice(1));
  const bare = text.replace(/\.(?:x86_64|noarch|i[3-6]86|aarch64|ppc64le|s390x)$/, '');
  const compared = joined(bare, /[<>=]{1,2}/);
  if (compared.version !== undefined) return compared;
  const version = RPM_VERSION.exec(bare);
  if (!version || version.index === 0) return plain('name', bare);
  return { kind: 'name', name: bare.slice(0, version.index), version: version[0].slice(1), operator: '-' };
};

/** https://en.opensuse.org/SDB:Zypper_manual: `name=version`, `name>=version`, `repo:name`. */
export const zypperPackage: ReadPackage = text => {
  const found = place(text, /\.rpm$/);
  if (found) return found;
  if (/^[-!]/.test(text)) return undefined;
  if (/^(?:pattern|product|patch):/.test(text)) return plain('group', text);
  const { name, version, operator } = joined(text.replace(/^\+/, ''), /[<>=]{1,2}/);
  return { kind: 'name', name, version, operator };
};

/** https://man.archlinux.org/man/pacman.8: `repository/name`, `name>=version`. */
export const pacmanPackage: ReadPackage = text =>
  place(text, /\.pkg\.tar(?:\.[a-z0-9]+)?$/) ?? joined(text.replace(/^[a-z0-9-]+\//, ''), /[<>=]{1,2}/);

/** https://packaging.python.org/en/latest/specifications/dependency-specifiers/ */
export const pipPackage: ReadPackage = text => {
  const direct = /^[\w.-]+(?:\[[^\]]*\])?\s*@\s*(\S+)/.exec(text);
  if (direct) return pipPackage(direct[1]!);
  const found = place(text, /\.(?:whl|tar\.gz|zip|tar\.bz2)$/);
  if (found) return found;
  const named = /^([\w.\uE000-]+)(?:\[[^\]]*\])?\s*/.exec(text.replace(/;.*/s, ''));
  if (!named) return plain('unknown', text);
  const rest = text.slice(named[0].length).replace(/;.*/s, '').trim();
  const operator = /^(?:===|==|~=|!=|<=|>=|<|>|@)/.exec(rest)?.[0];
  if (rest !== '' && operator === undefined) return plain('unknown', text);
  return { kind: 'name', name: named[1]!, version: operator && rest.slice(operator.length).trim(), operator };
};

/** https://docs.npmjs.com/cli/commands/npm-install: `name@version`, `@scope/name@tag`, `alias@npm:name`, `owner/repo`. */
export const npmPackage: ReadPackage = text => {
  if (/^(?:github|gitlab|bitbucket|gist):/.test(text)) return plain('vcs', text);
  if (/^(?:file|link|portal|workspace):/.test(text)) return plain('local', text);
  const found = place(text, /\.(?:tgz|tar|tar\.gz)$/);
  if (found) return found;
  const at = text.indexOf('@', 1);
  const name = at < 0 ? text : text.slice(0, at);
  const version = at < 0 ? undefined : text.slice(at + 1);
  if (version !== undefined && (VCS.test(version) || URL.test(version))) return npmPackage(version);
  if (name.includes('/') && !name.startsWith('@')) return plain('vcs', text);
  return { kind: 'name', name, version, operator: at < 0 ? undefined : '@' };
};

/** https://guides.rubygems.org/command-reference/#gem-install: `name:version`. */
export const gemPackage: ReadPackage = text => place(text, /\.gem$/) ?? joined(text, /:/);

/** https://go.dev/ref/mod#go-install: `module/path@version`; anything relative or without a dot in its host is local. */
export const goPackage: ReadPackage = text => {
  const found = joined(text, /@/);
  if (
    /^\.|^\/|\.go$/.test(text) ||
    (found.version === undefined && !/^[\w\uE000-]+(?:\.[\w\uE000-]+)+(?:\/|$)/.test(text))
  )
    return plain('local', text);
  return found;
};

/** https://doc.rust-lang.org/cargo/commands/cargo-install.html: `name@version`. */
export const cargoPackage: ReadPackage = text => joined(text, /@/);

/** https://getcomposer.org/doc/03-cli.md#require-r: `vendor/name:version`, `vendor/name=version`. */
export const composerPackage: ReadPackage = text => joined(text, /[:=\s]/);

/** https://www.php.net/manual/en/install.pecl.pear.php: `xdebug-3.4.2`, and `xdebug-beta` for what is newest. */
export const peclPackage: ReadPackage = text => place(text, /\.t(?:gz|ar)$/) ?? joined(text, /-(?=\d)/);

/** https://docs.brew.sh/Versions: a version is a part of the formula's name. */
export const brewPackage: ReadPackage = text => place(text, /\.(?:rb|bottle\.tar\.gz)$/) ?? plain('name', text);

/** https://docs.conda.io/projects/conda/en/stable/user-guide/concepts/pkg-search.html: `channel::name=version=build`. */
export const condaPackage: ReadPackage = text =>
  place(text, /\.(?:conda|tar\.bz2)$/) ?? joined(text.replace(/^[\w./-]+::/, ''), /[<>=!~]{1,2}/);

/** Names with the version in an option: choco, winget, snap. */
export const barePackage: ReadPackage = text => place(text, /\.(?:nupkg|snap|config)$/) ?? plain('name', text);
