import { quoted } from '../../../core/quoted.ts';
import { LABEL_TYPES, labelsOf } from '../../../languages/dockerfile/labels.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'empty-label',
  summary: 'A label that describes the image or names its owner is empty',
  policies: ['G8', 'G7'],
  category: 'ownership',
  severity: 'info',
  preset: 'strict',
  needs: { instructions: ['LABEL'] },
  since: '2026.11',
  aliases: ['hadolint:DL3051'],
  *check(file, { project }) {
    for (const stage of file.stages)
      for (const { pair } of labelsOf(stage)) {
        const key = pair.key.toLowerCase();
        if (!LABEL_TYPES.has(key) && !project.ownerKeys.includes(key)) continue;
        // An ARG without a default may be given a value; one that is empty by default is empty on purpose.
        if (pair.value.literal?.trim() !== '' || pair.value.parts.some(part => typeof part !== 'string')) continue;
        yield {
          message: `Label ${quoted(pair.key)} is empty`,
          help: 'Set a value, or remove the label',
          span: pair.span,
        };
      }
  },
});
