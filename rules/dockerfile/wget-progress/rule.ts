import type { Stage } from '../../../core/build.ts';
import { fix } from '../../../core/finding.ts';
import { distributionOf } from '../../../facts/distribution.ts';
import { packageInstalls } from '../../../facts/package-installs.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { rootOf } from '../../../languages/dockerfile/stages.ts';
import { instructionOf } from '../../../languages/dockerfile/step-instruction.ts';
import type { DockerStage } from '../../../languages/dockerfile/tree.ts';
import { readArguments } from '../../../shell/programs/index.ts';
import { insertAfter } from '../../../shell/word-edits.ts';

/** Options with which wget prints no progress to the log: https://www.gnu.org/software/wget/manual/wget.html. */
const QUIET = ['--quiet', '--no-verbose', '--progress', '--output-file', '--append-output'];
const OTHER = ['--background', '--help', '--version', '--spider'];

export default defineDockerfileRule({
  id: 'wget-progress',
  summary: '`wget` prints its progress into the build log',
  policies: ['G14'],
  category: 'style',
  severity: 'info',
  preset: 'strict',
  needs: { programs: ['wget'] },
  since: '2026.11',
  aliases: ['hadolint:DL3047', 'tally:hadolint/DL3047'],
  *check(_file, _context, build) {
    const installing = new Set<Stage>();
    for (const { stage, packages } of packageInstalls(build))
      if (packages.some(({ name }) => name === 'wget')) installing.add(stage);
    for (const { invocation, step, stage } of setupCommands(build)) {
      const { program, programWord, script, args } = invocation;
      if (program !== 'wget' || args.length === 0 || !readArguments(invocation).lacks(...QUIET, ...OTHER)) continue;
      const gnu = installing.has(stage) || isGnu(instructionOf(step)?.stage);
      yield {
        message: '`wget` fills the build log with progress output',
        help: gnu === false ? 'Add `-q`' : 'Add `-nv` for one line per file, or `--progress=dot:giga`',
        span: script.spanOf(programWord),
        fixes: [
          gnu === false
            ? fix('suggested', 'Add `-q`', insertAfter(script, programWord, ' -q'))
            : fix(
                gnu ? 'safe' : 'suggested',
                'Add `--progress=dot:giga`',
                insertAfter(script, programWord, ' --progress=dot:giga'),
              ),
        ],
      };
    }
  },
});

/** Whether the base image's `wget` is GNU's, which has `--progress`; BusyBox brings its own. */
function isGnu(stage: DockerStage | undefined): boolean | undefined {
  const base = stage && rootOf(stage)?.stage.base;
  const image = base?.kind === 'image' ? (base.image.literal ?? base.image.byDefault) : undefined;
  const family = image && distributionOf(image);
  return family ? family === 'debian' || family === 'redhat' : undefined;
}
