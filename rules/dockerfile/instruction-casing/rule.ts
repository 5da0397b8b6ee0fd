import { fix } from '../../../core/finding.ts';
import { everyInstruction, rewritten } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'instruction-casing',
  summary: 'An instruction is written in another case than most of the file',
  policies: ['G13'],
  category: 'style',
  severity: 'hint',
  preset: 'strict',
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
      // A keyword over two lines is left as it is.
      if (word === wanted || word.length !== wanted.length) continue;
      yield {
        message: `\`${word}\` is written in another case than the other instructions of the file, so the eye takes it for an argument.`,
        span: keywordSpan,
        fixes: [fix('safe', `Write \`${wanted}\``, rewritten(file, keywordSpan, wanted))],
      };
    }
  },
});
