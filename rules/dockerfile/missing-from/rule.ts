import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'missing-from',
  summary: 'Something other than `ARG` stands before the first `FROM`, or there is no `FROM`',
  policies: ['G2'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  aliases: [
    'hadolint:DL3061',
    'tally:hadolint/DL3061',
    'dockerfile-utils:NO_SOURCE_IMAGE',
    'dockerfilelint:from_first',
    'tally:require-stages',
  ],
  *check(file) {
    if (!followsReference(file)) return;
    const { preamble, stages, instructions } = file;
    // A line that is no instruction has its own report.
    const early = preamble.find(({ kind }) => kind !== 'arg' && kind !== 'unknown');
    if (early)
      yield {
        message:
          stages.length > 0
            ? `Only ARG may stand before the first FROM, so the builder refuses ${early.keyword} here.`
            : `There is no FROM before ${early.keyword}, so the builder does not know what to start from and refuses the file.`,
        span: early.keywordSpan,
      };
    else if (stages.length === 0 && instructions.some(({ kind }) => kind === 'arg'))
      yield { message: 'The file has no FROM, so there is nothing to build.', span: instructions[0]!.keywordSpan };
  },
});
