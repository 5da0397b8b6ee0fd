import { fix } from '../../../core/finding.ts';
import { renamedUses, rewritten, usesOf } from '../../../languages/dockerfile/edits.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'invalid-stage-name',
  summary: 'A stage has a name that the builder refuses',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  aliases: ['dockerfile-utils:INVALID_BUILD_STAGE_NAME'],
  *check(file) {
    if (!followsReference(file)) return;
    const taken = new Set(file.stages.map(({ name }) => name?.toLowerCase()));
    for (const stage of file.stages) {
      const { name, nameSpan } = stage;
      if (name === undefined || !nameSpan || /^[a-z][a-z0-9_.-]*$/i.test(name)) continue;
      const wrong = /^[^a-z]/i.test(name)
        ? 'has to start with a letter'
        : 'may hold only letters, digits, `-`, `_` and `.`';
      const better = name
        .slice(0, 100)
        .toLowerCase()
        .replace(/[^a-z0-9_.-]/g, '-')
        .replace(/^[^a-z]/, 'stage-$&');
      const variable = name.includes('$') ? ', and variables are not filled in there' : '';
      yield {
        message: `A stage name ${wrong}${variable}; the builder refuses this one.`,
        span: nameSpan,
        fixes:
          variable === '' && !taken.has(better)
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
