/** Does the rest of a file, and the project around it, suit a later release of what it starts from? */
import type { BaseImage, ImageBuild, Stage } from '../../core/build.ts';
import { memo } from '../../core/memo.ts';
import { nameOf } from '../../core/path.ts';
import type { Script } from '../../core/script.ts';
import type { Edit, Span } from '../../core/text.ts';
import { compareVersions } from '../image-tags/parts.ts';
import { type InstalledPackage, installHas, type PackageInstall, packageInstalls } from '../package-installs.ts';
import { pythonPins } from '../project-versions/requirements.ts';
import { isKept, laterName } from './kept-packages.ts';

/** A release: `Node.js` and `24`. */
export interface NamedRelease {
  readonly product: string;
  readonly cycle: string;
}

/** Files of a project that ask for a Java say nothing of who built it. */
const JAVA: ReadonlySet<string> = new Set(['Eclipse Temurin', 'Amazon Corretto']);

/** Whether the project runs on a release of a runtime: what its files ask for, and what the document does with it. */
export function suitsRuntime({ cycle, product }: NamedRelease, from: string | undefined, build: ImageBuild): boolean {
  const asked = JAVA.has(product) ? 'Java' : product;
  const said = build.projectVersions?.().filter(one => one.product === asked) ?? [];
  // The data on disk is more than another base.
  if (KEEPS_DATA.has(product) || said.some(one => !one.allows(cycle))) return false;
  const first = FIRST_LIKE[product];
  if (first !== undefined && (from === undefined || compareVersions(from, first) < 0)) {
    // Over a change of the language only where the project says so, and not from an unknown release.
    if (from === undefined || isOtherLanguage(from, product) || !said.some(({ file }) => PROJECTS.has(file)))
      return false;
  }
  const text = writtenIn(build);
  switch (product) {
    case 'Node.js':
      return suitsNode(Number(cycle), text);
    case 'PHP':
      return PHP_ENDED.every(([last, pattern]) => Number(cycle) <= last || !pattern.test(text));
    case 'Go':
      return !GOPATH.test(text);
    case 'Python':
      // What a repository that is fetched requires is not known.
      if (FETCHED_REQUIREMENTS.every(pattern => pattern.test(text))) return false;
      return requirementsAreKnown(build) && pythonPins(pinsIn(build)).every(one => one.allows(cycle));
    default:
      return true;
  }
}

/** Products that do not read the data of an earlier release, or only after a migration step by step. */
const KEEPS_DATA: ReadonlySet<string> = new Set(['PostgreSQL', 'MySQL', 'MongoDB', 'Elasticsearch']);
/** The first releases whose programs later ones run as well, as far as can be expected. */
const FIRST_LIKE: Readonly<Record<string, string>> = { 'Node.js': '10', PHP: '8.0', Python: '3.8', Ruby: '2.7' };
/** Files in which a project says which releases it runs on, and not only what it installs. */
const PROJECTS: ReadonlySet<string> = new Set(['package.json', 'composer.json', 'pyproject.toml', 'Gemfile']);
const isOtherLanguage = (from: string, product: string): boolean =>
  (product === 'Python' && compareVersions(from, '3') < 0) || (product === 'PHP' && compareVersions(from, '7') < 0);

/** https://github.com/nodejs/node/blob/main/doc/changelogs/CHANGELOG_V25.md, https://github.com/nodejs/docker-node#readme */
function suitsNode(major: number, text: string): boolean {
  if (major >= 25 && /\bcorepack\b/.test(text) && !/\binstall\b[^\n;&|]{0,100}\bcorepack\b/.test(text)) return false;
  return major < 26 || !/\byarn\b/.test(text) || /\b(?:install|add)\b[^\n;&|]{0,100}\byarn\b/.test(text);
}

/** What ended with a release of PHP. https://www.php.net/manual/en/appendices.php */
const PHP_ENDED: readonly (readonly [last: number, pattern: RegExp])[] = [
  [7.1, /\bdocker-php-ext-(?:install|configure|enable)\b[^;&|]{0,500}\bmcrypt\b/],
  [
    7.3,
    /--with-(?:freetype|jpeg|png|gd|webp|xpm)-dir\b|\bdocker-php-ext-(?:install|configure)\b[^;&|]{0,500}\b(?:wddx|recode|interbase)\b/,
  ],
  [
    7.4,
    /\bxdebug\.(?:remote_|profiler_enable)|\bdocker-php-ext-(?:install|configure)\b[^;&|]{0,500}\b(?:json|xmlrpc)\b/,
  ],
  [8.3, /\bdocker-php-ext-(?:install|configure)\b[^;&|]{0,500}\b(?:imap|pspell|oci8|pdo_oci)\b/],
  [8.4, /\bdocker-php-ext-(?:install|enable)\b[^;&|]{0,500}\bopcache\b/],
  // A module of one version, and the directory of the modules of one.
  [0, /\bpecl\b[^\n;&|]{0,200}\binstall\b[^\n;&|]{0,200}-\d|no-debug-non-zts-\d/],
];

/** Before modules, `go get` installed programs and packages were in GOPATH. https://go.dev/doc/go-get-install-deprecation */
const GOPATH = /\bgo get\b|\bdep ensure\b|\bglide (?:install|up)\b|\bgovendor\b|\bgodep\b/;

const FETCHED_REQUIREMENTS = [/\bgit clone\b/, /\s(?:-r|--requirement)[ =]{1,3}[\w./${}-]{1,200}\.txt/];

function pinsIn(build: ImageBuild): readonly { readonly name: string; readonly version: string }[] {
  return packageInstalls(build, 'pip').flatMap(({ packages }) =>
    packages.flatMap(({ name, operator, version }) =>
      name !== undefined && version !== undefined && operator === '==' ? { name, version } : [],
    ),
  );
}

/** Whether each file of requirements that is installed is one that was read around the document. */
function requirementsAreKnown(build: ImageBuild): boolean {
  const read = new Set(build.projectVersions?.().map(({ file }) => file));
  return packageInstalls(build, 'pip').every(({ packages }) =>
    packages.every(({ kind, name }) => kind !== 'list' || (name !== undefined && read.has(nameOf(name)))),
  );
}

const SYSTEM_MANAGERS: ReadonlySet<string> = new Set([
  'apt',
  'apk',
  'yum',
  'dnf',
  'microdnf',
  'tdnf',
  'zypper',
  'system',
]);

/**
 * Whether what the stages on a base do can be done on another release of its distribution. `ownPython`: the image has a Python
 * beside that of the distribution. `mayRename`: packages get their later names, as {@link laterNames} writes them.
 */
export function suitsSystem(
  release: NamedRelease,
  build: ImageBuild,
  base: Span | undefined,
  ownPython: boolean,
  mayRename = false,
): boolean {
  const stages = stagesFor(build, base);
  const installs = packageInstalls(build).filter(({ stage }) => stages.includes(stage));
  const fit = installs
    .filter(({ manager }) => SYSTEM_MANAGERS.has(manager))
    .every(install =>
      install.packages.every(one => {
        const { kind, name, source, version } = one;
        if (kind !== 'name' || name === undefined)
          return kind !== 'unknown' || source.text.includes('PHPIZE_DEPS') || isListKept(one, install, release);
        const isThere = isKept(name, release) || (mayRename && laterName(name, release) !== undefined);
        return version === undefined && isThere;
      }),
    );
  if (!fit) return false;
  const text = writtenIn(build);
  if (!ownPython && refusesPip(release) && !PIP_ALLOWED.test(text) && installs.some(isSystemPip)) return false;
  if (!mayRename && needingAgent(release, installs, text)) return false;
  return SYSTEM_ENDED.every(([products, first, pattern]) =>
    products.includes(release.product) && Number(release.cycle) >= first ? !pattern.test(text) : true,
  );
}

/**
 * What installs `add-apt-repository` without the `gpg-agent` that the key of a PPA needs: in Ubuntu 22.04 it imports the key, and none of what it
 * depends on brings one; from 24.04 on the key is in the file of the source. https://packages.ubuntu.com/jammy/gpg
 */
function needingAgent(
  { cycle, product }: NamedRelease,
  installs: readonly PackageInstall[],
  text: string,
): PackageInstall | undefined {
  if (product !== 'Ubuntu' || Number(cycle) < 22 || Number(cycle) >= 24 || !PPA.test(text)) return undefined;
  const has = ({ packages }: PackageInstall, names: ReadonlySet<string>): boolean =>
    packages.some(({ name }) => name !== undefined && names.has(name));
  const isBare = ({ arguments: given }: PackageInstall): boolean =>
    given?.find('--install-recommends')?.off === true || NO_RECOMMENDS.test(text);
  if (installs.some(one => has(one, AGENTS))) return undefined;
  return installs.find(one => has(one, PPA_TOOLS) && isBare(one));
}
const NO_RECOMMENDS = /\bInstall-Recommends[\s"'=]{1,5}(?:0|false|no)\b/i;
const PPA = /\badd-apt-repository\b[^\n;&|]{0,200}\bppa:/;
const PPA_TOOLS: ReadonlySet<string> = new Set(['software-properties-common']);
const AGENT = 'gpg-agent';
const AGENTS: ReadonlySet<string> = new Set([AGENT, 'gnupg', 'gnupg2', 'gnupg-agent']);

/** https://peps.python.org/pep-0668/ */
const refusesPip = ({ cycle, product }: NamedRelease): boolean =>
  Number(cycle) >= ({ Debian: 12, Ubuntu: 23.04, 'Alpine Linux': 3.19 }[product] ?? Number.POSITIVE_INFINITY);
const PIP_ALLOWED = /\bbreak[-_]system[-_]packages\b|\bvenv\b|\bvirtualenv\b|\bconda\b|\bEXTERNALLY-MANAGED\b/i;
const isSystemPip = (install: PackageInstall): boolean =>
  install.manager === 'pip' && !installHas(install, '--target', '-t', '--prefix', '--root');

const stagesFor = (build: ImageBuild, base: Span | undefined): readonly Stage[] =>
  base === undefined || build.language !== 'dockerfile' ? build.stages : stagesOn(build, base);

/** `$buildDeps`, which the script sets once to a list of names. */
function isListKept({ word }: InstalledPackage, { invocation }: PackageInstall, release: NamedRelease): boolean {
  const variable = /^\$(?:\{(\w{1,60})\}|(\w{1,60}))$/.exec(word?.raw ?? '');
  const name = variable?.[1] ?? variable?.[2];
  const names = invocation && name !== undefined ? listsSet(invocation.script).get(name) : undefined;
  return names?.every(one => /^[a-z0-9][a-z0-9+.-]*$/.test(one) && isKept(one, release)) === true;
}

/** The words of what a script sets variables to; `undefined` for those that are not certain, and those that are set twice. */
const listsSet = memo(({ commands }: Script): ReadonlyMap<string, readonly string[] | undefined> => {
  const lists = new Map<string, readonly string[] | undefined>();
  for (const { assignments } of commands)
    for (const { name, value } of assignments)
      lists.set(name, lists.has(name) ? undefined : value?.literal?.split(/\s+/).filter(Boolean));
  return lists;
});

/** A package that gets its later name, or one that is needed besides; without an edit where it cannot be written. */
export interface LaterName {
  readonly from: string | undefined;
  readonly to: string;
  readonly edit: Edit | undefined;
}

/** What is renamed and added where the stages on a base move to a release. */
export function laterNames(release: NamedRelease, build: ImageBuild, base: Span): readonly LaterName[] {
  const stages = stagesFor(build, base);
  const installs = packageInstalls(build).filter(({ stage, manager }) => manager === 'apt' && stages.includes(stage));
  const bare = needingAgent(release, installs, writtenIn(build));
  const added: LaterName[] = bare ? [{ from: undefined, to: AGENT, edit: withAgent(bare) }] : [];
  const renamed = installs.flatMap(({ packages }) =>
    packages.flatMap(({ name, source }): LaterName[] => {
      const to = name === undefined ? undefined : laterName(name, release);
      if (name === undefined || to === undefined) return [];
      return [{ from: name, to, edit: source.text === name ? source.replace(0, name.length, to) : undefined }];
    }),
  );
  return [...renamed, ...added];
}

/** Installs the agent with what needs it. */
function withAgent({ invocation, packages }: PackageInstall): Edit | undefined {
  const word = packages.find(({ name }) => name !== undefined && PPA_TOOLS.has(name))?.word;
  return word && invocation?.script.text.insert(word.end, ` ${AGENT}`);
}

const DEBIAN = ['Debian', 'Ubuntu'];
const RED_HAT = ['CentOS Stream', 'Red Hat Enterprise Linux', 'AlmaLinux', 'Rocky Linux', 'Oracle Linux'];

/** What a distribution no longer has, from which release on. */
const SYSTEM_ENDED: readonly (readonly [products: readonly string[], first: number, pattern: RegExp])[] = [
  // https://manpages.debian.org/bookworm/apt/apt-key.8.en.html
  [['Debian'], 13, /\bapt-key\b/],
  [['Ubuntu'], 24.1, /\bapt-key\b/],
  // Images have their sources in `sources.list.d/debian.sources` and `ubuntu.sources`.
  [['Debian'], 12, /\b(?:sed|mv|cp|perl|cat|COPY|ADD)\b[^\n;&|]{0,300}\/etc\/apt\/sources\.list(?!\.)/],
  [['Ubuntu'], 24, /\b(?:sed|mv|cp|perl|cat|COPY|ADD)\b[^\n;&|]{0,300}\/etc\/apt\/sources\.list(?!\.)/],
  // The images have a user `ubuntu` with the id 1000.
  [
    ['Ubuntu'],
    23,
    /\b(?:useradd|adduser|groupadd|addgroup|usermod|groupmod)\b[^\n;&|]{0,200}(?:-[ug]|--[ug]id)[= ]{0,3}["']?(?:1000\b|\$)/,
  ],
  // Few archives of others have packages for each release.
  [
    ['Ubuntu'],
    0,
    /\bppa:(?!(?:deadsnakes\/ppa|git-core\/ppa|ondrej\/[a-z0-9]{1,20}|wireshark-dev\/stable|ubuntu-toolchain-r\/test|remmina-ppa-team\/remmina-next|inkscape\.dev\/stable|yubico\/stable)\b)/,
  ],
  [['Ubuntu'], 25, /\bppa:(?:remmina-ppa-team|inkscape\.dev|yubico)\//],
  // https://packages.debian.org, https://docs.ros.org
  [
    DEBIAN,
    0,
    /\bpackages\.ros\.org\b|\/(?:usr\/(?:local\/)?)?(?:lib|bin|include|etc)\/(?:python|php|ruby|perl|jvm|postgresql|llvm|gcc)[-/\w]{0,30}\d/,
  ],
  [
    ['Alpine Linux'],
    0,
    /\/alpine\/(?:v\d|edge)|\bmkdir \/(?:opt|srv)\/?(?=\s|$)|\/(?:lib|bin)\/(?:python|php|ruby)\d?[/.]?\d/,
  ],
  [
    RED_HAT,
    0,
    /\bel[5-8]\b|-release-latest-\d|\b(?:rhel|centos)\/\d|\bdevtoolset\b|\bscl\b|CentOS-|\byum-config-manager\b/,
  ],
  [['Amazon Linux'], 2023, /\bamazon-linux-extras\b|\bepel\b|\bcrontab\b|\bcronie\b|\bawslogs\b|\biptables\b/],
];

/** The stages that start from the image at a place, at once or through others. */
export function stagesOn(build: ImageBuild, { end, start }: Span): readonly Stage[] {
  const found = new Set<Stage>();
  const names = new Set<string>();
  for (const stage of build.stages) {
    const isOn = ({ kind, ...base }: BaseImage): boolean =>
      kind === 'stage'
        ? 'name' in base && names.has(base.name.toLowerCase())
        : base.span.start <= start && end <= base.span.end;
    if (!stage.bases.some(isOn)) continue;
    found.add(stage);
    const name = stage.name?.literal;
    if (name !== undefined) names.add(name.toLowerCase());
  }
  // An image that files are copied from runs nothing here.
  return [...found];
}

/** The scripts in other files that run in the stages of a build. */
export const scriptsIn: (build: ImageBuild) => string = memo(({ stages }) =>
  stages
    .flatMap(({ steps }) =>
      steps.flatMap(step =>
        step.kind === 'run' && step.script && step.script.text.spanOf(0, 0).file !== undefined
          ? step.script.text.text.slice(0, LONGEST)
          : [],
      ),
    )
    .join('\n')
    .slice(0, 3 * LONGEST),
);

const LONGEST = 200_000;

/** The document without its comments, and the scripts in other files that run in it. */
const writtenIn: (build: ImageBuild) => string = memo(build => {
  const own = build.source.text
    .slice(0, LONGEST)
    .split('\n')
    .filter(line => !/^\s{0,80}(?:#|\/\/)/.test(line))
    .join('\n')
    .replaceAll(/\\\r?\n/g, ' ');
  return [own, scriptsIn(build)].join('\n');
});
