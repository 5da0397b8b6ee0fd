import type { Finding } from '../../../core/finding.ts';
import { wholeNumber } from '../../../core/options.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { packageInstalls } from '../../../facts/package-installs.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import type { CloudInitTree } from '../../../languages/cloud-init/tree.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default defineBuildRule({
  id: 'heavy-first-boot',
  summary: 'The first boot does work that belongs in the image',
  policies: ['G5'],
  category: 'separation',
  severity: 'info',
  preset: 'strict',
  languages: ['cloud-init'],
  needs: 'always',
  since: '2026.11',
  options: { packages: wholeNumber('How many packages a first boot may install', 25, 1) },
  *check(build, { options, project }): Iterable<Finding> {
    const { seed, within } = build.syntax as CloudInitTree;
    if (seed || within === 'autoinstall' || project.kind === 'vagrant') return;
    const installs = packageInstalls(build).filter(
      ({ manager }) =>
        manager === 'system' || manager === 'apt' || manager === 'dnf' || manager === 'yum' || manager === 'apk',
    );
    const all = installs.flatMap(({ packages }) => packages.filter(({ kind }) => kind === 'name'));
    const over = all[options.packages];
    if (over)
      yield {
        message: `First boot installs ${all.length} packages`,
        help: 'Build an image that contains them',
        span: over.span,
      };
    for (const { invocation } of setupCommands(build)) {
      if (!compiles(invocation)) continue;
      yield {
        message: `First boot compiles from source: ${quoted(invocation.program)}`,
        help: 'Build it once, into the image or a package',
        span: invocation.script.spanOf(invocation.command),
      };
      return;
    }
  },
});

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
