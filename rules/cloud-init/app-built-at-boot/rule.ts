import type { Related } from '../../../core/finding.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { isToolRepository, projectBuildOf } from '../../../facts/project-builds.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import type { CloudInitTree } from '../../../languages/cloud-init/tree.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

/** Playbooks and states bring their own requirements. */
const MANAGERS: ReadonlySet<string> = new Set([
  'ansible-pull',
  'ansible-playbook',
  'salt-call',
  'puppet',
  'chef-client',
]);

export default defineBuildRule({
  id: 'app-built-at-boot',
  summary: 'An application is fetched as source and built while the machine starts',
  policies: ['G4'],
  category: 'separation',
  severity: 'warning',
  preset: 'recommended',
  languages: ['cloud-init'],
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
        message: `The application is cloned and built (\`${command}\`) while the machine starts, so each one gets what the branch and its registries hold at that moment, or nothing when one of them is down; ship a built artifact.`,
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
  return { message: 'Here its source is cloned.', span: invocation.script.spanOf(invocation.command) };
}
