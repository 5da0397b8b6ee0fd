import type { Related } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { isToolRepository, projectBuildOf } from '../../../facts/project-builds.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import type { CloudInitTree } from '../../../languages/cloud-init/tree.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

/** Configuration managers, whose playbooks and states bring their own requirements. */
const MANAGERS: ReadonlySet<string> = new Set([
  'ansible-pull',
  'ansible-playbook',
  'salt-call',
  'puppet',
  'chef-client',
]);

export default defineBuildRule({
  id: 'app-built-at-boot',
  summary: 'An application is cloned and built at first boot',
  policies: ['G4', 'G5', 'G13'],
  category: 'separation',
  severity: 'warning',
  preset: 'recommended',
  languages: ['cloud-init'],
  needs: { programs: ['git'] },
  since: '2026.11',
  *check(build, { project }) {
    if ((build.syntax as CloudInitTree).seed || project.kind === 'ci-runner' || project.kind === 'vagrant') return;
    let clone: Related | undefined;
    let managed = false;
    for (const { invocation } of setupCommands(build)) {
      managed ||= MANAGERS.has(invocation.program);
      clone ??= cloneOf(invocation);
      const command = clone && !managed && projectBuildOf(invocation);
      if (!clone || !command) continue;
      yield {
        message: `Application is cloned and built at boot: ${quoted(command)}`,
        help: 'Build it beforehand, and start a container image or install a package at boot',
        span: invocation.script.spanOf(invocation.command),
        related: [clone],
      };
      return;
    }
  },
});

function cloneOf(invocation: Invocation): Related | undefined {
  const given = readArguments(invocation);
  if (given.program !== 'git' || given.verb !== 'clone') return undefined;
  const url = given.operands.find(({ literal, value }) => /[/:]/.test(literal ?? value.text));
  if (!url || isToolRepository(url.literal ?? url.value.text)) return undefined;
  return { message: 'Source is cloned here', span: invocation.script.spanOf(invocation.command) };
}
