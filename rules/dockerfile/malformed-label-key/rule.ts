import { labelsOf } from '../../../languages/dockerfile/labels.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

/** https://docs.docker.com/engine/manage-resources/labels/#key-format-recommendations */
const RESERVED = /^(?:com\.docker|io\.docker|org\.dockerproject)\./;
/** Keys that Docker documents for those who build images for it. */
const DOCUMENTED = /^com\.docker\.(?:extension|desktop|image|official-images|dhi)\./;

export default defineDockerfileRule({
  id: 'malformed-label-key',
  summary: 'The key of a label breaks the rules for keys',
  policies: ['G8'],
  category: 'ownership',
  severity: 'info',
  preset: 'strict',
  since: '2026.11',
  aliases: ['hadolint:DL3048', 'tally:labels/valid-key', 'dockerfilelint:label_invalid'],
  *check(file) {
    for (const stage of file.stages)
      for (const { pair } of labelsOf(stage)) {
        const why = wrongKey(pair.key);
        if (why !== undefined) yield { message: `The key of this label ${why}.`, span: pair.keySpan };
      }
  },
});

function wrongKey(key: string): string | undefined {
  if (/\s/.test(key)) return 'has a blank in it, and filters such as `docker ps --filter label=…` do not find it';
  if (!/^[A-Za-z0-9]/.test(key) || !/[A-Za-z0-9]$/.test(key))
    return 'does not start and end with a letter or digit, as the rules for keys ask';
  if (/[._-]{2}/.test(key.replace(/--|__/g, '-'))) return 'has two separators in a row, which is most likely a slip';
  if (!/^[\w./-]+$/.test(key)) return 'has characters other than letters, digits, `.`, `-`, `_` and `/`';
  if (RESERVED.test(key) && !DOCUMENTED.test(key))
    return "starts with a namespace that is reserved for Docker's own use";
  return undefined;
}
