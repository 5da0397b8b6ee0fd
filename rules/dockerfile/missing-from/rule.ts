import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'missing-from',
  summary: 'The first instruction is not `FROM`, or there is no `FROM`',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
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
    // A line that is not an instruction is reported as a syntax error.
    const early = preamble.find(({ kind }) => kind !== 'arg' && kind !== 'unknown');
    if (early)
      yield {
        ...(stages.length > 0
          ? {
              message: `\`${early.keyword}\` before the first \`FROM\``,
              help: 'Move it after `FROM`; only `ARG` can come first',
            }
          : {
              message: `\`${early.keyword}\` without a \`FROM\``,
              help: 'Add `FROM` and a base image, or `FROM scratch`, before it',
            }),
        span: early.keywordSpan,
      };
    else if (stages.length === 0 && instructions.some(({ kind }) => kind === 'arg'))
      yield {
        message: 'The file has no `FROM`',
        help: 'Add `FROM` and a base image, or `FROM scratch`',
        span: instructions[0]!.keywordSpan,
      };
  },
});
