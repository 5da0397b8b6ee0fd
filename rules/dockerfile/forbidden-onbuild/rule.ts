import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

/** https://docs.docker.com/reference/dockerfile/#onbuild-limitations */
const FORBIDDEN = new Set(['FROM', 'MAINTAINER', 'ONBUILD']);

export default defineDockerfileRule({
  id: 'forbidden-onbuild',
  summary: '`ONBUILD` holds an instruction that it may not hold',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  aliases: [
    'hadolint:DL3043',
    'tally:hadolint/DL3043',
    'dockerfile-utils:ONBUILD_CHAINING_DISALLOWED',
    'dockerfile-utils:ONBUILD_TRIGGER_DISALLOWED',
    'tally:invalid-onbuild-trigger',
  ],
  *check(file) {
    if (!followsReference(file)) return;
    for (const instruction of file.instructions) {
      if (instruction.kind !== 'onbuild' || !instruction.instruction) continue;
      const { keyword, keywordSpan } = instruction.instruction;
      if (FORBIDDEN.has(keyword))
        yield { message: `ONBUILD may not hold ${keyword}, and the builder refuses it.`, span: keywordSpan };
    }
  },
});
