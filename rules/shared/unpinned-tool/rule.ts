import type { ImageBuild } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { FILE_WRITE_NEEDS, fileWrites } from '../../../facts/file-writes.ts';
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
  const repositories = new Set(
    setupCommands(build).flatMap(({ invocation: { args } }) =>
      args[0]?.literal === 'repo' && args[1]?.literal === 'add' ? (args[2]?.literal ?? []) : [],
    ),
  );
  for (const { invocation } of setupCommands(build)) {
    const given = readArguments(invocation);
    if (given.program !== 'helm' || !/^(?:install|upgrade)$/.test(given.verb) || !given.lacks('--version')) continue;
    const names = given.operands.filter(({ literal }) => literal === undefined || !literal.startsWith('-'));
    const chart = names.length === 1 && given.has('--generate-name') ? names[0] : names[1];
    if (chart?.literal === undefined || /^[./~]|\.tgz$|^https?:/.test(chart.literal)) continue;
    if (!given.has('--repo') && isInProject(chart.literal, repositories)) continue;
    yield {
      message: `Chart ${quoted(chart.literal, 40)} is not pinned to a version`,
      help: 'Add `--version VERSION`',
      span: invocation.script.spanOf(chart),
    };
  }
}

/** `NAME` alone is a directory, and so is what no `REPOSITORY/CHART` can be. */
function isInProject(chart: string, repositories: ReadonlySet<string>): boolean {
  if (chart.startsWith('oci:')) return false;
  const [first = '', second = '', ...more] = chart.split('/');
  return second === '' || more.length > 0 || (DIRECTORIES.test(first) && !repositories.has(first));
}
const DIRECTORIES = /^(?:charts?|helm|deploy(?:ments?)?|infra|k8s|kubernetes|manifests|ops|src)$/i;

/** https://docs.ansible.com/projects/ansible/latest/collections_guide/collections_installing.html */
function* inGalaxy(build: ImageBuild): Iterable<Finding> {
  for (const { invocation } of setupCommands(build)) {
    if (invocation.program !== 'ansible-galaxy') continue;
    const words = invocation.args.map(({ literal }) => literal);
    const at = words.indexOf('install');
    if (at < 0 || at > 1) continue;
    const isRole = words[0] === 'role' || at === 0;
    const index = words.findIndex(
      (word, i) =>
        i > at && /^[a-z]\w{0,60}\.(?!ya?ml$)\w{1,60}$/i.test(word ?? '') && !WITH_VALUE.test(words[i - 1] ?? ''),
    );
    if (index < 0) continue;
    const name = words[index]!;
    yield {
      message: `${quoted(name)} is not pinned to a version`,
      help: `Pin a version: \`${name}${isRole ? ',' : ':=='}VERSION\``,
      span: invocation.script.spanOf(invocation.args[index]!),
    };
  }
}

/** Options of `ansible-galaxy` whose value is the next word. */
const WITH_VALUE =
  /^-(?:[prs]|-(?:collections-path|roles-path|role-file|requirements-file|server|token|api-key|timeout|keyring|signature|required-valid-signature-count|ignore-signature-status-codes?))$/;

/** A chart that K3s or RKE2 installs from a manifest. https://docs.k3s.io/add-ons/helm */
function* inManifests(build: ImageBuild): Iterable<Finding> {
  for (const { path, text } of fileWrites(build)) {
    if (!/\.ya?ml$/i.test(path) || !/^kind:[ \t]{0,8}["']?HelmChart\b/m.test(text.text)) continue;
    let start = 0;
    for (const document of text.text.split(/^---.*$/m)) {
      const chart = /^[ \t]{1,20}chart:[ \t]{1,8}["']?([\w./:@-]{1,200})["']?[ \t]*(?:#.*)?$/m.exec(document);
      const isPinned = /^[ \t]{1,20}(?:version|chartContent):/m.test(document) || /\{\{|\$\{|<%/.test(document);
      const at = chart ? text.text.indexOf(chart[0], start) : -1;
      start += document.length;
      if (!chart || at < 0 || isPinned || !/^kind:[ \t]{0,8}["']?HelmChart["']?[ \t]*$/m.test(document)) continue;
      // An archive, and one that the machine serves itself.
      if (/\.tgz$|^https?:|\/static\//.test(chart[1]!)) continue;
      const from = at + chart[0].indexOf(chart[1]!);
      yield {
        message: `Chart ${quoted(chart[1]!, 40)} is not pinned to a version`,
        help: 'Add `version` beside `chart`',
        span: text.spanOf(from, from + chart[1]!.length),
      };
    }
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
  needs: {
    ...FILE_WRITE_NEEDS,
    programs: [
      ...FILE_WRITE_NEEDS.programs!,
      ...programsOf(HELP.map(([manager]) => manager)),
      'helm',
      'helm3',
      'ansible-galaxy',
    ],
  },
  since: '2026.11',
  *check(build: ImageBuild): Generator<Finding> {
    yield* inHelm(build);
    yield* inGalaxy(build);
    yield* inManifests(build);
    for (const [manager, help] of HELP)
      yield* unpinnedPackages(build, [manager], help, version => version === undefined || MOVING.test(version));
  },
});
