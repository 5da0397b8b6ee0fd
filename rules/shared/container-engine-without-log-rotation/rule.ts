import type { CopyStep, ImageBuild, Stage, Step } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { Span } from '../../../core/text.ts';
import { type ConfigFile, configFiles } from '../../../facts/config-files.ts';
import { engineInstalls } from '../../../facts/container-engines.ts';

const ROTATION = /log-opts?\b|log-driver|max-size|logrotate\.d/;

export default defineBuildRule({
  id: 'container-engine-without-log-rotation',
  summary: 'Docker is installed without a limit on container logs',
  policies: ['G15'],
  category: 'correctness',
  severity: 'warning',
  preset: 'strict',
  languages: ['packer', 'cloud-init'],
  needs: { steps: ['run', 'write-file', 'packages'] },
  since: '2026.11',
  *check(build) {
    const files = configFiles(build).filter(({ kind }) => kind === 'docker-daemon');
    const installed = engineInstalls(build);
    yield* unlimited(build, installed);
    for (const [stage, span] of installed) {
      const written = files.filter(file => file.stage === stage);
      if (written.some(rotates) || stage.steps.some(step => mayRotate(step, written))) continue;
      yield {
        message: 'Docker is installed without log rotation',
        help: 'Use the log driver `local` in `/etc/docker/daemon.json`, or set `max-size`',
        span,
        related: written.map(file => ({ message: 'No rotation is set here', span: file.text.span })),
      };
    }
  },
});

/** A configuration that asks for files without a limit, whoever installs the engine. containers.conf(5) has none by default. */
function* unlimited(build: ImageBuild, installed: ReadonlyMap<Stage, Span>): Iterable<Finding> {
  const files = configFiles(build).filter(({ kind }) => kind === 'containers' || kind === 'docker-daemon');
  for (const file of files) {
    const { kind, settings = [], stage } = file;
    const ofStage = files.filter(one => one.stage === stage);
    const isRotated = stage.steps.some(step => mayRotate(step, ofStage));
    const size = settings.find(({ path }) => path.join('.') === 'containers.log_size_max');
    const log = settings.find(({ path }) => path.join('.') === 'containers.log_driver');
    // The journal has a limit of its own.
    if (
      kind === 'containers' &&
      size &&
      /^-\d+$/.test(size.literal ?? '') &&
      !/^(?:journald|none|passthrough)/.test(log?.literal ?? '') &&
      !isRotated
    )
      yield {
        message: 'Container logs have no size limit',
        help: 'Set `log_size_max` to a number of bytes',
        span: size.span,
      };
    const driver = settings.find(({ path, literal }) => path[0] === 'log-driver' && literal === GROWS);
    if (kind === 'docker-daemon' && driver && !installed.has(stage) && !rotates(file) && !isRotated)
      yield {
        message: '`json-file` logs have no size limit',
        help: 'Set `max-size` and `max-file` in `log-opts`, or use the driver `local`',
        span: driver.span,
      };
  }
}

/** Drivers that write files which grow until `max-size` limits them. https://docs.docker.com/engine/logging/configure/ */
const GROWS = 'json-file';

/** Whether the configuration limits logs, by its driver or by the driver's options; `true` where it cannot be read. */
function rotates({ settings }: ConfigFile): boolean {
  if (!settings) return true;
  const driver = settings.find(({ path }) => path[0] === 'log-driver');
  return (
    (driver !== undefined && driver.literal !== GROWS) ||
    settings.some(({ path }) => path[0] === 'log-opts' && path[1] === 'max-size')
  );
}

/** It sets options of its own containers, and none of the engine. */
const COMPOSE_FILE = /(?:^|\/)(?:docker-)?compose(?:[.-][\w-]{1,40})?\.ya?ml"?$/;

/** Whether a step sets rotation, or does something that cannot be read. `written`: what is known of `daemon.json`. */
function mayRotate(step: Step, written: readonly ConfigFile[]): boolean {
  switch (step.kind) {
    case 'run': {
      if (!step.script) return step.argv === undefined;
      const { text } = step.script.text;
      const known = written.filter(file => file.steps.includes(step)).map(file => file.text.text);
      return ROTATION.test(text) ? !isOnlyIn(text, known) : /daemon\.json/.test(text) && written.length === 0;
    }
    case 'write-file': {
      const path = step.path?.source.text ?? '';
      if (written.some(file => file.steps.includes(step))) return false;
      return ROTATION.test(step.content.text) || /daemon\.json|logrotate\.d/.test(path);
    }
    case 'copy':
      if (step.sources.length > 0 && step.sources.every(({ source }) => COMPOSE_FILE.test(source.text))) return false;
      return mayBringConfiguration(step, written.length > 0);
    default:
      return false;
  }
}

/** Whether a copy may bring the configuration of the engine along. `known`: it was read. */
function mayBringConfiguration({ sources, to }: CopyStep, known: boolean): boolean {
  const directory = known ? /\/$|^etc\b/ : /daemon\.json|docker|\/$|^etc\b/;
  if (sources.some(({ source: { text } }) => directory.test(text))) return true;
  // A directory, or a name that is not known, going there.
  return (
    /daemon\.json|docker|\/$/.test(to?.source.text ?? '') && !sources.every(({ source: { text } }) => FILE.test(text))
  );
}
const FILE = /\.[a-z]{1,5}$/i;

/** Whether all that a script says of rotation is in a configuration that was read, and found to set none. */
function isOnlyIn(text: string, known: readonly string[]): boolean {
  const rest = known.reduce((left, one) => left.replace(one, ''), text);
  return !ROTATION.test(rest);
}
