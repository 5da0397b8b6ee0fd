import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { renamedUses, rewritten } from '../../../languages/dockerfile/edits.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { usesOf } from '../../../languages/dockerfile/stage-uses.ts';

export default defineDockerfileRule({
  id: 'invalid-stage-name',
  summary: 'A stage has an invalid name',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { instructions: ['FROM AS'] },
  since: '2026.11',
  aliases: ['dockerfile-utils:INVALID_BUILD_STAGE_NAME'],
  *check(file) {
    if (!followsReference(file)) return;
    const taken = new Set(file.stages.map(({ name }) => name?.toLowerCase()));
    for (const stage of file.stages) {
      const { name, nameSpan } = stage;
      if (name === undefined || !nameSpan || /^[a-z][a-z0-9_.-]*$/i.test(name)) continue;
      const wrong = /^[^a-z]/i.test(name) ? 'must start with a letter' : 'only letters, digits, `-`, `_` and `.`';
      const better = name
        .slice(0, 100)
        .toLowerCase()
        .replace(/[^a-z0-9_.-]/g, '-')
        .replace(/^[^a-z]/, 'stage-$&');
      const variable = name.includes('$');
      yield {
        message: `Invalid stage name ${quoted(name, 30)}: ${variable ? 'variables are not expanded here' : wrong}`,
        help: variable ? 'Write a fixed name' : 'Start with a letter, and use letters, digits, `-`, `_` and `.`',
        span: nameSpan,
        fixes:
          !variable && !taken.has(better)
            ? [
                fix(
                  'suggested',
                  `Rename the stage to \`${better}\``,
                  rewritten(file, nameSpan, better),
                  ...renamedUses(usesOf(file, stage).byName, better),
                ),
              ]
            : [],
      };
    }
  },
});
