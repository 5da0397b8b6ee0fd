import { fix } from '../../../core/finding.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { repairedJsonForm } from '../../../languages/dockerfile/json-repair.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'shell-not-json',
  summary: '`SHELL` is not a JSON list of strings',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { instructions: ['SHELL'] },
  since: '2026.11',
  aliases: ['dockerfile-utils:SHELL_JSON_FORM', 'dockerfile-utils:SHELL_REQUIRES_ONE'],
  *check(file) {
    if (!followsReference(file)) return;
    for (const instruction of everyInstruction(file)) {
      if (instruction.kind !== 'shell' || instruction.rest.text === '') continue;
      const { rest, words } = instruction;
      if (words && words.length > 0) continue;
      // An array of anything but strings is a syntax error.
      if (!words && /^\[[^"']*\]$/.test(rest.text) && isArray(rest.text)) continue;
      const plain = /^[\w/.\s:-]+$/.test(rest.text) ? JSON.stringify(rest.text.trim().split(/\s+/)) : undefined;
      const json = repairedJsonForm(rest.text)?.json ?? plain?.replaceAll('","', '", "');
      yield {
        message: words ? '`SHELL` has an empty list' : '`SHELL` is not a JSON list',
        help: 'Write the program and its options: `SHELL ["/bin/bash", "-c"]`',
        span: rest.span,
        fixes:
          words || json === undefined
            ? []
            : [fix('suggested', 'Change it to a JSON list', rest.replace(0, rest.text.length, json))],
      };
    }
  },
});

function isArray(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}
