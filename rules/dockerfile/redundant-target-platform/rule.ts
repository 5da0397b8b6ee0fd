import { fix } from '../../../core/finding.ts';
import { withoutFlag } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'redundant-target-platform',
  summary: '`--platform=$TARGETPLATFORM` is what `FROM` does anyway',
  policies: ['G13'],
  category: 'style',
  severity: 'hint',
  preset: 'strict',
  since: '2026.11',
  aliases: ['buildkit:RedundantTargetPlatform', 'tally:buildkit/RedundantTargetPlatform', 'hadolint:DL3065'],
  *check(file) {
    for (const { from } of file.stages) {
      const flag = from.flags.findLast(({ name }) => name === 'platform');
      if (!flag || !/^\$(?:TARGETPLATFORM|\{TARGETPLATFORM\})$/.test(flag.value?.text ?? '')) continue;
      // A file may give the variable a value of its own.
      if (from.environment.get('TARGETPLATFORM')?.value) continue;
      yield {
        message: '`FROM` takes the image for the target platform in any case, so this flag says nothing.',
        span: flag.span,
        fixes: [fix('safe', 'Remove the flag', withoutFlag(file, flag))],
      };
    }
  },
});
