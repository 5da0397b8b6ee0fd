import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { programsOf } from '../../../facts/packages/managers.ts';
import { unpinnedPackages } from '../../../facts/unpinned-packages.ts';
import { type Invocation, invocationsIn } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

const MANAGERS = ['yum', 'dnf', 'microdnf', 'tdnf', 'zypper'] as const;

export default defineBuildRule({
  id: 'unpinned-rpm-package',
  summary: 'An RPM package is installed without a version',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'all',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { programs: programsOf(MANAGERS) },
  since: '2026.11',
  aliases: [
    ...['hadolint:DL3033', 'hadolint:DL3037', 'hadolint:DL3041'],
    ...['kics:yum_install_without_version', 'kics:zypper_install_without_version'],
    'kics:missing_version_specification_in_dnf_install',
  ],
  *check(build) {
    yield* unpinnedPackages(
      build,
      MANAGERS,
      name => `Pin a version: \`${name}-VERSION\`, or use a repository snapshot`,
      version => version === undefined,
    );
    for (const { invocation } of invocationsIn(build)) yield* modulesWithoutStream(invocation);
  },
});

/** https://dnf.readthedocs.io/en/latest/command_ref.html#module-command: `NAME:STREAM:VERSION:CONTEXT:ARCH/PROFILE`. */
function* modulesWithoutStream(invocation: Invocation): Iterable<Finding> {
  const given = readArguments(invocation);
  if (!/^(?:dnf|yum|microdnf)$/.test(given.program) || !/^module (?:install|enable|switch-to)$/.test(given.verb))
    return;
  for (const word of given.operands) {
    const name = word.literal?.split('/', 1)[0];
    if (name === undefined || name.includes(':') || !/^[\w.+-]+$/.test(name)) continue;
    yield {
      message: `Module ${quoted(name)} has no stream`,
      help: `Name one of those that \`${given.program} module list ${name}\` shows: ${quoted(`${name}:STREAM`)}`,
      span: invocation.script.spanOf(word),
    };
  }
}
