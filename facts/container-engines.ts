/** Where a build installs Docker's engine. */
import type { ImageBuild, Stage } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import { nameOf } from '../core/path.ts';
import type { Span } from '../core/text.ts';
import { useOfDownload } from './download-uses.ts';
import { downloads } from './downloads.ts';
import { packageInstalls } from './package-installs.ts';
import { setupCommands } from './setup-commands.ts';

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

/** The first place in each stage that installs it. */
export const engineInstalls: (build: ImageBuild) => ReadonlyMap<Stage, Span> = memo(build => {
  const installed = new Map<Stage, Span>();
  for (const { manager, packages, stage } of packageInstalls(build)) {
    const engine = SYSTEM.has(manager)
      ? packages.find(({ name }) => name !== undefined && ENGINES.has(name))
      : undefined;
    if (engine && !installed.has(stage)) installed.set(stage, engine.span);
  }
  for (const download of downloads(build)) {
    const { url, runner, span, stage, path } = download;
    if (!/^https?:\/\/(?:get|test)\.docker\.com\/?$/.test(url) || installed.has(stage)) continue;
    if (runner?.how !== 'file' && runner) installed.set(stage, span);
    else if (useOfDownload(build, download) === 'run')
      installed.set(stage, (path === undefined ? undefined : runOf(path, stage, build)) ?? span);
  }
  return installed;
});

/** The command that runs a script. */
function runOf(path: string, stage: Stage, build: ImageBuild): Span | undefined {
  const name = nameOf(path);
  const names = (word: string | undefined) => word !== undefined && nameOf(word) === name;
  const found = setupCommands(build).find(
    ({ invocation: { args, command, program }, stage: own }) =>
      own === stage &&
      (/^(?:ba|da|z)?sh$/.test(program)
        ? names(args.find(({ literal }) => !literal?.startsWith('-'))?.literal)
        : names(command.words[0]?.literal)),
  );
  return found?.invocation.script.spanOf(found.invocation.command);
}
