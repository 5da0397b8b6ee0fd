import { fix } from '../../../core/finding.ts';
import type { Span } from '../../../core/text.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { KEYWORDS } from '../../../languages/dockerfile/instruction.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

const INSTRUCTION = new RegExp(`^(?:${KEYWORDS.join('|')})[ \\t]`);

export default defineDockerfileRule({
  id: 'empty-continuation',
  summary: 'A blank line stands inside a continued instruction',
  policies: ['G13'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
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
    // Both lists go down the file; one finding for all blank lines of an instruction.
    let at = 0;
    const { emptyContinuations: blanks } = file;
    for (const { span } of file.instructions) {
      const mine: Span[] = [];
      while (at < blanks.length && blanks[at]!.start < span.start) at++;
      while (at < blanks.length && blanks[at]!.start <= span.end) mine.push(blanks[at++]!);
      const [first] = mine;
      if (!first) continue;
      // Lines that swallow an instruction have a report of their own; taking the blank line away would hide it.
      const swallows = mine.some(({ end }) => INSTRUCTION.test(text.slice(next(end), next(end) + 20)));
      if (swallows) continue;
      yield {
        message: `The instruction goes on behind ${mine.length > 1 ? 'these blank lines' : 'this blank line'}, which reads as if it ended here; a later version of the builder will refuse that.`,
        span: first,
        fixes: [
          fix(
            'safe',
            mine.length > 1 ? 'Remove the blank lines' : 'Remove the blank line',
            ...mine.map(({ start, end }) => rewritten(file, { start, end: next(end) }, '')),
          ),
        ],
      };
    }
  },
});
