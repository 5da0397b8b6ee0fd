import type { ImageBuild } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { namesOf, quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { programsOf } from '../../../facts/packages/managers.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { unpinnedPackages } from '../../../facts/unpinned-packages.ts';
import { readArguments } from '../../../shell/programs/index.ts';

const MANAGERS = ['choco', 'winget'] as const;
/** Cmdlets of PowerShellGet and PSResourceGet. */
const CMDLETS: ReadonlySet<string> = new Set(['Install-Module', 'Install-Script', 'Install-PSResource', 'Save-Module']);
/** An upper bound still moves, but no further than its author wants. */
const VERSIONS = ['-requiredversion', '-version', '-maximumversion', '-requiredresource', '-requiredresourcefile'];

export default defineBuildRule({
  id: 'unpinned-windows-package',
  summary: 'A Windows package or PowerShell module is installed without a version',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer'],
  needs: { programs: [...programsOf(MANAGERS), ...CMDLETS] },
  since: '2026.11',
  *check(build) {
    yield* unpinnedPackages(
      build,
      MANAGERS,
      (_, { manager, packages }) =>
        packages.length > 1
          ? `Install each package on its own: \`${manager} install NAME --version VERSION\``
          : 'Add `--version VERSION`',
      (version, { name = '' }, { invocation }) =>
        version === undefined && !LISTS.test(name) && !invocation?.args.some(({ literal }) => SAYS.test(literal ?? '')),
    );
    yield* modules(build);
  },
});

/** Lists of packages with their versions, and package files. */
const LISTS = /\.(?:config|nupkg|json)$|^all$/i;
/** `-version` with one dash. */
const SAYS = /^-{1,2}version\b|^(?:-i|--import-file|-m|--manifest)$/i;

function* modules(build: ImageBuild): Generator<Finding> {
  for (const { invocation } of setupCommands(build)) {
    const { program, script } = invocation;
    const given = readArguments(invocation);
    if (!CMDLETS.has(program) || !given.lacks(...VERSIONS)) continue;
    const named = given.value('-name');
    const name = named ? named.literal : given.operands[0]?.literal;
    const word = named?.word ?? given.operands[0];
    if (name === undefined || !word || name.length > 200) continue;
    const names = name.split(',');
    const option = program === 'Install-PSResource' ? '-Version' : '-RequiredVersion';
    yield {
      message:
        names.length > 1
          ? `${namesOf(names.map(one => one.trim()))} are not pinned to a version`
          : `${quoted(name)} is not pinned to a version`,
      help:
        names.length > 1
          ? `Install each one on its own: \`${program} NAME ${option} VERSION\``
          : `Add \`${option} VERSION\``,
      span: script.spanOf(word),
    };
  }
}
