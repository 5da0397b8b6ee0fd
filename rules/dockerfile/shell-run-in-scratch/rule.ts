import { joinPath } from '../../../core/path.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveShell, effectiveWorkdir } from '../../../languages/dockerfile/stages.ts';
import type { CopyInstruction, DockerStage } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'shell-run-in-scratch',
  summary: 'A `RUN` needs a shell that the stage does not have',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { instructions: ['RUN'] },
  since: '2026.11',
  aliases: ['tally:shell-run-in-scratch'],
  *check(file) {
    /** Stages that certainly start from `scratch` and hold no shell at their end. */
    const empty = new Set<DockerStage>();
    for (const stage of file.stages) {
      const { base } = stage;
      if (!(base.kind === 'scratch' ? base.certain : base.kind === 'stage' && base.certain && empty.has(base.stage)))
        continue;
      let shell = false;
      for (const instruction of stage.instructions) {
        if (instruction.kind === 'copy' || instruction.kind === 'add') shell ||= mayBringShell(instruction);
        if (instruction.kind !== 'run' || shell) continue;
        const bound = instruction.mounts.some(({ type }) => type === undefined || type === 'bind');
        const { words } = effectiveShell(instruction);
        if (bound || instruction.form === 'exec' || words[0] !== '/bin/sh') {
          shell = true;
          continue;
        }
        yield {
          message: `\`RUN\` in a stage from \`scratch\` without \`${words[0]}\``,
          help: 'Do this in a stage that has a shell, and copy the result',
          span: instruction.keywordSpan,
        };
        break;
      }
      if (!shell) empty.add(stage);
    }
  },
});

/** Whether there may be a `/bin/sh` after it. */
function mayBringShell(copy: CopyInstruction): boolean {
  const to = copy.destination?.literal;
  const directory = effectiveWorkdir(copy).literal;
  if (to === undefined || (!to.startsWith('/') && directory === undefined)) return true;
  const path = joinPath('/', to.startsWith('/') ? to : `${directory}/${to}`);
  return path === '/' || path === '/bin' || path === '/bin/sh';
}
