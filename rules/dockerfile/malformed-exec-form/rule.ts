import { placeCause } from '../../../core/causes.ts';
import { type Finding, fix } from '../../../core/finding.ts';
import type { SourceText } from '../../../core/text.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { repairedJsonForm } from '../../../languages/dockerfile/json-repair.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { Instruction } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'malformed-exec-form',
  summary: 'An exec form is not valid JSON',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { instructions: ['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'COPY', 'ADD', 'VOLUME'] },
  derived: true,
  since: '2026.11',
  aliases: ['dockerfile-utils:JSON_IN_SINGLE_QUOTES', 'sonar:S7030', 'tally:invalid-json-form'],
  *check(file) {
    if (!followsReference(file)) return;
    for (const instruction of everyInstruction(file)) {
      const text = shellText(instruction);
      if (!text || !meansJson(text.text, instruction.kind)) continue;
      const repaired = repairedJsonForm(text.text);
      yield {
        message: `Invalid JSON in \`${instruction.keyword}\`${repaired ? `: ${repaired.reason}` : ''}`,
        help: repaired?.help ?? 'Use one list of double-quoted strings, such as `["npm", "start"]`',
        span: text.span,
        causes: [placeCause('form', text.span)],
        fixes: repaired
          ? [
              // The builder takes the text as it is now for a command or a path, so that something else will run.
              fix('suggested', 'Change it to valid JSON', text.replace(0, text.text.length, repaired.json)),
            ]
          : [],
      } satisfies Finding;
    }
  },
});

/** The arguments that the builder does not read as JSON, of instructions that have a JSON form. */
function shellText(instruction: Instruction): SourceText | undefined {
  const { json, rest, heredocs } = instruction;
  if (json || heredocs.length > 0) return undefined;
  switch (instruction.kind) {
    case 'run':
    case 'copy':
    case 'add':
    case 'volume':
      return rest;
    case 'cmd':
    case 'entrypoint':
    case 'healthcheck':
      return instruction.command?.form === 'shell' ? instruction.command.script : undefined;
    default:
      return undefined;
  }
}

/** Whether the arguments can only have been meant as JSON. `[ -f x ]` and `[[ … ]]` are shell commands. */
function meansJson(text: string, kind: Instruction['kind']): boolean {
  // A JSON array of anything but strings is a syntax error; `trailing-comment` reports a comment after one.
  if (text[0] !== '[' || /\]\s+#/.test(text.slice(0, 4000)) || isJson(text)) return false;
  const next = text[1] ?? '';
  if (next === '' || next === '[' || next === '{' || next === '<') return false;
  if (!/\s/.test(next)) {
    // Paths may be patterns such as `[a-z]`; commands are not.
    const quoted = /^\[["'“‘]/.test(text);
    if (quoted || kind === 'copy' || kind === 'add' || kind === 'volume') return quoted;
    // `[npm, start]`; `[Environment]::Exit(0)` is a type of PowerShell.
    return repairedJsonForm(text) !== undefined;
  }
  // `[ "a" = "b" ]` and `[ "-n" "a" ]` are tests, `[ "a", "b" ]` and `[ "a" "b" ]` are not.
  if (/^\[\s{1,20}"[^"!-][^"]{0,200}"\s{1,5}"[^"]{0,200}"\s{0,5}(?:[",\]]|$)/.test(text)) return true;
  return /^\[\s{1,20}(?:"[^"]{0,200}"|'[^']{0,200}'|[“‘][^”’]{0,200}[”’])\s{0,5}(?:,|\]\s*$)/.test(text);
}

function isJson(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}
