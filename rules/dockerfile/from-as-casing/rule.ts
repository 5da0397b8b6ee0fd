import { fix } from '../../../core/finding.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'from-as-casing',
  summary: '`FROM` and `AS` of one line are written in different cases',
  policies: ['G13'],
  category: 'style',
  severity: 'hint',
  preset: 'strict',
  since: '2026.11',
  aliases: ['buildkit:FromAsCasing', 'tally:buildkit/FromAsCasing'],
  *check(file) {
    const written = (span: { start: number; end: number }) => file.source.text.slice(span.start, span.end);
    for (const { from } of file.stages) {
      if (!from.asSpan) continue;
      const keyword = written(from.keywordSpan);
      const as = written(from.asSpan);
      const wanted = keyword === 'FROM' ? 'AS' : keyword === 'from' ? 'as' : undefined;
      if (wanted === undefined || as === wanted || as.length !== 2) continue;
      yield {
        message: `\`${as}\` is written in another case than \`${keyword}\` on the same line, which reads as if one were a name.`,
        span: from.asSpan,
        fixes: [fix('safe', `Write \`${wanted}\``, rewritten(file, from.asSpan, wanted))],
      };
    }
  },
});
