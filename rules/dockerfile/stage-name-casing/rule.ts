import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { renamedUses, rewritten } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { usesOf } from '../../../languages/dockerfile/stage-uses.ts';

export default defineDockerfileRule({
  id: 'stage-name-casing',
  summary: 'A stage name contains uppercase letters',
  policies: [],
  category: 'style',
  severity: 'hint',
  preset: 'strict',
  needs: { instructions: ['FROM AS'] },
  since: '2026.11',
  aliases: ['buildkit:StageNameCasing', 'tally:buildkit/StageNameCasing'],
  *check(file) {
    for (const stage of file.stages) {
      const { name, nameSpan } = stage;
      if (name === undefined || !nameSpan || name === name.toLowerCase()) continue;
      // `invalid-stage-name` reports names that contain variables.
      if (!/^[A-Za-z0-9._-]+$/.test(name)) continue;
      const lower = name.toLowerCase();
      // References in another case mean the same stage, so those made of variables need no change.
      const uses = renamedUses(
        usesOf(file, stage).byName.filter(({ source }) => source.text !== lower),
        lower,
      ).filter(edit => edit !== undefined);
      yield {
        message: `Stage name ${quoted(name)} contains uppercase letters`,
        span: nameSpan,
        fixes: [fix('safe', `Rename it to \`${lower}\``, rewritten(file, nameSpan, lower), ...uses)],
      };
    }
  },
});
