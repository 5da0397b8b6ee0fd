import type { ImageBuild, Stage, Value } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { nameOf } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import { isWhole } from '../../../languages/dockerfile/context.ts';
import { dockerIgnoreOf } from '../../../languages/dockerfile/docker-ignore.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { dockerStagesOf } from '../../../languages/dockerfile/step-instruction.ts';
import type { Instruction } from '../../../languages/dockerfile/tree.ts';

/** Files next to the sources of most projects that are not part of the program and often hold secrets. */
const PRIVATE = ['.git', '.env'];

export default defineDockerfileRule({
  id: 'whole-context-copied',
  summary: 'The whole build context is copied into the image',
  policies: ['G9', 'G1'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  needs: { instructions: ['COPY', 'ADD'] },
  since: '2026.11',
  aliases: ['sonar:S6470'],
  *check(file, { project }, build) {
    yield* inTriggers(shippedStages(build, project.targets), build);
    if (file.ignore === 'unknown') return;
    const ignore = dockerIgnoreOf(file);
    if (file.ignore !== 'missing' && !ignore) return;
    const open = PRIVATE.filter(
      name => !ignore?.ignores(name) && !ignore?.ignores(`${name}/config`) && file.isBeside(name) !== false,
    );
    // An ignore file that excludes the history was written with care.
    if (!open.includes('.git')) return;
    for (const stage of dockerStagesOf(build, shippedStages(build, project.targets)))
      for (const instruction of stage.instructions) {
        const whole = wholeContextIn(instruction);
        if (!whole) continue;
        const names = open.map(name => quoted(name)).join(' and ');
        yield {
          message: `\`${instruction.keyword}\` of the whole build context includes ${names}`,
          help: `Name the files you need, or exclude ${names} in ${quoted(ignore ? nameOf(ignore.path) : '.dockerignore')}`,
          span: whole.span,
        };
      }
  },
});

/** A trigger copies the context of another build, of which nothing is known here, with an ignore file of its own. */
function* inTriggers(shipped: ReadonlySet<Stage>, build: ImageBuild): Generator<Finding> {
  for (const stage of dockerStagesOf(build, shipped))
    for (const onbuild of stage.instructions) {
      const instruction = onbuild.kind === 'onbuild' ? onbuild.instruction : undefined;
      const whole = instruction && wholeContextIn(instruction);
      if (whole)
        yield {
          message: `\`ONBUILD ${instruction.keyword}\` copies the whole context of each build that uses this image`,
          help: 'Name the files that all of these builds need',
          span: whole.span,
        };
    }
}

/** The source that is the whole build context. */
function wholeContextIn(instruction: Instruction): Value | undefined {
  if ((instruction.kind !== 'copy' && instruction.kind !== 'add') || instruction.origin.kind !== 'context')
    return undefined;
  if (instruction.flags.some(({ name }) => name === 'exclude')) return undefined;
  return instruction.sources.find(({ literal }) => literal !== undefined && isWhole(literal));
}
