import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { finalStages } from '../../../languages/dockerfile/stages.ts';
import { startsNothing } from '../../../languages/dockerfile/starts-nothing.ts';
import type { DockerStage, Instruction } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'missing-healthcheck',
  summary: 'The image has no health check',
  policies: ['G8'],
  category: 'ownership',
  severity: 'hint',
  preset: 'all',
  needs: { instructions: ['CMD', 'ENTRYPOINT'] },
  since: '2026.11',
  aliases: [
    'hadolint:DL3057',
    'tally:hadolint/DL3057',
    'tally:ruby/healthcheck-rails-up-endpoint',
    'trivy:DS-0026',
    'checkov:CKV_DOCKER_2',
    'kics:healthcheck_instruction_missing',
    'dockle:CIS-DI-0006',
  ],
  *check(file, { project }, build) {
    for (const stage of finalStages(file, project.targets)) {
      const chain = instructionsUp(stage);
      // Without a program there is nothing to check: the image holds files, or is a base for others.
      if (!chain.some(({ kind }) => kind === 'cmd' || kind === 'entrypoint')) continue;
      if (chain.some(({ kind }) => kind === 'healthcheck' || kind === 'onbuild')) continue;
      // So is a shell that people open.
      if (startsNothing(build, stage)) continue;
      yield {
        message: 'The image has no `HEALTHCHECK`',
        help: 'Add one, or `HEALTHCHECK NONE` if an orchestrator checks the container',
        span: stage.from.lineSpan,
      };
    }
  },
});

/** The instructions of the stage and of those that it starts from. */
function instructionsUp(stage: DockerStage): readonly Instruction[] {
  const found: Instruction[] = [];
  for (let at: DockerStage | undefined = stage; at; at = at.base.kind === 'stage' ? at.base.stage : undefined)
    for (const instruction of at.instructions) found.push(instruction);
  return found;
}
