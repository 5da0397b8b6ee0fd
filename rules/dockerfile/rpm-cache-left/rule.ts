import { fix } from '../../../core/finding.ts';
import { type ManagerCommand, managerCommand } from '../../../facts/packages/commands.ts';
import { removedPaths, runsCleaner, takesAway } from '../../../facts/removals.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import { chainedAfter } from '../../../languages/dockerfile/edits.ts';
import { type Layer, layersOf, mentionedAfter, mountedOver } from '../../../languages/dockerfile/layers.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { Invocation } from '../../../shell/invocations.ts';

const CACHES: Readonly<Record<string, readonly string[]>> = {
  yum: ['/var/cache/yum', '/var/cache/dnf'],
  dnf: ['/var/cache/dnf', '/var/cache/libdnf5', '/var/cache/yum'],
  microdnf: ['/var/cache/yum', '/var/cache/dnf', '/var/cache/libdnf5'],
  tdnf: ['/var/cache/tdnf'],
  zypper: ['/var/cache/zypp', '/var/cache/zypper'],
};
const FILLS =
  /^(?:install|localinstall|reinstall|update|upgrade|dist-upgrade|patch|distro-sync|downgrade|swap|builddep|groupinstall|groupupdate|makecache|refresh|group install|module (?:install|enable|update))$/;

export default defineDockerfileRule({
  id: 'rpm-cache-left',
  summary: 'Repository metadata of yum, dnf, microdnf, tdnf or zypper remains in the layer',
  policies: ['G14'],
  category: 'size',
  severity: 'info',
  preset: 'strict',
  needs: { programs: ['yum', 'dnf', 'dnf3', 'dnf4', 'dnf5', 'microdnf', 'tdnf', 'zypper'] },
  derived: true,
  since: '2026.11',
  aliases: [
    ...['hadolint:DL3032', 'hadolint:DL3040', 'hadolint:DL3036'],
    ...['trivy:DS-0015', 'trivy:DS-0019', 'trivy:DS-0027', 'trivy:DS-0020', 'sonar:S6587'],
    ...['kics:yum_clean_all_missing', 'kics:missing_dnf_clean_all', 'kics:missing_zypper_clean'],
    ...['semgrep:missing-yum-clean-all', 'semgrep:remove-package-cache'],
    ...['semgrep:missing-dnf-clean-all', 'semgrep:missing-zypper-clean'],
  ],
  *check(_, { project }, build) {
    for (const layer of layersOf(build, shippedStages(build, project.targets))) {
      const left = leftBy(layer);
      if (!left) continue;
      const { program, programWord, script } = left.invocation;
      const clean = `${program} clean ${left.manager === 'zypper' ? '--all' : 'all'}`;
      const sudo = left.invocation.via[0] === 'sudo' ? 'sudo ' : '';
      yield {
        message: `\`${program} ${left.verb}\` leaves repository metadata in the layer`,
        help: `Run \`${clean}\` at the end of the same \`RUN\``,
        span: script.spanOf({ start: programWord.start, end: left.word.end }),
        fixes: [fix('safe', `Add \`${clean}\``, chainedAfter(build, layer, left.invocation, sudo + clean))],
      };
    }
  },
});

/** The last command that fills a cache which the layer does not empty after it. */
function leftBy(layer: Layer): ManagerCommand | undefined {
  let left: ManagerCommand | undefined;
  for (const invocation of layer.invocations) {
    const command = managerCommand(invocation);
    if (command && fills(command, layer)) left = command;
    else if (empties(invocation, command)) left = undefined;
  }
  return left && mentionedAfter(layer, left.invocation, ['/var/cache', 'clean all', 'clean -a']) ? undefined : left;
}

function fills(command: ManagerCommand, { run }: Layer): boolean {
  const { manager, action, arguments: given } = command;
  const caches = CACHES[manager];
  if (!caches || !FILLS.test(action)) return false;
  if (given.has('--installroot', '--root', '--help', '--cacheonly')) return false;
  return !caches.some(cache => mountedOver(run, cache));
}

function empties(invocation: Invocation, command: ManagerCommand | undefined): boolean {
  if (command && CACHES[command.manager] && command.action === 'clean') {
    const what = command.arguments.operands.map(word => word.literal);
    return command.manager === 'zypper' || what.length === 0 || what.some(one => one !== 'expire-cache');
  }
  if (runsCleaner(invocation)) return true;
  const removed = removedPaths(invocation);
  return (
    removed?.some(path => Object.values(CACHES).some(caches => caches.some(cache => takesAway(path, cache)))) ?? false
  );
}
