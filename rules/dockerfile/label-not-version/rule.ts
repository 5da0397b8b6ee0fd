import { wrongLabels } from '../../../languages/dockerfile/labels.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'label-not-version',
  summary: 'A label that should be a version has another value',
  policies: ['G8', 'G3'],
  category: 'ownership',
  severity: 'warning',
  preset: 'strict',
  needs: { instructions: ['LABEL'] },
  since: '2026.11',
  aliases: ['hadolint:DL3056'],
  check: file => wrongLabels(file, 'version', wrong),
});

/** Names that do not identify a version. `edge`, `nightly` and `dev` name a channel of builds without one on purpose. */
const NAMED = /^(?:latest|stable|main|master|head|current|test|prod|production)$/i;

function wrong(text: string) {
  return NAMED.test(text) || /\s/.test(text)
    ? { what: 'is not a version', help: 'Use the version of the packaged software, such as `1.4.2`' }
    : undefined;
}
