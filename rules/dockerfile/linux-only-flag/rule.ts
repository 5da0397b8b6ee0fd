import { fix } from '../../../core/finding.ts';
import { instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { withoutFlag } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { isWindows, rootOf } from '../../../languages/dockerfile/stages.ts';

export default defineDockerfileRule({
  id: 'linux-only-flag',
  summary: '`--chown` or `--chmod` is used in a Windows image',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { instructions: ['COPY --chown', 'COPY --chmod', 'ADD --chown', 'ADD --chmod'] },
  since: '2026.11',
  aliases: ['tally:windows/no-chown-flag'],
  *check(file) {
    for (const stage of file.stages) {
      const root = rootOf(stage);
      if (!root?.certain || !isWindows(root.stage)) continue;
      for (const instruction of instructionsOf(stage)) {
        if (instruction.kind !== 'copy' && instruction.kind !== 'add') continue;
        for (const flag of instruction.flags)
          if ((flag.name === 'chown' && !OF_WINDOWS.test(flag.expanded?.literal ?? '')) || flag.name === 'chmod')
            yield {
              message: `\`--${flag.name}\` does not work in Windows images`,
              help: 'Remove the flag, and set permissions with `icacls` in a `RUN`',
              span: flag.span,
              fixes: [fix('suggested', `Remove \`--${flag.name}\``, withoutFlag(file, flag))],
            };
      }
    }
  },
});

/** Accounts that Docker on Windows looks up: getAccountIdentity in builder/dockerfile/internals_windows.go of moby. */
const OF_WINDOWS =
  /^(?:ContainerUser|ContainerAdministrator|S-1-[\d-]{1,60}|(?:BUILTIN|NT AUTHORITY|NT SERVICE)\\[\w .-]{1,60})$/i;
