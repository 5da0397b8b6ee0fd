import type { Finding } from '../../../core/finding.ts';
import { wholeNumber } from '../../../core/options.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { packageInstalls } from '../../../facts/package-installs.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { get, itemsOf, textOf } from '../../../languages/cloud-init/nodes.ts';
import type { CloudInitTree } from '../../../languages/cloud-init/tree.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default defineBuildRule({
  id: 'heavy-first-boot',
  summary: 'The first boot compiles software or installs many packages',
  policies: ['G5'],
  category: 'separation',
  severity: 'info',
  preset: 'strict',
  languages: ['cloud-init'],
  needs: 'always',
  since: '2026.11',
  options: { packages: wholeNumber('Maximum number of packages that the first boot may install', 25, 1) },
  *check(build, { options, project }): Iterable<Finding> {
    const { seed, within } = build.syntax as CloudInitTree;
    if (seed || within === 'autoinstall' || project.kind === 'vagrant') return;
    const installs = packageInstalls(build).filter(
      ({ manager }) =>
        manager === 'system' || manager === 'apt' || manager === 'dnf' || manager === 'yum' || manager === 'apk',
    );
    const all = installs.flatMap(({ packages }) => packages.filter(({ kind }) => kind === 'name'));
    const groups = installs.flatMap(({ packages }) => packages.filter(({ kind }) => kind === 'group'));
    const over = all[options.packages];
    if (over)
      yield {
        message: `First boot installs ${all.length} packages`,
        help: 'Install them in the machine image',
        span: over.span,
      };
    for (const [what, names] of KINDS) {
      const found = [
        ...all.filter(({ name }) => name !== undefined && names.test(name)),
        // `yum groupinstall "Development Tools"` and `@development-tools`
        ...groups.filter(({ name }) => name !== undefined && names.test(`@${name}`)),
      ];
      const [first, ...others] = found;
      if (!first) continue;
      yield {
        message: `First boot installs ${what}: ${quoted(first.name!)}`,
        help: 'Install it in the machine image',
        span: first.span,
        related: others.slice(0, 3).map(({ name, span }) => ({ message: `Also ${quoted(name!)}`, span })),
      };
    }
    yield* alwaysAgain(build.syntax as CloudInitTree);
    for (const { invocation } of setupCommands(build))
      if (changesRelease(invocation)) {
        yield {
          message: `First boot upgrades to another release: ${quoted(invocation.program)}`,
          help: 'Start from an image of that release',
          span: invocation.script.spanOf(invocation.command),
        };
        break;
      }
    for (const { invocation } of setupCommands(build)) {
      if (!compiles(invocation)) continue;
      yield {
        message: `First boot compiles from source: ${quoted(invocation.program)}`,
        help: 'Install it in the machine image, or build a package',
        span: invocation.script.spanOf(invocation.command),
      };
      return;
    }
  },
});

/** do-release-upgrade(8), leapp(8), dnf-system-upgrade(8) */
function changesRelease({ program, args }: Invocation): boolean {
  const words = args.map(({ literal }) => literal ?? '');
  if (program === 'do-release-upgrade') return !words.some(word => /^(?:-c|--check-dist-upgrade-only)$/.test(word));
  if (program === 'leapp') return words.includes('upgrade');
  return program === 'dnf' && words.includes('system-upgrade') && words.includes('reboot');
}

/** Modules that run once on each instance; `[scripts_user, always]` runs them at every boot. https://docs.cloud-init.io/en/latest/explanation/boot.html */
const ONCE =
  /^(?:scripts[_-]user|runcmd|package[_-]update[_-]upgrade[_-]install|write[_-]files(?:[_-]deferred)?|users[_-]groups|disk[_-]setup|ansible|puppet)$/;

function* alwaysAgain({ root }: CloudInitTree): Iterable<Finding> {
  for (const list of ['cloud_init_modules', 'cloud_config_modules', 'cloud_final_modules'])
    for (const item of itemsOf(get(root, list))) {
      const [name, frequency] = itemsOf(item).map(textOf);
      if (name === undefined || !ONCE.test(name) || frequency !== 'always') continue;
      yield {
        message: `${quoted(name)} runs at every boot, not only the first`,
        help: 'Remove `always`, and use a per-boot script for what must run again',
        span: item.span,
      };
    }
}

/** Kinds of packages that are large, or that a server does not need once it is set up. */
const KINDS: readonly (readonly [what: string, names: RegExp])[] = [
  [
    'a compiler toolchain',
    /^(?:build-essential|base-devel|build-base|gcc(?:-\d{1,2})?|g\+\+(?:-\d{1,2})?|gcc-c\+\+|clang(?:-\d{1,2})?|gfortran|golang(?:-go|-\d[\d.]{0,5})?|rustc|cargo|default-jdk|openjdk-\d{1,2}-jdk(?:-headless)?|@"?development[- ]tools"?)$/i,
  ],
  [
    'a large toolkit',
    /^(?:texlive-full|nvidia-cuda-toolkit|cuda(?:-toolkit)?(?:-\d[\d-]{0,6})?|ros-[a-z]{1,20}-desktop(?:-full)?|octave|r-base-dev|scilab)$/i,
  ],
  [
    'a desktop',
    /^(?:(?:x|k|l|ed)?ubuntu-desktop(?:-minimal)?|task-[a-z-]{1,20}desktop|xfce4|gnome(?:-core|-shell|-session)?|kde-(?:full|standard|plasma-desktop)|plasma-desktop|lxde(?:-core)?|lxqt|mate-desktop-environment|cinnamon|@"?(?:server with gui|workstation|gnome|kde|xfce)[a-z -]{0,20}"?)$/i,
  ],
];

/** Commands that build software from source for the system, such as `make install`. */
function compiles(invocation: Invocation): boolean {
  const given = readArguments(invocation);
  const makes = (...targets: readonly string[]) =>
    given.operands.some(({ literal }) => targets.includes(literal ?? ''));
  switch (given.program) {
    case 'make':
      return makes('install', 'all');
    case 'ninja':
      return makes('install');
    case 'cmake':
      return given.has('--build');
    case 'cargo':
      return given.verb === 'install';
    default:
      return false;
  }
}
