import { quoted } from '../../../core/quoted.ts';
import { labelsOf } from '../../../languages/dockerfile/labels.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

/** https://docs.docker.com/engine/manage-resources/labels/#key-format-recommendations */
const RESERVED = /^(?:com\.docker|io\.docker|org\.dockerproject)\./;
/** Keys that Docker documents for those who build images for it. */
const DOCUMENTED = /^com\.docker\.(?:extension|desktop|image|official-images|dhi)\./;

export default defineDockerfileRule({
  id: 'malformed-label-key',
  summary: 'A label key does not follow the naming rules for keys',
  policies: ['G8', 'G7'],
  category: 'ownership',
  severity: 'info',
  preset: 'strict',
  needs: { instructions: ['LABEL'] },
  since: '2026.11',
  aliases: ['hadolint:DL3048', 'tally:labels/valid-key', 'dockerfilelint:label_invalid'],
  *check(file) {
    for (const stage of file.stages)
      for (const { pair } of labelsOf(stage)) {
        const problem = problemOf(pair.key);
        if (problem) yield { ...problem, span: pair.keySpan };
      }
  },
});

function problemOf(key: string): { readonly message: string; readonly help: string } | undefined {
  const named = `Label key ${quoted(key)}`;
  if (/\s/.test(key))
    return { message: `${named} contains whitespace`, help: 'Use `.`, `-` or `_` in place of spaces' };
  if (!/^[A-Za-z0-9]/.test(key) || !/[A-Za-z0-9]$/.test(key))
    return { message: `${named} starts or ends with a separator`, help: 'Start and end it with a letter or digit' };
  if (/^\d/.test(key))
    return { message: `${named} starts with a digit`, help: 'Start it with a letter, such as that of your own domain' };
  if (/[._-]{2}/.test(key.replace(/--|__/g, '-')))
    return { message: `${named} has two separators in a row`, help: 'Remove one of them' };
  if (!/^[\w./-]+$/.test(key))
    return {
      message: `${named} contains an invalid character`,
      help: 'Use only letters, digits, `.`, `-`, `_` and `/`',
    };
  if (RESERVED.test(key) && !DOCUMENTED.test(key))
    return {
      message: `${named} is in a namespace reserved for Docker`,
      help: 'Use your own domain: `com.example.team`',
    };
  return undefined;
}
