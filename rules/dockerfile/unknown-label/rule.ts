import { fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { stringList } from '../../../core/options.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { LABEL_TYPES, labelsOf } from '../../../languages/dockerfile/labels.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

const OCI_KEYS = [...LABEL_TYPES.keys()].filter(key => key.startsWith('org.opencontainers.'));
/** For how many keys of a file a similar one is looked for; it bounds the cost of long files. */
const MOST_GUESSES = 100;

export default defineDockerfileRule({
  id: 'unknown-label',
  summary: 'A label has a key that nobody looks for',
  policies: ['G8'],
  category: 'ownership',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  aliases: ['hadolint:DL3050'],
  options: {
    allowed: stringList(
      'Keys that images may have, besides those of the image specification; a `.` at the end stands for all keys below. Empty: any',
    ),
  },
  *check(file, { options: { allowed } }) {
    let guesses = 0;
    for (const stage of file.stages)
      for (const { pair } of labelsOf(stage)) {
        const { key, keySpan } = pair;
        const reserved = /^org\.opencontainers\.image\./i.test(key);
        if (LABEL_TYPES.has(key) || allowed.some(one => (one.endsWith('.') ? key.startsWith(one) : key === one)))
          continue;
        if (!reserved && allowed.length === 0) continue;
        const guess = guesses++ < MOST_GUESSES ? nearest(key, reserved ? OCI_KEYS : allowed) : undefined;
        const written = file.source.text.slice(keySpan.start, keySpan.end);
        yield {
          message: reserved
            ? `The image specification has no key \`${key}\`, so no tool reads what stands in it.`
            : `\`${key}\` is none of the keys that this project allows.`,
          span: keySpan,
          fixes: [
            guess !== undefined && written === key
              ? fix('suggested', `Change it to \`${guess}\``, rewritten(file, keySpan, guess))
              : undefined,
          ],
        };
      }
  },
});
