import { fix } from '../../../core/finding.ts';
import { renamedUses, rewritten, usesOf } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'stage-name-casing',
  summary: 'A stage name has capital letters',
  policies: ['G13'],
  category: 'style',
  severity: 'hint',
  preset: 'strict',
  since: '2026.11',
  aliases: ['buildkit:StageNameCasing', 'tally:buildkit/StageNameCasing'],
  *check(file) {
    for (const stage of file.stages) {
      const { name, nameSpan } = stage;
      if (name === undefined || !nameSpan || name === name.toLowerCase()) continue;
      // A name that a variable completes is refused or left as it is: another rule's matter.
      if (!/^[A-Za-z0-9._-]+$/.test(name)) continue;
      const lower = name.toLowerCase();
      // Uses in another case mean the same stage, so those made of variables may stay behind.
      const uses = renamedUses(
        usesOf(file, stage).byName.filter(({ source }) => source.text !== lower),
        lower,
      ).filter(edit => edit !== undefined);
      yield {
        message: `The builder compares stage names without regard to case, so \`${name}\` is \`${lower}\` to it; write it so everywhere.`,
        span: nameSpan,
        fixes: [fix('safe', `Write \`${lower}\` everywhere`, rewritten(file, nameSpan, lower), ...uses)],
      };
    }
  },
});
