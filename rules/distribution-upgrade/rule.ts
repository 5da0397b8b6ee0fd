import { hasOption, type ManagerCommand, managerCommand } from '../../core/facts/packages/commands.ts';
import { layersOf } from '../../languages/dockerfile/layers.ts';
import { defineDockerfileRule } from '../../languages/dockerfile/rule.ts';

const RPM = /^(?:update|upgrade|distro-sync|distribution-synchronization)$/;
const VERBS: Readonly<Record<string, RegExp>> = {
  apt: /^(?:upgrade|dist-upgrade|full-upgrade|safe-upgrade)$/,
  apk: /^upgrade$/,
  yum: RPM,
  dnf: RPM,
  microdnf: RPM,
  tdnf: RPM,
  zypper: /^(?:update|up|dist-upgrade|dup|patch)$/,
};

export default defineDockerfileRule({
  id: 'distribution-upgrade',
  summary: 'All packages of the base image are upgraded',
  policy: 'G13',
  category: 'reproducibility',
  severity: 'info',
  preset: 'all',
  since: '2026.11',
  aliases: [
    ...['hadolint:DL3035', 'trivy:DS-0024', 'dockle:DKL-DI-0003'],
    ...['semgrep:avoid-apt-get-upgrade', 'semgrep:avoid-apk-upgrade', 'semgrep:avoid-dnf-update'],
    ...['semgrep:avoid-yum-update', 'semgrep:avoid-zypper-update'],
    ...['dockerfilelint:apt-get-upgrade', 'dockerfilelint:apt-get-dist-upgrade'],
  ],
  *check(file, _, build) {
    for (const { invocations } of layersOf(build, new Set(file.stages)))
      for (const invocation of invocations) {
        const command = managerCommand(invocation);
        if (!command || !upgradesAll(command)) continue;
        const { program, programWord, script } = invocation;
        yield {
          message: `\`${program} ${command.verb}\` gives another image on every day it is built and stores each upgraded file twice: start from a newer base instead.`,
          span: script.spanOf({ start: programWord.start, end: Math.max(programWord.end, command.word.end) }),
        };
      }
  },
});

/** Named packages and the security fixes alone are another matter. */
function upgradesAll(command: ManagerCommand): boolean {
  const { operands, complete } = command.arguments;
  if (!VERBS[command.manager]?.test(command.verb) || !complete || operands.length > 0) return false;
  return !hasOption(
    command,
    '--security',
    '--advisory',
    '--advisories',
    '--cve',
    '--bugfix',
    '--category',
    '--root',
    '--installroot',
    '-s',
    '--dry-run',
    '--simulate',
    '--help',
  );
}
