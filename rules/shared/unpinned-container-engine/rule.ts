import type { Stage } from '../../../core/build.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { downloads } from '../../../facts/downloads.ts';
import type { Invocation } from '../../../shell/invocations.ts';

/** https://github.com/docker/docker-install */
const SCRIPT = /^https?:\/\/(get|test)\.docker\.com\/?$/;
export default defineBuildRule({
  id: 'unpinned-container-engine',
  summary: "Docker's convenience script installs the newest version of the engine",
  policies: ['G15', 'G13'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'all',
  languages: ['packer', 'cloud-init'],
  needs: { steps: ['run', 'write-file'] },
  since: '2026.11',
  *check(build) {
    const seen = new Set<unknown>();
    for (const { url, runner, span, stage } of downloads(build)) {
      const host = runner ? SCRIPT.exec(url)?.[1] : undefined;
      if (!runner || host === undefined || seen.has(stage)) continue;
      seen.add(stage);
      if (isPinned(runner.invocation, stage)) continue;
      yield {
        message: `\`${host}.docker.com\` installs the newest version of Docker`,
        help: 'Install a pinned `docker-ce` package, or run the script with `--version`',
        span,
      };
    }
  },
});

/** Whether the script is given a version: by its option, or by a variable of the command, the commands around it or the step. */
function isPinned({ command, script }: Invocation, { steps }: Stage): boolean {
  if (command.words.some(({ text }) => text.startsWith('--version'))) return true;
  if (steps.some(step => step.kind === 'env' && step.name === 'VERSION')) return true;
  return script.commands.some(
    ({ assignments, words }) =>
      assignments.some(({ name }) => name === 'VERSION') || words.some(({ text }) => text.startsWith('VERSION=')),
  );
}
