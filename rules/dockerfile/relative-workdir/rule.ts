import { fix } from '../../../core/finding.ts';
import { everyInstruction } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveWorkdir } from '../../../languages/dockerfile/stages.ts';

export default defineDockerfileRule({
  id: 'relative-workdir',
  summary: 'A relative `WORKDIR` starts from a folder that this file does not name',
  policies: ['G13'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  aliases: [
    'hadolint:DL3000',
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
      if (instruction.kind !== 'workdir' || instruction.trigger || !instruction.path) continue;
      const { path } = instruction;
      const text = path.literal ?? path.byDefault;
      if (text === undefined || text === '' || /^(?:[/\\~]|[A-Za-z]:|\{\{|<%|[@%]{2})/.test(text)) continue;
      const { instruction: before, literal } = effectiveWorkdir(instruction);
      // Behind another WORKDIR it says where it is, and `scratch` starts at the root.
      if (before || literal !== undefined) continue;
      yield {
        message: `\`${text}\` is taken from the working folder of the base image, which this file does not name and a newer base may change.`,
        span: path.span,
        fixes: [
          /^(?!\.{1,2}(?:\/|$))[\w.-]/.test(path.source.text)
            ? fix('suggested', 'Start at the root', path.source.insert(0, '/'))
            : undefined,
        ],
      };
    }
  },
});
