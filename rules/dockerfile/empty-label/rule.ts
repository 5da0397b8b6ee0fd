import { LABEL_TYPES, labelsOf } from '../../../languages/dockerfile/labels.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'empty-label',
  summary: 'A label about the image has no value',
  policies: ['G8'],
  category: 'ownership',
  severity: 'info',
  preset: 'strict',
  since: '2026.11',
  aliases: ['hadolint:DL3051'],
  *check(file, { project }) {
    for (const stage of file.stages)
      for (const { pair } of labelsOf(stage)) {
        const key = pair.key.toLowerCase();
        if (!LABEL_TYPES.has(key) && !project.ownerKeys.includes(key)) continue;
        // An ARG without a default may be given; one that is empty by default is meant to be.
        if (pair.value.literal?.trim() !== '' || pair.value.parts.some(part => typeof part !== 'string')) continue;
        yield {
          message: `\`${pair.key}\` is empty, which hides what the base image says and tells nothing in its place.`,
          span: pair.span,
        };
      }
  },
});
