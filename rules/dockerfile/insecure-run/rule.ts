import { fix } from '../../../core/finding.ts';
import { instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { withoutFlag } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'insecure-run',
  summary: 'A `RUN` step is not isolated from the build host',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: { instructions: ['RUN --security', 'RUN --network'] },
  since: '2026.11',
  aliases: ['sonar:S6431', 'sonar:S6502'],
  *check(file) {
    for (const stage of file.stages)
      for (const instruction of instructionsOf(stage)) {
        if (instruction.kind !== 'run') continue;
        for (const flag of instruction.flags) {
          const value = flag.value?.text;
          const message =
            flag.name === 'security' && value === 'insecure'
              ? '`--security=insecure` runs the step without a sandbox'
              : flag.name === 'network' && value === 'host'
                ? '`--network=host` gives the step access to the network of the build host'
                : undefined;
          if (message === undefined) continue;
          yield {
            message,
            help: 'Remove the flag, or move the step out of the image build',
            span: flag.span,
            fixes: [
              MOUNTS.test(instruction.script?.text ?? '')
                ? undefined
                : fix('suggested', `Remove \`--${flag.name}=${value}\``, withoutFlag(file, flag)),
            ],
          };
        }
      }
  },
});

/** What fails in the sandbox of a build. */
const MOUNTS = /\b(?:u?mount|losetup|modprobe|sysctl|unshare|chroot|dockerd)\b/;
