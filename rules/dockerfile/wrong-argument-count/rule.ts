import type { Finding } from '../../../core/finding.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { Instruction } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'wrong-argument-count',
  summary: 'An instruction has too few or too many arguments',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { instructions: ['COPY', 'ADD', 'VOLUME', 'RUN', 'USER', 'HEALTHCHECK'] },
  since: '2026.11',
  aliases: [
    'dockerfile-utils:ARGUMENT_EXTRA',
    'dockerfile-utils:ARGUMENT_REQUIRES_ONE',
    'dockerfile-utils:ARGUMENT_REQUIRES_AT_LEAST_ONE',
    'dockerfile-utils:ARGUMENT_REQUIRES_TWO',
    'dockerfile-utils:ARGUMENT_REQUIRES_AT_LEAST_TWO',
    'dockerfile-utils:ARGUMENT_UNNECESSARY',
    'dockerfilelint:required_params',
    'dockerfilelint:extra_args',
    'dockerfilelint:missing_args',
  ],
  *check(file) {
    if (!followsReference(file)) return;
    for (const instruction of everyInstruction(file)) {
      const { rest } = instruction;
      // Without arguments it is a syntax error; `trailing-comment` is about a `#`; a placeholder may be anything.
      if (
        rest.text === '' ||
        /(?:^|\s)#/.test(rest.text.slice(0, 2000)) ||
        /\{\{|<%|\{%/.test(rest.text.slice(0, 2000))
      )
        continue;
      const problem = problemOf(instruction);
      if (problem) yield { ...problem, span: rest.span };
    }
  },
});

function problemOf(instruction: Instruction): Pick<Finding, 'message' | 'help'> | undefined {
  const { keyword, rest, json, heredocs } = instruction;
  switch (instruction.kind) {
    case 'copy':
    case 'add': {
      const given = instruction.args.length + heredocs.length;
      if (given >= 2) return undefined;
      return {
        message: given === 0 ? `\`${keyword}\` has an empty list` : `\`${keyword}\` has only one argument`,
        help: `Write a source and a destination, such as \`${keyword} app.conf /etc/app.conf\``,
      };
    }
    case 'volume':
      if (json?.elements.length === 0)
        return { message: '`VOLUME` has an empty list', help: 'Add a path, or remove it' };
      return json?.elements.some(({ text }) => text.trim() === '')
        ? { message: '`VOLUME` has an empty path', help: 'Remove the empty string' }
        : undefined;
    case 'run':
      return json?.elements.length === 0
        ? { message: '`RUN` has an empty list', help: 'Add the command, or remove the instruction' }
        : undefined;
    case 'user':
      return /^[^\s"'$]+\s+[^\s]+/.test(rest.text)
        ? { message: '`USER` has more than one argument', help: 'Write `user` or `user:group`' }
        : undefined;
    case 'healthcheck':
      return instruction.none && rest.text.length > 4
        ? { message: '`HEALTHCHECK NONE` has arguments', help: 'Remove them, or use `HEALTHCHECK CMD`' }
        : undefined;
    default:
      return undefined;
  }
}
