import { fix } from '../../../core/finding.ts';
import { withoutFlag } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'insecure-run',
  summary: 'A `RUN` leaves the sandbox of the build',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  aliases: ['sonar:S6431', 'sonar:S6502'],
  *check(file) {
    for (const stage of file.stages)
      for (const instruction of stage.instructions) {
        if (instruction.kind !== 'run') continue;
        for (const flag of instruction.flags) {
          const value = flag.value?.text;
          const why =
            flag.name === 'security' && value === 'insecure'
              ? 'With `--security=insecure` the commands have all rights on the machine that builds, and so has every download among them.'
              : flag.name === 'network' && value === 'host'
                ? 'With `--network=host` the commands are in the network of the machine that builds, past its firewall, and the result depends on what they find there.'
                : undefined;
          if (why === undefined) continue;
          yield {
            message: why,
            span: flag.span,
            fixes: [fix('suggested', 'Remove the flag', withoutFlag(file, flag))],
          };
        }
      }
  },
});
