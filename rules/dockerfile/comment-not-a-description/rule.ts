import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { lineBefore } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { Instruction } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'comment-not-a-description',
  summary: 'A comment above an `ARG` or a stage is not shown as its description',
  policies: ['G8'],
  category: 'style',
  severity: 'hint',
  preset: 'all',
  needs: { instructions: ['ARG', 'FROM'] },
  since: '2026.11',
  aliases: ['buildkit:InvalidDefinitionDescription', 'tally:buildkit/InvalidDefinitionDescription'],
  *check(file) {
    const { text } = file.source;
    // The last line of a block of comments is its description.
    const byEnd = new Map(file.comments.filter(({ inside }) => !inside).map(comment => [comment.span.end, comment]));
    for (const instruction of file.instructions) {
      const name = nameOf(instruction);
      if (name === undefined) continue;
      const lineStart = text.lastIndexOf('\n', instruction.span.start - 1);
      if (lineStart < 0) continue;
      const comment = byEnd.get(lineStart) ?? byEnd.get(text[lineStart - 1] === '\r' ? lineStart - 1 : lineStart);
      if (!comment || file.directives.some(({ span }) => span.start === comment.span.start)) continue;
      const words = comment.text.trim();
      if (words === '' || words.toLowerCase().startsWith(`${name.toLowerCase()} `) || /^\w+[ :=-]+ignore\b/.test(words))
        continue;
      yield {
        message: `Comment is not shown as the description of ${quoted(name)}`,
        help: `Start it with ${quoted(`# ${name}`)}, or add an empty line after it`,
        span: comment.span,
        fixes: [fix('safe', 'Add an empty line after it', lineBefore(file, instruction, ''))],
      };
    }
  },
});

function nameOf(instruction: Instruction): string | undefined {
  if (instruction.kind === 'from') return instruction.alias;
  if (instruction.kind !== 'arg' || instruction.declarations.length !== 1) return undefined;
  return instruction.declarations[0]!.name;
}
