import { quoted } from '../../../core/quoted.ts';
import type { Span } from '../../../core/text.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveUser, finalStages } from '../../../languages/dockerfile/stages.ts';
import type { DockerStage } from '../../../languages/dockerfile/tree.ts';
import { type Invocation, invocationsOfStep } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default defineDockerfileRule({
  id: 'supplementary-groups-dropped',
  summary: "`USER` names a group, so the program does not get the user's other groups",
  policies: ['G10'],
  category: 'correctness',
  severity: 'info',
  preset: 'strict',
  needs: { instructions: ['USER'] },
  since: '2026.11',
  aliases: ['tally:user-explicit-group-drops-supplementary-groups'],
  *check(file, { project }, build) {
    for (const stage of finalStages(file, project.targets)) {
      const user = effectiveUser(stage)?.user;
      const [name = '', group] = user?.literal?.split(':') ?? [];
      if (!user || group === undefined || name === '') continue;
      let given: Span | undefined;
      for (let at: DockerStage | undefined = stage; at; at = at.base.kind === 'stage' ? at.base.stage : undefined)
        for (const step of build.stages[at.index]?.steps ?? [])
          if (step.kind === 'run' && step.phase === 'build')
            for (const invocation of invocationsOfStep(step))
              if (groupsGiven(invocation, name).some(one => one !== group))
                given = invocation.script.spanOf(invocation.command);
      if (!given) continue;
      yield {
        message: `${quoted(`USER ${name}:${group}`)} drops the other groups of ${quoted(name)}`,
        help: `Write ${quoted(`USER ${name}`)}, which keeps all groups`,
        span: user.span,
        related: [{ message: 'Another group is added here', span: given }],
      };
    }
  },
});

/** The groups besides its own that a command puts a user into: `usermod -aG a,b NAME`, `adduser NAME GROUP`, `gpasswd -a NAME GROUP`. */
function groupsGiven(invocation: Invocation, name: string): readonly string[] {
  const given = readArguments(invocation);
  const words = given.operands.map(({ literal }) => literal);
  switch (invocation.program) {
    case 'usermod':
    case 'useradd':
      return words.at(-1) === name ? (given.value('--groups')?.literal?.split(',') ?? []) : [];
    case 'adduser':
    case 'addgroup':
      return words.length === 2 && words[0] === name && words[1] !== undefined ? [words[1]] : [];
    default:
      return [];
  }
}
