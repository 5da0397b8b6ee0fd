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

/** Further commands that a finding names. */
const MOST_OTHERS = 4;

const BUILDERS = [
  'git',
  'npm',
  'pnpm',
  'yarn',
  'pip',
  'pip3',
  'bundle',
  'composer',
  'poetry',
  'uv',
  'mvn',
  'mvnw',
  'gradle',
  'gradlew',
  'go',
  'cargo',
  'dotnet',
  'docker',
  'docker-compose',
  'podman',
  'nerdctl',
  'buildah',
];

export default defineBuildRule({
  id: 'app-built-at-boot',
  summary: 'User-data builds an application at first boot',
  policies: ['G4', 'G5', 'G13'],
  category: 'separation',
  severity: 'warning',
  preset: 'recommended',
  languages: ['cloud-init'],
  needs: { programs: BUILDERS },
  since: '2026.11',
  *check(build, { project }) {
    if ((build.syntax as CloudInitTree).seed || project.kind === 'ci-runner' || project.kind === 'vagrant') return;
    let clone: Related | undefined;
    let tools = false;
    let first: { command: string; invocation: Invocation; clone: Related | undefined } | undefined;
    const others: Related[] = [];
    for (const { invocation } of setupCommands(build)) {
      if (MANAGERS.has(invocation.program)) {
        if (first) break;
        return;
      }
      const cloned = cloneOf(invocation);
      if (cloned === 'tool') tools = true;
      else clone ??= cloned;
      const command = projectBuildOf(invocation) ?? imageBuildOf(invocation);
      // What is built is a tool where nothing else is fetched.
      if (!command || (!clone && tools)) continue;
      if (!first) first = { command, invocation, clone };
      else if (others.length < MOST_OTHERS && !others.some(({ message }) => message.includes(quoted(command))))
        others.push({ message: `Also ${quoted(command)}`, span: invocation.script.spanOf(invocation.command) });
    }
    if (first)
      yield {
        message: `Application is ${first.clone ? 'cloned and ' : ''}built at boot: ${quoted(first.command)}`,
        help: helpFor(first.command),
        span: first.invocation.script.spanOf(first.invocation.command),
        related: [...(first.clone ? [first.clone] : []), ...others],
        // Where its source comes from is not in the file, and it may be small.
        ...(!first.clone && { severity: 'info' as const, preset: 'strict' as const }),
      };
  },
});

function helpFor(command: string): string {
  if (command.startsWith('docker compose'))
    return 'Build and push the images in CI, and run `docker compose pull` at boot';
  if (/^(?:docker|podman|nerdctl|buildah) /.test(command)) return 'Build and push the image in CI, and pull it at boot';
  return 'Build it in CI, and start a container image or install a package at boot';
}

/** Building a container image from its source, which Compose does for a service without an image. */
function imageBuildOf(invocation: Invocation): string | undefined {
  const given = readArguments(invocation);
  const command = `${given.program} ${given.verb}`.replace('docker-compose', 'docker compose');
  if (
    /^(?:docker|podman|nerdctl) (?:image |buildx )?build$|^buildah (?:build|bud)$|^docker compose build$/.test(command)
  )
    return command;
  return command === 'docker compose up' && given.has('--build') ? 'docker compose up --build' : undefined;
}

function cloneOf(invocation: Invocation): Related | 'tool' | undefined {
  const given = readArguments(invocation);
  if (given.program !== 'git' || given.verb !== 'clone') return undefined;
  const url = given.operands.find(({ literal, value }) => /[/:]/.test(literal ?? value.text));
  if (!url) return undefined;
  if (isToolRepository(url.literal ?? url.value.text)) return 'tool';
  return { message: 'Source is cloned here', span: invocation.script.spanOf(invocation.command) };
}
