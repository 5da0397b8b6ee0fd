import { nameOf } from '../../../core/path.ts';
import { isWhole } from '../../../languages/dockerfile/context.ts';
import { dockerIgnoreOf } from '../../../languages/dockerfile/docker-ignore.ts';
import { shippedStages } from '../../../languages/dockerfile/layers.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

/** What lies beside the sources of most projects, is no part of the application, and often holds secrets. */
const PRIVATE = ['.git', '.env'];

export default defineDockerfileRule({
  id: 'whole-context-copied',
  summary: 'All of the build context ends up in the image',
  policies: ['G9'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  since: '2026.11',
  aliases: ['sonar:S6470', 'dockle:CIS-DI-0008'],
  *check(file, { project }) {
    if (file.ignore === 'unknown') return;
    const ignore = dockerIgnoreOf(file);
    if (file.ignore !== 'missing' && !ignore) return;
    const open = PRIVATE.filter(name => !ignore?.ignores(name) && !ignore?.ignores(`${name}/config`));
    // A list that keeps the history out was made with care.
    if (!open.includes('.git')) return;
    for (const stage of shippedStages(file, project.targets))
      for (const instruction of stage.instructions) {
        if ((instruction.kind !== 'copy' && instruction.kind !== 'add') || instruction.origin.kind !== 'context')
          continue;
        if (instruction.flags.some(({ name }) => name === 'exclude')) continue;
        const whole = instruction.sources.find(({ literal }) => literal !== undefined && isWhole(literal));
        if (!whole) continue;
        const names = open.map(name => `\`${name}\``).join(' and ');
        yield {
          message:
            ignore === undefined
              ? `This puts all of the folder into the image, and no \`.dockerignore\` keeps ${names} and leftovers out.`
              : `This puts all of the folder into the image, and \`${nameOf(ignore.path)}\` does not keep ${names} out.`,
          span: whole.span,
        };
      }
  },
});
