import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { everyInstruction, instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveWorkdir } from '../../../languages/dockerfile/stages.ts';
import type { WorkdirInstruction } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'relative-workdir',
  summary: 'The first `WORKDIR` of a stage is relative',
  policies: ['G13'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { instructions: ['WORKDIR'] },
  since: '2026.11',
  aliases: [
    'hadolint:DL3000',
    'tally:hadolint/DL3000',
    'buildkit:WorkdirRelativePath',
    'tally:buildkit/WorkdirRelativePath',
    'trivy:DS-0009',
    'checkov:CKV_DOCKER_10',
    'kics:workdir_path_not_absolute',
    'semgrep:use-absolute-workdir',
    'sonar:S7021',
    'dockerfile-utils:WORKDIR_IS_NOT_ABSOLUTE',
    'dockerfilelint:invalid_workdir',
  ],
  *check(file) {
    for (const instruction of everyInstruction(file)) {
      if (instruction.kind !== 'workdir' || !instruction.path) continue;
      const { path } = instruction;
      const text = path.literal ?? path.byDefault;
      if (text === undefined || text === '' || /^(?:[/\\~]|[A-Za-z]:|\{\{|<%|[@%]{2})/.test(text)) continue;
      const { instruction: before, literal } = effectiveWorkdir(instruction);
      // After another WORKDIR the path is known, and `scratch` starts at the root.
      if (before || literal !== undefined) continue;
      yield {
        message: `Relative \`WORKDIR\` ${quoted(text)} depends on the base image`,
        help: 'Use an absolute path for the first `WORKDIR` of a stage',
        span: path.span,
        ...(isMadeBefore(text, instruction) && { preset: 'strict', severity: 'info' }),
        fixes: [
          /^(?!\.{1,2}(?:\/|$))[\w.-]/.test(path.source.text)
            ? fix('suggested', 'Start the path with `/`', path.source.insert(0, '/'))
            : undefined,
        ],
      };
    }
  },
});

/** Whether a RUN before it in the stage speaks of the directory: then both are in the same place, whatever that is. */
function isMadeBefore(path: string, { index, stage, trigger }: WorkdirInstruction): boolean {
  const [first = ''] = path.split('/');
  return (
    first.length > 2 &&
    stage !== undefined &&
    instructionsOf(stage).some(
      one => one.kind === 'run' && (one.index < index || (trigger && !one.trigger)) && one.rest.text.includes(first),
    )
  );
}
