import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveUser, finalStages } from '../../../languages/dockerfile/stages.ts';

export default defineDockerfileRule({
  id: 'writable-by-runtime-user',
  summary: 'The application may change its own files',
  policies: ['G10'],
  category: 'security',
  severity: 'hint',
  preset: 'all',
  since: '2026.11',
  aliases: ['kics:chown_flag_exists', 'sonar:S6504'],
  *check(file, { project }) {
    for (const stage of finalStages(file, project.targets)) {
      const { user } = effectiveUser(stage) ?? {};
      const name = (user?.literal ?? user?.byDefault)?.split(':')[0];
      if (name === undefined || name === '' || name === 'root' || name === '0') continue;
      for (const instruction of stage.instructions) {
        if (instruction.kind !== 'copy' && instruction.kind !== 'add') continue;
        const flag = instruction.flags.findLast(one => one.name === 'chown');
        const owner = (flag?.expanded?.literal ?? flag?.expanded?.byDefault)?.split(':')[0];
        const mode = instruction.flags.findLast(one => one.name === 'chmod')?.expanded;
        if (!flag || owner !== name || (mode && /^0?[0-7]?[0145]\d\d$/.test(mode.literal ?? '?'))) continue;
        yield {
          message: `\`${name}\` runs the application and owns these files, so whoever breaks into it can rewrite them; root's files can be read just as well.`,
          span: flag.span,
        };
      }
    }
  },
});
