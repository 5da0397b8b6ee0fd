import { defineBuildRule } from '../../../core/rule.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default defineBuildRule({
  id: 'docker-group-left',
  summary: 'A command puts an account into the group `docker`, which is root by another name',
  policies: ['G10'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  languages: ['packer', 'cloud-init'],
  since: '2026.11',
  *check(build, { project }) {
    if (project.kind === 'ci-runner' || project.kind === 'vagrant') return;
    for (const { invocation } of setupCommands(build))
      if (joins(invocation))
        yield {
          message:
            'Whoever is in the group `docker` may mount the whole disk into a container and so is root, without a password and without a log.',
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
