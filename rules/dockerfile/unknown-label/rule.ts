import { fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { stringList } from '../../../core/options.ts';
import { eitherOf, quoted } from '../../../core/quoted.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { LABEL_TYPES, labelsOf } from '../../../languages/dockerfile/labels.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

const OCI_KEYS = [...LABEL_TYPES.keys()].filter(key => key.startsWith('org.opencontainers.'));
/** The domain of the specification with a slip in it; other words may be domains of their own. */
const MISSPELLED =
  /^(?!org\.opencontainers\.)(?:orgs?\.)?open-?containers?(?:\.(?:org|images?|label|annotations?|specs?))?\.[a-z]{2,20}(?:\.[a-z]{2,20})?$/i;
/** For how many keys of a file a similar one is searched; it bounds the cost of long files. */
const MOST_GUESSES = 100;

export default defineDockerfileRule({
  id: 'unknown-label',
  summary: 'A label key is not an OCI annotation or an allowed key',
  policies: ['G8', 'G7'],
  category: 'ownership',
  severity: 'warning',
  preset: 'recommended',
  needs: { instructions: ['LABEL'] },
  since: '2026.11',
  aliases: ['hadolint:DL3050'],
  options: {
    allowed: stringList(
      'Keys that images may have besides those of the image specification; one that ends with `.` allows all keys with that prefix. Empty: any',
    ),
  },
  *check(file, { options: { allowed } }) {
    let guesses = 0;
    for (const stage of file.stages)
      for (const { pair } of labelsOf(stage)) {
        const { key, keySpan } = pair;
        const misspelled = MISSPELLED.test(key)
          ? `org.opencontainers.image.${key.slice(key.lastIndexOf('.') + 1)}`
          : undefined;
        const reserved = misspelled !== undefined || /^org\.opencontainers\.image\./i.test(key);
        if (LABEL_TYPES.has(key) || allowed.some(one => (one.endsWith('.') ? key.startsWith(one) : key === one)))
          continue;
        if (!reserved && allowed.length === 0) continue;
        const guess =
          misspelled !== undefined && LABEL_TYPES.has(misspelled)
            ? misspelled
            : guesses++ < MOST_GUESSES
              ? nearest(key, reserved ? OCI_KEYS : allowed)
              : undefined;
        const written = file.source.text.slice(keySpan.start, keySpan.end);
        yield {
          message: `Label key ${quoted(key)} is not ${reserved ? 'an OCI annotation' : 'allowed in this project'}`,
          help:
            guess !== undefined
              ? `Did you mean ${quoted(guess, 60)}?`
              : reserved
                ? 'Use a key of the specification, or your own domain: `com.example.team`'
                : `Use an allowed key, such as ${eitherOf(allowed.slice(0, 2))}`,
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
