import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { withoutInstruction } from '../../../languages/dockerfile/edits.ts';
import { labelsOf, type PlacedLabel } from '../../../languages/dockerfile/labels.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'duplicate-label',
  summary: 'A label is set again in the same stage',
  policies: ['G8'],
  category: 'ownership',
  severity: 'warning',
  preset: 'recommended',
  needs: { instructions: ['LABEL'] },
  since: '2026.11',
  aliases: ['tally:labels/no-duplicate-keys'],
  *check(file) {
    for (const stage of file.stages) {
      const last = new Map<string, PlacedLabel>();
      for (const label of labelsOf(stage)) last.set(keyIn(label), label);
      for (const label of labelsOf(stage)) {
        const { instruction, pair } = label;
        const later = last.get(keyIn(label))!;
        if (later.pair === pair) continue;
        yield {
          message: `Label ${quoted(pair.key)} is set again later in this stage`,
          help: 'Keep one of the two; only the last value is used',
          span: pair.span,
          related: [{ message: 'This value is used', span: later.pair.span }],
          fixes: [
            instruction.pairs.length === 1
              ? fix(
                  instruction.trigger ? 'suggested' : 'safe',
                  'Remove this label',
                  withoutInstruction(file, instruction.trigger ?? instruction),
                )
              : undefined,
          ],
        };
      }
    }
  },
});

/** A trigger labels another image. */
function keyIn({ instruction, pair }: PlacedLabel): string {
  return instruction.trigger ? `ONBUILD ${pair.key}` : pair.key;
}
