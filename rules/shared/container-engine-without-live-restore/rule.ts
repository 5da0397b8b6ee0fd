import type { ImageBuild, Stage } from '../../../core/build.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { configFiles } from '../../../facts/config-files.ts';
import { engineInstalls } from '../../../facts/container-engines.ts';

export default defineBuildRule({
  id: 'container-engine-without-live-restore',
  summary: 'Docker is installed without `live-restore`',
  policies: ['G15'],
  category: 'correctness',
  severity: 'info',
  preset: 'all',
  languages: ['packer', 'cloud-init'],
  needs: { steps: ['run', 'write-file', 'packages'] },
  since: '2026.11',
  *check(build) {
    for (const [stage, span] of engineInstalls(build)) {
      const written = configFiles(build).filter(file => file.kind === 'docker-daemon' && file.stage === stage);
      if (written.some(({ settings }) => !settings || settings.some(({ path }) => path[0] === 'live-restore')))
        continue;
      if (mayConfigure(build, stage, written.length > 0)) continue;
      yield {
        message: 'Docker without `live-restore`: engine updates stop all containers',
        help: 'Set `"live-restore": true` in `/etc/docker/daemon.json`',
        span,
        related: written.map(file => ({ message: '`daemon.json` is written here', span: file.text.span })),
      };
    }
  },
});

/** Swarm mode excludes it: https://docs.docker.com/engine/daemon/live-restore/ */
const ELSEWHERE = /live-restore|\bdocker swarm\b|\bdocker stack\b/;

/** Whether a step sets it, or writes a configuration that cannot be read. `known`: one was read. */
function mayConfigure(build: ImageBuild, stage: Stage, known: boolean): boolean {
  if (ELSEWHERE.test(build.source.text)) return true;
  return stage.steps.some(step => {
    if (step.kind === 'run') {
      if (!step.script) return step.argv === undefined;
      const { text } = step.script.text;
      return ELSEWHERE.test(text) || (!known && /daemon\.json/.test(text));
    }
    if (step.kind === 'copy')
      return [...step.sources, ...(step.to ? [step.to] : [])].some(({ source }) =>
        /daemon\.json|docker|\/$|^etc\b/.test(source.text),
      );
    return step.kind === 'write-file' && !known && /daemon\.json/.test(step.path?.source.text ?? '');
  });
}
