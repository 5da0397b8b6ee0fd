import { defineBuildRule } from '../../../core/rule.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default defineBuildRule({
  id: 'docker-group-left',
  summary: 'A command adds a user to the `docker` group, which grants root access',
  policies: ['G10'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  languages: ['packer', 'cloud-init'],
  needs: { programs: ['usermod', 'useradd', 'adduser', 'addgroup', 'gpasswd'] },
  since: '2026.11',
  *check(build, { project }) {
    if (project.kind === 'ci-runner' || project.kind === 'vagrant') return;
    for (const { invocation } of setupCommands(build))
      if (joins(invocation))
        yield {
          message: 'Membership in the `docker` group grants root access',
          help: 'Remove it; start containers from a service, or use rootless Docker',
          span: invocation.script.spanOf(invocation.command),
        };
  },
});

function joins(invocation: Invocation): boolean {
  const given = readArguments(invocation);
  const [first, second, ...others] = given.operands.map(({ literal }) => literal);
  switch (given.program) {
    case 'usermod':
    case 'useradd':
      return given.values('--groups').some(({ source }) => source.text.split(',').includes('docker'));
    case 'adduser':
    case 'addgroup':
      // `addgroup docker` and `adduser docker` make a group or account of that name.
      return second === 'docker' && others.length === 0;
    case 'gpasswd':
      return first === 'docker' && given.has('--add', '--members');
    default:
      return false;
  }
}
