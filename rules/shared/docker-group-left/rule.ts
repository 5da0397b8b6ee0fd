import { defineBuildRule } from '../../../core/rule.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { argumentsOf } from '../../../shell/arguments.ts';
import type { Invocation } from '../../../shell/invocations.ts';

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

/** https://man7.org/linux/man-pages/man8/usermod.8.html, and `adduser` and `gpasswd` beside it. */
function joins(invocation: Invocation): boolean {
  switch (invocation.program) {
    case 'usermod':
    case 'useradd':
      return argumentsOf(invocation, ['-G', '--groups']).options.some(
        ({ name, value }) =>
          (name === '-G' || name === '--groups') && (value?.source.text.split(',').includes('docker') ?? false),
      );
    case 'adduser':
    case 'addgroup': {
      const { operands, options } = argumentsOf(invocation);
      // `addgroup docker` and `adduser docker` make a group or account of that name.
      return options.length === 0 && operands.length === 2 && operands[1]!.literal === 'docker';
    }
    case 'gpasswd':
      return (
        argumentsOf(invocation, ['-a', '--add', '-M', '--members']).operands[0]?.literal === 'docker' &&
        argumentsOf(invocation, ['-a', '--add', '-M', '--members']).options.length > 0
      );
    default:
      return false;
  }
}
