import { joinPath } from '../../../core/path.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveShell, effectiveWorkdir } from '../../../languages/dockerfile/stages.ts';
import type { CopyInstruction, DockerStage } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'shell-run-in-scratch',
  summary: 'A `RUN` needs a shell that an empty image does not have',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  aliases: ['tally:shell-run-in-scratch'],
  *check(file) {
    /** Stages that certainly start from nothing and hold no shell at their end. */
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
          message: `This stage starts from \`scratch\`, and nothing has brought \`${words[0]}\` into it: the build stops here.`,
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
  const folder = effectiveWorkdir(copy).literal;
  if (to === undefined || (!to.startsWith('/') && folder === undefined)) return true;
  const path = joinPath('/', to.startsWith('/') ? to : `${folder}/${to}`);
  return path === '/' || path === '/bin' || path === '/bin/sh';
}
