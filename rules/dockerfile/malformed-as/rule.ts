import { fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { quoted } from '../../../core/quoted.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'malformed-as',
  summary: '`FROM` has arguments other than an image and an optional `AS name`',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { instructions: ['FROM'] },
  since: '2026.11',
  aliases: ['dockerfile-utils:INVALID_AS', 'dockerfile-utils:ARGUMENT_REQUIRES_ONE_OR_THREE'],
  *check(file) {
    if (!followsReference(file)) return;
    for (const { from } of file.stages) {
      const { args, rest, asSpan } = from;
      const [, second, third, ...more] = args;
      if (!second || (asSpan && third && more.length === 0)) continue;
      // Text after a `#` was meant as a comment.
      if (args.some(({ source }) => source.text.startsWith('#'))) continue;
      // A placeholder of a template language, with spaces in it.
      if (/\{\{|<%|\{%/.test(rest.text.slice(0, 500))) continue;
      const end = rest.text.length;
      if (asSpan && !third)
        yield {
          message: '`AS` without a stage name',
          help: 'Add a name after `AS`, or remove `AS`',
          span: asSpan,
          fixes: [fix('suggested', 'Remove `AS`', rest.replace(rest.text.search(/\s/), end, ''))],
        };
      else if (!third)
        yield {
          message: `Missing \`AS\` before ${quoted(second.source.text)}`,
          help: 'Insert `AS` if this is a stage name; write a tag as `image:tag`',
          span: second.span,
          fixes: [
            isStageName(second.source.text)
              ? fix(
                  'suggested',
                  'Insert `AS`',
                  rewritten(file, { start: second.span.start, end: second.span.start }, 'AS '),
                )
              : undefined,
          ],
        };
      else if (more.length === 0)
        yield {
          message: `Expected \`AS\`, found ${quoted(second.source.text)}`,
          help: 'Write the stage name after the image and `AS`',
          span: second.span,
          fixes: nearest(second.source.text, ['as'])
            ? [fix('suggested', 'Change it to `AS`', second.source.replace(0, second.source.text.length, 'AS'))]
            : [],
        };
      else
        yield {
          message: '`FROM` has too many arguments',
          help: 'Write an image, `AS` and one stage name without spaces',
          span: { ...(asSpan ? more[0]!.span : second.span), end: args.at(-1)!.span.end },
        };
    }
  },
});

/** https://docs.docker.com/reference/dockerfile/#from; what is written in another case is another finding. */
function isStageName(text: string): boolean {
  return /^[a-z][a-z0-9._-]*$/.test(text);
}
