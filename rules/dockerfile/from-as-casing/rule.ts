import { fix } from '../../../core/finding.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'from-as-casing',
  summary: '`FROM` and `AS` are written in different case',
  policies: [],
  category: 'style',
  severity: 'hint',
  preset: 'strict',
  needs: { instructions: ['FROM AS'] },
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
        message: `\`${as}\` does not match the case of \`${keyword}\``,
        span: from.asSpan,
        fixes: [fix('safe', `Write \`${wanted}\``, rewritten(file, from.asSpan, wanted))],
      };
    }
  },
});
