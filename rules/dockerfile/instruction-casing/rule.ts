import { fix } from '../../../core/finding.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'instruction-casing',
  summary: 'An instruction is in a different letter case than most of the file',
  policies: [],
  category: 'style',
  severity: 'hint',
  preset: 'strict',
  needs: 'always',
  since: '2026.11',
  aliases: [
    'buildkit:ConsistentInstructionCasing',
    'tally:buildkit/ConsistentInstructionCasing',
    'dockerfile-utils:CASING_INSTRUCTION',
    'sonar:S6476',
    'dockerfilelint:uppercase_commands',
  ],
  *check(file) {
    const { text } = file.source;
    const known = everyInstruction(file).filter(({ kind }) => kind !== 'unknown');
    const written = known.map(({ keywordSpan }) => text.slice(keywordSpan.start, keywordSpan.end));
    let balance = 0;
    for (const word of written) {
      if (word === word.toUpperCase()) balance++;
      else if (word === word.toLowerCase()) balance--;
    }
    for (const [i, { keyword, keywordSpan }] of known.entries()) {
      const wanted = balance < 0 ? keyword.toLowerCase() : keyword;
      const word = written[i]!;
      // A keyword that is split over two lines is left alone.
      if (word === wanted || word.length !== wanted.length) continue;
      yield {
        message: `\`${word}\` does not match the case of the other instructions`,
        span: keywordSpan,
        fixes: [fix('safe', `Write \`${wanted}\``, rewritten(file, keywordSpan, wanted))],
      };
    }
  },
});
