import { fix } from '../../../core/finding.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'directive-casing',
  summary: 'A parser directive contains uppercase letters',
  policies: [],
  category: 'style',
  severity: 'hint',
  preset: 'strict',
  needs: 'always',
  since: '2026.11',
  aliases: ['dockerfile-utils:CASING_DIRECTIVE'],
  *check(file) {
    for (const { known, name, nameSpan } of file.directives) {
      const written = file.source.text.slice(nameSpan.start, nameSpan.end);
      if (!known || written === name) continue;
      yield {
        message: `Parser directive \`${written}\` is not lowercase`,
        span: nameSpan,
        fixes: [fix('safe', `Write \`${name}\``, rewritten(file, nameSpan, name))],
      };
    }
  },
});
