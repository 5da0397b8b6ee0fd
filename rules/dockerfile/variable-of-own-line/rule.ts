import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { plainForm } from '../../../languages/dockerfile/references.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { DockerfileTree, EnvInstruction, Pair } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'variable-of-own-line',
  summary: 'An `ENV` uses a variable that the same instruction sets',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { instructions: ['ENV'] },
  since: '2026.11',
  aliases: ['hadolint:DL3044', 'tally:hadolint/DL3044'],
  *check(file) {
    for (const stage of file.stages)
      for (const instruction of instructionsOf(stage)) {
        if (instruction.kind !== 'env' || instruction.pairs.length < 2) continue;
        const places = new Map(instruction.pairs.map((pair, i) => [pair.key, i] as const));
        for (const [i, pair] of instruction.pairs.entries())
          for (const part of pair.value.parts) {
            if (typeof part === 'string' || part.name === pair.key) continue;
            const place = places.get(part.name);
            if (place === undefined || place === i || instruction.environment.get(part.name)) continue;
            if (!plainForm(part, file.source.text)) continue;
            yield {
              message: `${quoted(`$${part.name}`)} does not yet have the value that the same \`ENV\` sets`,
              help: 'Set it in an earlier `ENV` instruction',
              span: part.span,
              related: [{ message: `${quoted(part.name)} is set here`, span: instruction.pairs[place]!.span }],
              fixes: [place < i ? splitInFrontOf(file, instruction, pair, i) : undefined],
            };
          }
      }
  },
});

/** Starts another ENV with the pair. */
function splitInFrontOf(file: DockerfileTree, instruction: EnvInstruction, { key, span }: Pair, i: number) {
  const { keywordSpan, pairs, trigger } = instruction;
  const { text } = file.source;
  const before = pairs[i - 1]!.span;
  const between = text.slice(before.end, span.start);
  // A comment between the lines would become part of the pair before it.
  if (before.file !== undefined || span.file !== undefined || /[^\s\\`]/.test(between)) return undefined;
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const keyword = text.slice((trigger ?? instruction).keywordSpan.start, keywordSpan.end);
  return fix(
    'suggested',
    `Move ${quoted(key)} to a new \`ENV\``,
    rewritten(file, { start: before.end, end: span.start }, `${lineBreak}${keyword} `),
  );
}
