import { fix } from '../../../core/finding.ts';
import { parseImageReference } from '../../../facts/image-reference.ts';
import { labelsOf, labelText } from '../../../languages/dockerfile/labels.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { rootOf } from '../../../languages/dockerfile/stages.ts';

const KEY = 'org.opencontainers.image.base.digest';

export default defineDockerfileRule({
  id: 'stale-base-label',
  summary: 'The label for the base digest is out of date',
  policies: ['G8', 'G2'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { instructions: ['LABEL'] },
  since: '2026.11',
  aliases: ['tally:labels/no-stale-base-digest'],
  *check(file) {
    for (const stage of file.stages) {
      const root = rootOf(stage);
      const base = root?.certain && root.stage.base.kind === 'image' ? root.stage.base.image : undefined;
      const digest = base?.literal === undefined ? undefined : parseImageReference(base.literal)?.digest;
      if (!base || digest === undefined) continue;
      for (const { instruction, pair } of labelsOf(stage)) {
        // A trigger sets that of another image.
        const text = pair.key === KEY && !instruction.trigger ? labelText(pair.value) : undefined;
        if (text === undefined || text === '' || text === digest) continue;
        const { source } = pair.value;
        yield {
          message: 'Label for the base digest differs from `FROM`',
          help: 'Use the digest of `FROM`, or set the label in the build',
          span: pair.value.span,
          related: [{ message: 'Base image is set here', span: base.span }],
          fixes: [
            source.text === text
              ? fix('suggested', 'Change it to the digest of `FROM`', source.replace(0, text.length, digest))
              : undefined,
          ],
        };
      }
    }
  },
});
