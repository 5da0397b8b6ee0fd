import { type Finding, fix } from '../../../core/finding.ts';
import { everyInstruction, rewritten } from '../../../languages/dockerfile/edits.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'space-before-equals',
  summary: 'A blank stands before the `=` of a pair, or no name does',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  aliases: ['sonar:S6574', 'dockerfile-utils:SYNTAX_MISSING_NAMES'],
  *check(file) {
    if (!followsReference(file)) return;
    for (const instruction of everyInstruction(file)) {
      const { rest, keyword } = instruction;
      if (instruction.kind === 'arg') {
        // `ARG A = b` declares `A`, something without a name, and `b`.
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
      const blanks = /^([^\s=]+)([ \t]+)=([ \t]*)/.exec(text);
      if (!blanks) return undefined;
      const [whole, name = '', before = '', after = ''] = blanks;
      const start = span.start + name.length;
      const end = span.start + whole.length;
      const value = text.slice(whole.length);
      // What stands on one line in the document is edited there; over continuations nothing is offered.
      const inPlace = file.source.text.startsWith(whole, span.start);
      const oneWord = /^(?:[^\s"'#]+|"[^"]*"|'[^']*')$/.test(value);
      return {
        message: /^[\w.-]{1,60}$/.test(name)
          ? `No blank may stand around \`=\`: this is not the value of \`${name}\` but a part of it, or a word of its own.`
          : 'No blank may stand around `=`: it becomes a part of the value, or ends it.',
        span: { start, end: Math.max(end - after.length, start + before.length + 1) },
        fixes: inPlace && oneWord ? [fix('safe', 'Remove the blanks', rewritten(file, { start, end }, '='))] : [],
      };
    }
  },
});

function nameless(keyword: string, span: Finding['span']): Finding {
  return { message: `${keyword} has no name before \`=\` here, and the builder refuses it.`, span };
}
