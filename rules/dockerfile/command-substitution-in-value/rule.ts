import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Span } from '../../../core/text.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { Instruction } from '../../../languages/dockerfile/tree.ts';

/** Prompts, which shells evaluate each time. */
const EVALUATED = /^(?:PS[0-4]|PROMPT_COMMAND|RPROMPT|PROMPT)$/;

export default defineDockerfileRule({
  id: 'command-substitution-in-value',
  summary: '`ENV`, `ARG` or `LABEL` contains a command substitution, which is not run',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { instructions: ['ENV', 'ARG', 'LABEL'] },
  since: '2026.11',
  *check(file) {
    for (const instruction of everyInstruction(file))
      for (const { name, span } of valuesOf(instruction)) {
        if (EVALUATED.test(name)) continue;
        const written = file.source.text.slice(span.start, Math.min(span.end, span.start + 2000));
        const command = commandIn(written, file.escape);
        if (command === undefined) continue;
        yield {
          message: `${quoted(name)} contains the command, not its output`,
          help: HELP[instruction.kind === 'label' ? 'label' : 'variable'],
          span,
        } satisfies Finding;
      }
  },
});

const HELP = {
  label: 'Pass the value as a build argument: `docker build --build-arg`',
  variable: 'Run the command in the `RUN` that needs it, or pass the value with `--build-arg`',
};

function valuesOf(instruction: Instruction): readonly { readonly name: string; readonly span: Span }[] {
  switch (instruction.kind) {
    case 'env':
    case 'label':
      return instruction.pairs.map(({ key, value }) => ({ name: key, span: value.span }));
    case 'arg':
      return instruction.declarations.flatMap(({ name, default: value }) =>
        value ? [{ name, span: value.span }] : [],
      );
    default:
      return [];
  }
}

/** A command substitution of a shell, with a program: `$(date)`, `` `date` ``. In single quotes it is meant as text. */
function commandIn(written: string, mark: string): string | undefined {
  if (/^'|\{\{|<%/.test(written)) return undefined;
  const found = /(?:^|[^\\$])\$\(([a-z][\w./-]{0,60})(?=[ )|]|$)/.exec(written)?.[1];
  if (found !== undefined || mark === '`') return found;
  // Within a text, backquotes mark code.
  return /^"?`([a-z][\w./-]{0,60})(?: [^`]{0,300})?`/.exec(written)?.[1];
}
