/** Programs whose image a Dockerfile can copy them from, instead of running the script that installs them. */
import type { ImageBuild, Stage } from '../../core/build.ts';
import { type Fix, fix } from '../../core/finding.ts';
import { quoted } from '../../core/quoted.ts';
import type { Command } from '../../core/shell-tree.ts';
import type { Edit } from '../../core/text.ts';
import type { Invocation } from '../../shell/invocations.ts';
import { invocationBy } from '../../shell/invocations.ts';
import type { Download } from '../downloads.ts';
import { compareVersions } from '../image-tags/parts.ts';
import { pinsOf } from '../image-tags/pins.ts';
import { packageInstalls } from '../package-installs.ts';
import { RELEASES } from './releases.ts';
import { generatedNote, isPlain, releaseOf, systemOf } from './replaced.ts';

/** A `COPY`, and the command up to which the script and what is done with it are left out. */
interface Copied {
  readonly image: string;
  readonly sources: string;
  readonly to: string;
  readonly last: Command;
}

interface Tool {
  readonly name: string;
  readonly url: RegExp;
  copied(found: RegExpExecArray, download: Download, runner: Invocation, build: ImageBuild): Copied | undefined;
}

const TOOLS: readonly Tool[] = [
  {
    // https://hub.docker.com/_/composer
    name: 'Composer',
    url: /^https:\/\/getcomposer\.org\/(?:installer|composer\.phar)$/,
    copied(_, { invocation, stage }, runner) {
      const line = composerLine(stage);
      const options = runner.args.map(({ raw }) => raw).filter(word => word !== '--');
      const value = (name: string): string | undefined =>
        options.find(word => word.startsWith(`--${name}=`))?.slice(name.length + 3);
      const version = value('version');
      if (!options.every(word => /^--(?:install-dir|filename|version)=[\w./${}-]{1,100}$|^--(?:2|quiet)$/.test(word)))
        return undefined;
      if (version !== undefined && !/^2\.\d{1,2}\.\d{1,2}$/.test(version)) return undefined;
      const tag = version ?? (line && pinsOf('composer', line, { platform: undefined, today: undefined })[0]?.tag);
      if (tag === undefined || !invocation) return undefined;
      const directory = value('install-dir')?.replace(/\/$/, '');
      const image = `composer:${tag}`;
      const sources = '/usr/bin/composer';
      if (directory !== undefined)
        return directory.startsWith('/')
          ? { image, sources, to: `${directory}/${value('filename') ?? 'composer.phar'}`, last: runner.command }
          : undefined;
      // Without a directory it is moved to one.
      const moved = next(runner);
      const [from, to, more] = moved?.args.map(({ literal }) => literal) ?? [];
      if (moved?.program !== 'mv' || !from?.endsWith('composer.phar') || more !== undefined) return undefined;
      return to?.startsWith('/') && !to.endsWith('/') ? { image, sources, to, last: moved.command } : undefined;
    },
  },
  {
    // https://docs.astral.sh/uv/guides/integration/docker/#installing-uv
    name: 'uv',
    url: /^https:\/\/astral\.sh\/uv\/(?:(\d{1,2}\.\d{1,3}\.\d{1,3})\/)?install\.sh$/,
    copied([, version = RELEASES.uv], { step }, runner, { source }) {
      const text = source.text.slice(0, LONGEST);
      if (runner.args.length > 0 || runner.command.assignments.length > 0) return undefined;
      // What the script writes besides, and where else it can be told to write.
      if (
        /\/(?:bin|\.cargo)\/env\b|\.cargo\/bin|UV_INSTALL_DIR|\bmv [^\n]{0,100}\/uv\b/.test(text) ||
        step.kind !== 'run'
      )
        return undefined;
      const to = /\/root\/\.local\/bin/.test(text) ? '/root/.local/bin/' : '/bin/';
      if (to === '/bin/' && text.includes('.local/bin')) return undefined;
      return { image: `ghcr.io/astral-sh/uv:${version}`, sources: '/uv /uvx', to, last: runner.command };
    },
  },
  {
    // https://github.com/denoland/deno_docker#using-your-own-base-image
    name: 'Deno',
    url: /^https:\/\/deno\.land\/(?:x\/install\/)?install\.sh$/,
    copied(_, { stage }, runner, build) {
      const [home, ...more] = runner.command.assignments;
      const managers = packageInstalls(build).flatMap(one => (one.stage === stage ? one.manager : []));
      if (managers.includes('apk') || systemOf(stage)?.product === 'Alpine Linux') return undefined;
      if (home?.name !== 'DENO_INSTALL' || more.length > 0 || runner.args.length > 0) return undefined;
      const to = home.value?.literal;
      return to?.startsWith('/')
        ? { image: `denoland/deno:bin-${RELEASES.deno}`, sources: '/deno', to: `${to}/bin/deno`, last: runner.command }
        : undefined;
    },
  },
];
const LONGEST = 200_000;

/** The first releases of distributions whose PHP runs the latest Composer. */
const PHP_SINCE: Readonly<Record<string, number>> = { Debian: 10, Ubuntu: 20.04, 'Alpine Linux': 3.12 };

/** The release line of Composer for the PHP of a stage, which the script chooses too. https://getcomposer.org/download/ */
function composerLine(stage: Stage): 'latest' | '2.2' | undefined {
  const php = releaseOf(stage, 'PHP');
  if (php !== undefined)
    return compareVersions(php, '7.3') >= 0 ? 'latest' : compareVersions(php, '5.6') >= 0 ? '2.2' : undefined;
  const { product = '', release } = systemOf(stage) ?? {};
  return release !== undefined && Number(release) >= (PHP_SINCE[product] ?? Number.POSITIVE_INFINITY)
    ? 'latest'
    : undefined;
}

/** The command after another one, joined by `&&`. */
function next({ command, script }: Invocation): Invocation | undefined {
  const after = script.commands.find(
    ({ start, within }) => start > command.end && within.length === command.within.length,
  );
  return after?.operator === '&&' ? invocationBy(after, script) : undefined;
}

const OTHER_PLATFORM = /^[ \t]{0,40}FROM[ \t]{1,40}--platform=/im;

/** Copies the program from its image, and takes the script out. */
export function copiedToolFix(download: Download, build: ImageBuild): Fix | undefined {
  const { invocation, literal, runner, step } = download;
  const tool = TOOLS.find(({ url }) => url.test(literal ?? ''));
  if (!tool || build.language !== 'dockerfile' || !invocation || runner?.how !== 'pipe' || step.kind !== 'run')
    return undefined;
  // `COPY --from` takes the program of the platform that the image is for, not of the one that it is built on.
  if (OTHER_PLATFORM.test(build.source.text)) return undefined;
  const { command, script } = invocation;
  const { command: ran, script: other } = runner.invocation;
  const [first, second, ...more] = command.pipeline;
  if (other !== script || first !== command || second !== ran || more.length > 0 || !isPlain(invocation))
    return undefined;
  if (step.script !== script || step.span.file !== undefined || ran.redirects.length > 0) return undefined;
  const copied = tool.copied(tool.url.exec(literal!)!, download, runner.invocation, build);
  if (!copied) return undefined;
  const line = `COPY --from=${copied.image} ${copied.sources} ${copied.to}`;
  const title = `Copy ${tool.name} from ${quoted(copied.image)}${generatedNote(build)}`;
  const { text } = script.text;
  const [start, end] = [command.start, copied.last.end];
  if (text.slice(0, start).trim() === '' && /^[\s;]{0,20}$/.test(text.slice(end)))
    return fix('suggested', title, build.source.replace(step.span.start, step.span.end, line));
  return fix('suggested', title, build.source.insert(step.span.start, `${line}\n`), without(script.text, start, end));
}

/** Takes commands out of a list joined by `&&`. */
function without(source: Invocation['script']['text'], start: number, end: number): Edit | undefined {
  const { text } = source;
  const after = /^\s{0,20}&&\s{0,80}/.exec(text.slice(end, end + 120))?.[0];
  if (after !== undefined && /(?:^|&&|;)\s{0,80}$/.test(text.slice(Math.max(0, start - 100), start)))
    return source.replace(start, end + after.length, '');
  const before = /\s{0,80}&&\s{0,80}$/.exec(text.slice(Math.max(0, start - 200), start))?.[0];
  return before !== undefined && text.slice(end).trim() === ''
    ? source.replace(start - before.length, end, '')
    : undefined;
}
