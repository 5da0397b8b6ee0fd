import { wrongLabels } from '../../../languages/dockerfile/labels.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'label-not-url',
  summary: 'A label for a link is not a URL',
  policies: ['G8'],
  category: 'ownership',
  severity: 'warning',
  preset: 'strict',
  needs: { instructions: ['LABEL'] },
  since: '2026.11',
  aliases: ['hadolint:DL3052'],
  check: file => wrongLabels(file, 'url', wrong),
});

function wrong(text: string) {
  if (/^[a-z][a-z0-9+.-]*:\/\/[^\s/?#]\S*$/i.test(text)) return undefined;
  // The scheme is all that is missing.
  const bare = /^(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[^\s]*)?$/i.test(text);
  return {
    what: 'is not a URL',
    help: 'Use a full URL, such as `https://example.com/app`',
    better: bare ? `https://${text}` : undefined,
  };
}
