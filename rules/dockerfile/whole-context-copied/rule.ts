import { nameOf } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import { isWhole } from '../../../languages/dockerfile/context.ts';
import { dockerIgnoreOf } from '../../../languages/dockerfile/docker-ignore.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { dockerStagesOf } from '../../../languages/dockerfile/step-instruction.ts';

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
        if ((instruction.kind !== 'copy' && instruction.kind !== 'add') || instruction.origin.kind !== 'context')
          continue;
        if (instruction.flags.some(({ name }) => name === 'exclude')) continue;
        const whole = instruction.sources.find(({ literal }) => literal !== undefined && isWhole(literal));
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
