import { fix } from '../../../core/finding.ts';
import type { Span } from '../../../core/text.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { KEYWORDS } from '../../../languages/dockerfile/instruction.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

const INSTRUCTION = new RegExp(`^(?:${KEYWORDS.join('|')})[ \\t]`);

export default defineDockerfileRule({
  id: 'empty-continuation',
  summary: 'A continued instruction contains an empty line',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  aliases: [
    'buildkit:NoEmptyContinuation',
    'tally:buildkit/NoEmptyContinuation',
    'dockerfile-utils:EMPTY_CONTINUATION_LINE',
  ],
  *check(file) {
    const { text } = file.source;
    const next = (end: number): number => {
      const at = text.indexOf('\n', end);
      return at < 0 ? text.length : at + 1;
    };
    // Both lists are in the order of the file; one finding for all empty lines of an instruction.
    let at = 0;
    const { emptyContinuations: empty } = file;
    for (const { span } of file.instructions) {
      const mine: Span[] = [];
      while (at < empty.length && empty[at]!.start < span.start) at++;
      while (at < empty.length && empty[at]!.start <= span.end) mine.push(empty[at++]!);
      const [first] = mine;
      if (!first) continue;
      // `swallowed-instruction` reports lines that swallow an instruction; removing the empty line would hide it.
      const swallows = mine.some(({ end }) => INSTRUCTION.test(text.slice(next(end), next(end) + 20)));
      if (swallows) continue;
      yield {
        message: `${mine.length > 1 ? 'Empty lines' : 'Empty line'} in a continued instruction`,
        help: mine.length > 1 ? 'Remove the empty lines' : 'Remove the empty line',
        span: first,
        fixes: [
          fix(
            'safe',
            mine.length > 1 ? 'Remove the empty lines' : 'Remove the empty line',
            ...mine.map(({ start, end }) => rewritten(file, { start, end: next(end) }, '')),
          ),
        ],
      };
    }
  },
});
