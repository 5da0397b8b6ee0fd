import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { renamedUses, rewritten } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { usesOf } from '../../../languages/dockerfile/stage-uses.ts';
import type { DockerStage } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'stage-by-number',
  summary: 'A stage is referenced by its number',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'strict',
  needs: { instructions: ['COPY --from', 'ADD --from', 'RUN --mount'] },
  since: '2026.11',
  aliases: ['kics:using_unnamed_build_stages'],
  *check(file) {
    const taken = new Set(file.stages.map(({ name }) => name?.toLowerCase()));
    for (const stage of file.stages) {
      const uses = usesOf(file, stage).byNumber;
      if (uses.length === 0) continue;
      const name = stage.name?.toLowerCase() ?? nameFor(stage, taken);
      const end = stage.from.image?.span.end ?? stage.from.lineSpan.end;
      for (const use of uses)
        yield {
          message: `Stage ${stage.index} is referenced by its number, which changes when stages are added`,
          help:
            stage.name === undefined
              ? `Name the stage, as in ${quoted(`FROM … AS ${name}`)}, and use ${quoted(`--from=${name}`)}`
              : `Use its name: ${quoted(`--from=${name}`)}`,
          span: use.span,
          related: [{ message: `Stage ${stage.index} starts here`, span: stage.from.lineSpan }],
          fixes: [
            stage.name !== undefined
              ? fix('safe', `Write \`${name}\``, ...renamedUses([use], name))
              : taken.has(name)
                ? undefined
                : fix(
                    'suggested',
                    `Name the stage \`${name}\``,
                    rewritten(
                      file,
                      { start: end, end },
                      ` ${keywordLike(file.source.text, stage.from.keywordSpan.start)} ${name}`,
                    ),
                    ...renamedUses(uses, name),
                  ),
          ],
        };
      taken.add(name);
    }
  },
});

/** `build` for a stage that runs commands. */
function nameFor({ index, instructions }: DockerStage, taken: ReadonlySet<string | undefined>): string {
  return taken.has('build') || !instructions.some(({ kind }) => kind === 'run') ? `stage-${index}` : 'build';
}

/** `AS` in the case of the keyword that starts there. */
function keywordLike(text: string, at: number): string {
  return text[at] === 'f' ? 'as' : 'AS';
}
