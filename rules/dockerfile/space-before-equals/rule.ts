import { type Finding, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'space-before-equals',
  summary: '`ARG`, `ENV` or `LABEL` has a space or no name before `=`',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { instructions: ['ARG', 'ENV', 'LABEL'] },
  since: '2026.11',
  aliases: ['sonar:S6574', 'dockerfile-utils:SYNTAX_MISSING_NAMES'],
  *check(file) {
    if (!followsReference(file)) return;
    for (const instruction of everyInstruction(file)) {
      const { rest, keyword } = instruction;
      if (instruction.kind === 'arg') {
        // `ARG A = b` declares `A`, an argument without a name, and `b`.
        const broken = instruction.declarations.find(({ name }) => name === '');
        if (broken) yield spaced(rest.text, rest.span) ?? nameless(keyword, broken.span);
        continue;
      }
      if (instruction.kind !== 'env' && instruction.kind !== 'label') continue;
      if (instruction.legacy) {
        const found = spaced(rest.text, rest.span);
        if (found) yield found;
        continue;
      }
      for (const { key, span } of instruction.pairs) if (key === '') yield nameless(keyword, span);
    }

    function spaced(text: string, span: { start: number; end: number }): Finding | undefined {
      const spaces = /^([^\s=]+)([ \t]+)=([ \t]*)/.exec(text);
      if (!spaces) return undefined;
      const [whole, name = '', before = '', after = ''] = spaces;
      const start = span.start + name.length;
      const end = span.start + whole.length;
      const value = text.slice(whole.length);
      // There is a fix only on a single line of the document.
      const inPlace = file.source.text.startsWith(whole, span.start);
      const oneWord = /^(?:[^\s"'#]+|"[^"]*"|'[^']*')$/.test(value);
      return {
        message: /^[\w.-]{1,60}$/.test(name) ? `Space before \`=\` after ${quoted(name)}` : 'Space before `=`',
        help: 'Write `NAME=value` without spaces around `=`',
        span: { start, end: Math.max(end - after.length, start + before.length + 1) },
        fixes: inPlace && oneWord ? [fix('suggested', 'Remove the spaces', rewritten(file, { start, end }, '='))] : [],
      };
    }
  },
});

function nameless(keyword: string, span: Finding['span']): Finding {
  return { message: `\`${keyword}\` without a name before \`=\``, help: 'Write `NAME=value`', span };
}
