import { fix } from '../../../core/finding.ts';
import { withoutFlag } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'redundant-target-platform',
  summary: '`FROM --platform=$TARGETPLATFORM` has no effect',
  policies: [],
  category: 'style',
  severity: 'hint',
  preset: 'strict',
  needs: { instructions: ['FROM --platform'] },
  since: '2026.11',
  aliases: ['buildkit:RedundantTargetPlatform', 'tally:buildkit/RedundantTargetPlatform', 'hadolint:DL3065'],
  *check(file) {
    for (const { from } of file.stages) {
      const flag = from.flags.findLast(({ name }) => name === 'platform');
      if (!flag || !/^\$(?:TARGETPLATFORM|\{TARGETPLATFORM\})$/.test(flag.value?.text ?? '')) continue;
      // The file may set the variable.
      if (from.environment.get('TARGETPLATFORM')?.value) continue;
      yield {
        message: '`--platform=$TARGETPLATFORM` is the default',
        help: 'Remove `--platform=$TARGETPLATFORM`',
        span: flag.span,
        fixes: [fix('safe', 'Remove `--platform=$TARGETPLATFORM`', withoutFlag(file, flag))],
      };
    }
  },
});
