import type { Finding } from '../../../core/finding.ts';
import { everyInstruction } from '../../../languages/dockerfile/edits.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { Instruction } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'wrong-argument-count',
  summary: 'An instruction has too few or too many arguments',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
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
      // Nothing at all is a syntax error; a `#` is a comment in the wrong place; a placeholder may be anything.
      if (
        rest.text === '' ||
        /(?:^|\s)#/.test(rest.text.slice(0, 2000)) ||
        /\{\{|<%|\{%/.test(rest.text.slice(0, 2000))
      )
        continue;
      const message = messageOf(instruction);
      if (message !== undefined) yield { message, span: rest.span } satisfies Finding;
    }
  },
});

function messageOf(instruction: Instruction): string | undefined {
  const { keyword, rest, json, heredocs } = instruction;
  switch (instruction.kind) {
    case 'copy':
    case 'add': {
      const given = instruction.args.length + heredocs.length;
      if (given >= 2) return undefined;
      return given === 0
        ? `${keyword} has an empty list of arguments; it needs a source and a destination.`
        : `${keyword} needs a source and a destination, and the builder refuses one argument.`;
    }
    case 'volume':
      if (json?.elements.length === 0) return 'VOLUME has an empty list, and the builder refuses it.';
      return json?.elements.some(({ text }) => text.trim() === '')
        ? 'VOLUME has an empty path in its list, and the builder refuses it.'
        : undefined;
    case 'run':
      return json?.elements.length === 0 ? 'RUN has an empty list, and the builder refuses it.' : undefined;
    case 'user':
      return /^[^\s"'$]+\s+[^\s]+/.test(rest.text)
        ? 'USER takes one word, `user` or `user:group`; all of this is taken as the name, and nobody is called so.'
        : undefined;
    case 'healthcheck':
      return instruction.none && rest.text.length > 4
        ? 'HEALTHCHECK NONE takes no arguments, and the builder refuses any.'
        : undefined;
    default:
      return undefined;
  }
}
