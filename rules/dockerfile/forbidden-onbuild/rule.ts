import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

/** What to do instead, by keyword. https://docs.docker.com/reference/dockerfile/#onbuild-limitations */
const FORBIDDEN: ReadonlyMap<string, string> = new Map([
  ['FROM', 'Put `FROM` into the Dockerfile that starts from this image'],
  ['MAINTAINER', 'Use `ONBUILD LABEL org.opencontainers.image.authors=…`'],
  ['ONBUILD', 'Write `ONBUILD` once; triggers do not reach further builds'],
]);

export default defineDockerfileRule({
  id: 'forbidden-onbuild',
  summary: '`ONBUILD` contains an instruction that is not allowed there',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { instructions: ['ONBUILD'] },
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
      const help = FORBIDDEN.get(keyword);
      if (help !== undefined) yield { message: `\`ONBUILD\` cannot contain \`${keyword}\``, help, span: keywordSpan };
    }
  },
});
