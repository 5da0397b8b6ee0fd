import { isUpgrade, type ManagerCommand, managerCommand } from '../../../facts/packages/commands.ts';
import { layersOf } from '../../../languages/dockerfile/layers.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'distribution-upgrade',
  summary: 'The build upgrades every package of the base image',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'all',
  needs: {
    programs: [
      ...['apt', 'apt-get', 'aptitude', 'apk', 'zypper'],
      ...['yum', 'dnf', 'dnf3', 'dnf4', 'dnf5', 'microdnf', 'tdnf'],
    ],
  },
  since: '2026.11',
  aliases: [
    ...['hadolint:DL3035', 'trivy:DS-0024', 'dockle:DKL-DI-0003'],
    ...['semgrep:avoid-apt-get-upgrade', 'semgrep:avoid-apk-upgrade', 'semgrep:avoid-dnf-update'],
    ...['semgrep:avoid-yum-update', 'semgrep:avoid-zypper-update'],
    ...['dockerfilelint:apt-get-upgrade', 'dockerfilelint:apt-get-dist-upgrade'],
  ],
  *check(_file, _context, build) {
    for (const { invocations } of layersOf(build))
      for (const invocation of invocations) {
        const command = managerCommand(invocation);
        if (!command || !upgradesAll(command)) continue;
        const { program, programWord, script } = invocation;
        yield {
          message: `\`${program} ${command.verb}\` of the base image is not reproducible`,
          help: 'Use a newer base image, or upgrade packages by name',
          span: script.spanOf({ start: programWord.start, end: Math.max(programWord.end, command.word.end) }),
        };
      }
  },
});

/** Options with which it upgrades a choice of packages, another system, or nothing. */
const NOT_ALL = [
  ...['--security', '--advisory', '--cve', '--bugfix', '--category', '--root', '--installroot'],
  ...['--dry-run', '--simulate', '--help'],
];

/** Not upgrades of named packages, and not security fixes alone; `upgrade-minimal` takes every package that has a fix of any kind. */
function upgradesAll(command: ManagerCommand): boolean {
  // Arch does not support partial upgrades. https://wiki.archlinux.org/title/System_maintenance
  if (command.manager === 'pacman') return false;
  if (!isUpgrade(command) || command.arguments.operands.length > 0) return false;
  return command.arguments.lacks(...NOT_ALL);
}
