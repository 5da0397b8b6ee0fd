import { wrongLabels } from '../../../languages/dockerfile/labels.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'label-not-revision',
  summary: 'A source revision label names a branch or contains a sentence',
  policies: ['G8'],
  category: 'ownership',
  severity: 'warning',
  preset: 'strict',
  needs: { instructions: ['LABEL'] },
  since: '2026.11',
  aliases: ['hadolint:DL3055'],
  check: file => wrongLabels(file, 'revision', wrong),
});

/** Branches and other names that move. */
const MOVING = /^(?:(?:refs\/heads|origin)\/.*|main|master|head|latest|develop|dev|trunk)$/i;

function wrong(text: string) {
  return MOVING.test(text) || /\s/.test(text)
    ? { what: 'does not identify a commit', help: 'Pass the commit through an `ARG`' }
    : undefined;
}
