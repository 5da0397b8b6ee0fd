import type { ImageBuild } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { InstalledPackage, PackageInstall, PackageManager } from '../../../facts/package-installs.ts';
import { programsOf } from '../../../facts/packages/managers.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { unpinnedPackages } from '../../../facts/unpinned-packages.ts';
import { readArguments } from '../../../shell/programs/index.ts';

/** How each manager is given a version. */
const HELP: readonly (readonly [
  manager: PackageManager,
  help: (name: string, install: PackageInstall, found: InstalledPackage) => string,
])[] = [
  ['cargo', name => `Pin a version: \`${name}@VERSION\`, and add \`--locked\``],
  ['composer', name => `Pin a version: \`${name}:VERSION\``],
  ['conda', (name, _install, { source }) => `Pin a version: \`${withVersion(source.text, name)}\``],
  ['pecl', name => `Pin a version: \`${name}-VERSION\``],
  ['dotnet', () => 'Add `--version VERSION`'],
];

/** `CHANNEL::NAME=*=BUILD` keeps its channel and its build. */
function withVersion(spec: string, name: string): string {
  const [, channel = '', build = ''] =
    /^([\w./-]{1,30}::)?[\w.-]{1,30}(?:=[^=]{0,9}(=[\w*.-]{1,20}))?$/.exec(spec) ?? [];
  return `${channel}${name.replace(/^.*::/, '')}=VERSION${build}`;
}

/** Charts of repositories; those in the project and in archives have a version. https://helm.sh/docs/helm/helm_install/ */
function* inHelm(build: ImageBuild): Iterable<Finding> {
  for (const { invocation } of setupCommands(build)) {
    const given = readArguments(invocation);
    if (given.program !== 'helm' || !/^(?:install|upgrade)$/.test(given.verb) || !given.lacks('--version')) continue;
    const names = given.operands.filter(({ literal }) => literal === undefined || !literal.startsWith('-'));
    const chart = names.length === 1 && given.has('--generate-name') ? names[0] : names[1];
    if (chart?.literal === undefined || /^[./~]|\.tgz$|^https?:/.test(chart.literal)) continue;
    // `NAME` alone is a directory, unless a repository is given.
    if (!chart.literal.includes('/') && !given.has('--repo')) continue;
    yield {
      message: `Chart ${quoted(chart.literal, 40)} is not pinned to a version`,
      help: 'Add `--version VERSION`',
      span: invocation.script.spanOf(chart),
    };
  }
}

/** https://docs.ansible.com/projects/ansible/latest/collections_guide/collections_installing.html */
function* inGalaxy(build: ImageBuild): Iterable<Finding> {
  for (const { invocation } of setupCommands(build)) {
    if (invocation.program !== 'ansible-galaxy') continue;
    const words = invocation.args.map(({ literal }) => literal);
    const at = words.indexOf('install');
    if (at < 0 || at > 1) continue;
    const isRole = words[0] === 'role' || at === 0;
    const index = words.findIndex((word, i) => i > at && word !== undefined && /^[a-z]\w{0,60}\.\w{1,60}$/i.test(word));
    const before = words[index - 1];
    if (index < 0 || (before !== undefined && /^-(?:[prsc]|-[a-z-]{1,30}-(?:path|file))$/.test(before))) continue;
    const name = words[index]!;
    yield {
      message: `${quoted(name)} is not pinned to a version`,
      help: `Pin a version: \`${name}${isRole ? ',' : ':=='}VERSION\``,
      span: invocation.script.spanOf(invocation.args[index]!),
    };
  }
}

/** Versions that mean the newest one: no constraint, a branch, a lower bound. */
const MOVING = /^\s*(?:[*@]|>|dev-|latest$)/;

export default defineBuildRule({
  id: 'unpinned-tool',
  summary: 'A tool, chart or collection is installed without a version',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { programs: [...programsOf(HELP.map(([manager]) => manager)), 'helm', 'helm3', 'ansible-galaxy'] },
  since: '2026.11',
  *check(build: ImageBuild): Generator<Finding> {
    yield* inHelm(build);
    yield* inGalaxy(build);
    for (const [manager, help] of HELP)
      yield* unpinnedPackages(build, [manager], help, version => version === undefined || MOVING.test(version));
  },
});
