import { wrongLabels } from '../../../languages/dockerfile/labels.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'label-not-version',
  summary: 'A label that should hold a version holds a name that moves',
  policies: ['G8'],
  category: 'ownership',
  severity: 'warning',
  preset: 'strict',
  since: '2026.11',
  aliases: ['hadolint:DL3056'],
  check: file => wrongLabels(file, 'version', wrong),
});

/** What a name without a digit says about the version. */
const NAMED = /^(?:latest|stable|edge|main|master|head|dev|develop|nightly|current|test|prod|production)$/i;

function wrong(text: string) {
  return NAMED.test(text) || /\s/.test(text)
    ? { why: 'is no version, so the label does not tell one build of the image from another' }
    : undefined;
}
