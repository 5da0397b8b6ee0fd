import { wrongLabels } from '../../../languages/dockerfile/labels.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'label-not-date',
  summary: 'A label for the build time is not a date and time',
  policies: ['G8'],
  category: 'ownership',
  severity: 'warning',
  preset: 'strict',
  needs: { instructions: ['LABEL'] },
  since: '2026.11',
  aliases: ['hadolint:DL3053'],
  check: file => wrongLabels(file, 'date', wrong),
});

/** https://www.rfc-editor.org/rfc/rfc3339#section-5.6 */
const DATE_TIME =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt ](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

function wrong(text: string) {
  if (DATE_TIME.test(text)) return undefined;
  const day = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(text);
  return {
    what: 'is not an RFC 3339 date',
    help: 'Use a date and time such as `2026-11-21T09:30:00Z`',
    better: day ? `${text}T00:00:00Z` : undefined,
  };
}
