/** Where a build installs Docker's engine. */
import type { ImageBuild, Stage } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import type { Span } from '../core/text.ts';
import { downloads } from './downloads.ts';
import { packageInstalls } from './package-installs.ts';

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
  for (const { url, runner, span, stage } of downloads(build))
    if (runner && /^https?:\/\/(?:get|test)\.docker\.com\/?$/.test(url) && !installed.has(stage))
      installed.set(stage, span);
  return installed;
});
