/** Where a build installs Docker's engine. */
import type { ImageBuild, Stage } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import { nameOf } from '../core/path.ts';
import type { Span } from '../core/text.ts';
import type { Invocation } from '../shell/invocations.ts';
import { useOfDownload } from './download-uses.ts';
import { type Download, downloads } from './downloads.ts';
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
    const { url, stage } = download;
    if (!/^https?:\/\/(?:get|test)\.docker\.com\/?$/.test(url) || installed.has(stage)) continue;
    const place = placeOfRun(download, build);
    if (place) installed.set(stage, place);
  }
  return installed;
});

/** Where a script that is downloaded is run for good. */
function placeOfRun(download: Download, build: ImageBuild): Span | undefined {
  const { path, runner, span, stage } = download;
  if (runner && runner.how !== 'file') return isTrial(runner.invocation) ? undefined : span;
  if (useOfDownload(build, download) !== 'run') return undefined;
  const runs = path === undefined ? [] : runsOf(path, stage, build);
  const run = runs.find(one => !isTrial(one));
  if (run) return run.script.spanOf(run.command);
  return runs.length === 0 ? span : undefined;
}

/** https://github.com/docker/docker-install#dry-run */
const isTrial = ({ args }: Invocation): boolean => args.some(({ literal }) => literal === '--dry-run');

/** The commands that run a script. */
function runsOf(path: string, stage: Stage, build: ImageBuild): readonly Invocation[] {
  const name = nameOf(path);
  const names = (word: string | undefined) => word !== undefined && nameOf(word) === name;
  return setupCommands(build).flatMap(({ invocation, stage: own }) => {
    const { args, program, programWord } = invocation;
    const isRun =
      own === stage &&
      (/^(?:ba|da|z)?sh$/.test(program)
        ? names(args.find(({ literal }) => !literal?.startsWith('-'))?.literal)
        : names(programWord.literal));
    return isRun ? [invocation] : [];
  });
}
