import { fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'malformed-as',
  summary: '`FROM` is followed by something other than an image, or an image, `AS` and a name',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  aliases: ['dockerfile-utils:INVALID_AS', 'dockerfile-utils:ARGUMENT_REQUIRES_ONE_OR_THREE'],
  *check(file) {
    if (!followsReference(file)) return;
    for (const { from } of file.stages) {
      const { args, rest, asSpan } = from;
      const [, second, third, ...more] = args;
      if (!second || (asSpan && third && more.length === 0)) continue;
      // Text behind a `#` was meant as a comment.
      if (args.some(({ source }) => source.text.startsWith('#'))) continue;
      // A template language's placeholder with blanks in it.
      if (/\{\{|<%|\{%/.test(rest.text.slice(0, 500))) continue;
      const end = rest.text.length;
      if (asSpan && !third)
        yield {
          message: '`AS` is not followed by a name for the stage, and the builder refuses the line.',
          span: asSpan,
          fixes: [fix('suggested', 'Remove `AS`', rest.replace(rest.text.search(/\s/), end, ''))],
        };
      else if (!third)
        yield {
          message: '`FROM` takes an image, or an image, `AS` and a name; the builder refuses two words.',
          span: second.span,
          fixes: [
            fix(
              'suggested',
              'Insert `AS`',
              rewritten(file, { start: second.span.start, end: second.span.start }, 'AS '),
            ),
          ],
        };
      else if (more.length === 0)
        yield {
          message:
            '`AS` has to stand between the image and the name of the stage; the builder refuses another word there.',
          span: second.span,
          fixes: nearest(second.source.text, ['as'])
            ? [fix('suggested', 'Change it to `AS`', second.source.replace(0, second.source.text.length, 'AS'))]
            : [],
        };
      else
        yield {
          message: '`FROM` takes an image, or an image, `AS` and a name; the builder refuses more words.',
          span: { ...(asSpan ? more[0]!.span : second.span), end: args.at(-1)!.span.end },
        };
    }
  },
});
