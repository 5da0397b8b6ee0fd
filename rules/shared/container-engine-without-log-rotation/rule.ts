import type { Stage, Step } from '../../../core/build.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { Span } from '../../../core/text.ts';
import { downloads } from '../../../facts/downloads.ts';
import { packageInstalls } from '../../../facts/package-installs.ts';

const ENGINES: ReadonlySet<string> = new Set([
  'docker-ce',
  'docker.io',
  'docker-engine',
  'docker-ee',
  'moby-engine',
  'docker',
]);
/** Managers whose `docker` is the engine; for others it is a library. */
const SYSTEM: ReadonlySet<string> = new Set([
  'apt',
  'yum',
  'dnf',
  'microdnf',
  'zypper',
  'apk',
  'pacman',
  'system',
  'snap',
  'amazon-linux-extras',
]);
const ROTATION = /log-opts?\b|log-driver|max-size|daemon\.json|logrotate\.d/;

export default defineBuildRule({
  id: 'container-engine-without-log-rotation',
  summary: 'Docker is installed without log rotation',
  policies: ['G15'],
  category: 'correctness',
  severity: 'warning',
  preset: 'strict',
  languages: ['packer', 'cloud-init'],
  needs: { steps: ['run', 'write-file', 'packages'] },
  since: '2026.11',
  *check(build) {
    const installed = new Map<Stage, Span>();
    for (const { manager, packages, stage } of packageInstalls(build)) {
      const engine = SYSTEM.has(manager)
        ? packages.find(({ name }) => name !== undefined && ENGINES.has(name))
        : undefined;
      if (engine && !installed.has(stage)) installed.set(stage, engine.span);
    }
    for (const { url, runner, span, stage } of downloads(build))
      if (runner && /^https?:\/\/(?:get|test)\.docker\.com\/?$/.test(url) && !installed.has(stage))
        installed.set(stage, span);
    for (const [stage, span] of installed) {
      if (stage.steps.some(mayRotate)) continue;
      yield {
        message: 'Docker is installed without log rotation',
        help: 'Set `log-driver` and `log-opts` in `/etc/docker/daemon.json`',
        span,
      };
    }
  },
});

/** Whether a step mentions rotation, or does something that cannot be read. */
function mayRotate(step: Step): boolean {
  switch (step.kind) {
    case 'run':
      return step.script ? ROTATION.test(step.script.text.text) : step.argv === undefined;
    case 'write-file':
      return ROTATION.test(step.content.text) || ROTATION.test(step.path?.source.text ?? '');
    case 'copy':
      return [...step.sources, ...(step.to ? [step.to] : [])].some(({ source }) =>
        /daemon\.json|docker|\/$|^etc\b/.test(source.text),
      );
    default:
      return false;
  }
}
