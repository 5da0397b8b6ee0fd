import { fix } from '../../../core/finding.ts';
import { stringList } from '../../../core/options.ts';
import { quoted } from '../../../core/quoted.ts';
import { labelsOf, labelText, PLACEHOLDER } from '../../../languages/dockerfile/labels.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

const ADDRESS = /^[^\s<>@"]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;

export default defineDockerfileRule({
  id: 'label-not-email',
  summary: 'An image owner label has no email address',
  policies: ['G7'],
  category: 'ownership',
  severity: 'info',
  preset: 'all',
  needs: { instructions: ['LABEL'] },
  since: '2026.11',
  aliases: ['hadolint:DL3058'],
  options: {
    keys: stringList('Labels that must contain an email address', ['maintainer', 'org.opencontainers.image.authors']),
  },
  *check(file, { options }) {
    for (const stage of file.stages)
      for (const { pair } of labelsOf(stage)) {
        if (!options.keys.includes(pair.key)) continue;
        const text = labelText(pair.value);
        if (text === undefined || text.trim() === '' || PLACEHOLDER.test(text.trim()) || text.length > 2000) continue;
        if (text.split(/[\s,;<>()]+/).some(word => ADDRESS.test(word.replace(/^mailto:/, '')))) continue;
        const { source } = pair.value;
        const better = /^\S+ ?(?:\[at\]|\(at\)) ?\S+$/.test(text)
          ? text.replace(/ ?(?:\[at\]|\(at\)) ?/, '@')
          : undefined;
        yield {
          message: `Label ${quoted(pair.key)} has no email address`,
          help: 'Add an address, as in `Payments <payments@example.com>`',
          span: pair.value.span,
          fixes: [
            better !== undefined && source.text === text
              ? fix('suggested', 'Write the address with `@`', source.replace(0, text.length, better))
              : undefined,
          ],
        };
      }
  },
});
