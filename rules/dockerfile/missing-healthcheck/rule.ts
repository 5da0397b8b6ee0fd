import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { finalStages } from '../../../languages/dockerfile/stages.ts';
import type { DockerStage, Instruction } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'missing-healthcheck',
  summary: 'The image has no health check',
  policies: ['G8'],
  category: 'ownership',
  severity: 'hint',
  preset: 'all',
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
  *check(file, { project }) {
    for (const stage of finalStages(file, project.targets)) {
      const chain = instructionsUp(stage);
      // Without a program there is nothing to look after: files, or a base for others.
      if (!chain.some(({ kind }) => kind === 'cmd' || kind === 'entrypoint')) continue;
      if (chain.some(({ kind }) => kind === 'healthcheck' || kind === 'onbuild')) continue;
      yield {
        message:
          'No HEALTHCHECK says how to see whether the program still works, so Docker, Compose and Swarm know only that it runs.',
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
