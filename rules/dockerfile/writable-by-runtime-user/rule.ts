import { quoted } from '../../../core/quoted.ts';
import { instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveUser, finalStages } from '../../../languages/dockerfile/stages.ts';

export default defineDockerfileRule({
  id: 'writable-by-runtime-user',
  summary: 'The files of the program belong to the user that runs it',
  policies: ['G10'],
  category: 'security',
  severity: 'hint',
  preset: 'all',
  needs: { instructions: ['COPY', 'ADD'] },
  since: '2026.11',
  aliases: ['kics:chown_flag_exists', 'sonar:S6504'],
  *check(file, { project }) {
    for (const stage of finalStages(file, project.targets)) {
      const { user } = effectiveUser(stage) ?? {};
      const name = (user?.literal ?? user?.byDefault)?.split(':')[0];
      if (name === undefined || name === '' || name === 'root' || name === '0') continue;
      for (const instruction of instructionsOf(stage)) {
        if (instruction.kind !== 'copy' && instruction.kind !== 'add') continue;
        const flag = instruction.flags.findLast(one => one.name === 'chown');
        const owner = (flag?.expanded?.literal ?? flag?.expanded?.byDefault)?.split(':')[0];
        const mode = instruction.flags.findLast(one => one.name === 'chmod')?.expanded;
        if (!flag || owner !== name || (mode && /^0?[0-7]?[0145]\d\d$/.test(mode.literal ?? '?'))) continue;
        yield {
          message: `\`--chown\` lets the runtime user ${quoted(name)} modify these files`,
          help: `Remove \`--chown\`, and give ${quoted(name)} only the directories that it writes to`,
          span: flag.span,
        };
      }
    }
  },
});
