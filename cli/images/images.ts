/** `bakelint images`: which images the files of a workspace build, on what, and what starts them. */
import { isAbsolute } from 'node:path';
import { DiskFiles } from '../../node/files.ts';
import { absolute } from '../../node/paths.ts';
import { reasonOf } from '../../node/reason.ts';
import { keepHeapSmall } from '../../node/tiering.ts';
import { writeWhole } from '../../node/write.ts';
import { Configurations } from '../../workspace/configuration.ts';
import { Directories } from '../../workspace/directories.ts';
import { isRefused } from '../../workspace/files.ts';
import { findInSteps, type Note } from '../../workspace/find.ts';
import { imagesOf } from '../../workspace/images/graph.ts';
import { type ImageIndex, indexOf } from '../../workspace/images/index.ts';
import type { FileFacts } from '../../workspace/images/model.ts';
import { harmless } from '../format/terminal.ts';
import { CommandError, type EngineSource, type Host } from '../host.ts';
import { givenConfig, shownPath } from '../lint-files.ts';
import { Progress } from '../progress.ts';
import { Signals } from '../signals.ts';
import { startsOf } from '../starts.ts';
import { version } from '../version.ts';
import type { ImagesFormat } from './formats.ts';
import { factsReader, indexable } from './index-files.ts';
import { isWanted, type ReportedImage, reported } from './report.ts';
import { imagesText } from './text.ts';

/** What is asked for. `owner` and `base` are parts of names; `eolBefore` is `YYYY-MM-DD`. */
export interface ImagesOptions {
  readonly paths: readonly string[];
  readonly format: ImagesFormat;
  /** A calendar of their dates instead. */
  readonly ics: boolean;
  /** Where it is written; `undefined` is stdout. */
  readonly file: string | undefined;
  readonly owner: string | undefined;
  readonly base: string | undefined;
  readonly eolBefore: string | undefined;
  readonly config: string | undefined;
}

/** Writes the images; the exit status is 2 where something could not be read, and 130 when Ctrl-C ended it early. */
export async function imagesCommand(options: ImagesOptions, host: Host): Promise<number> {
  if (options.eolBefore !== undefined && !/^\d{4}-\d\d-\d\d$/.test(options.eolBefore))
    throw new CommandError(`invalid value \`${options.eolBefore}\` for \`--eol-before\`: expected YYYY-MM-DD`);
  keepHeapSmall();
  const disk = new DiskFiles();
  const source = await host.engine();
  const { index, notes, interrupted } = await readWorkspace(options, disk, source, host);
  const show = (path: string): string => shownPath(host.cwd, path);
  const text = (path: string): string | undefined => {
    const content = disk.read(path);
    disk.forget(path);
    return content && !isRefused(content) ? content.text : undefined;
  };
  const all = reported(imagesOf(index), { show, text });
  const images = all.filter(image => isWanted(image, options));
  const written = await textOf(images, options, host);
  if (options.file === undefined) host.stdout.write(written);
  else writeFile(options.file, written, host);
  for (const { path, reason } of notes)
    host.stderr.write(`bakelint: ${harmless(`${isAbsolute(path) ? show(path) : path}: ${reason}`)}\n`);
  return interrupted ? 130 : notes.some(({ fails }) => fails) ? 2 : 0;
}

async function textOf(images: readonly ReportedImage[], { format, ics }: ImagesOptions, host: Host): Promise<string> {
  if (ics) return (await import('./calendar.ts')).imagesCalendar(images, host.today);
  switch (format) {
    case 'text':
      return imagesText(images).split('\n').map(harmless).join('\n');
    case 'json':
      return `${JSON.stringify({ version: 1, images }, undefined, 2)}\n`;
    case 'markdown':
      return (await import('./markdown.ts')).imagesMarkdown(images);
    case 'html':
      return (await import('./html.ts')).imagesHtml(images, { version: version(host.home), today: host.today });
    case 'mermaid':
      return (await import('./mermaid.ts')).imagesMermaid(images);
  }
}

function writeFile(file: string, text: string, { cwd }: Host): void {
  try {
    writeWhole(absolute(cwd, file), text);
  } catch (error) {
    throw new CommandError(`${file}: not written: ${reasonOf(error)}`);
  }
}

/** What the files of a workspace say of images, as far as the user let it be read. */
interface ReadWorkspace {
  readonly index: ImageIndex;
  readonly notes: readonly Note[];
  readonly interrupted: boolean;
}

/** What the files in directories say of images. */
export async function readWorkspace(
  options: Pick<ImagesOptions, 'paths' | 'config'>,
  disk: DiskFiles,
  source: EngineSource,
  host: Pick<Host, 'cwd' | 'stderr' | 'now'>,
): Promise<ReadWorkspace> {
  const { cwd } = host;
  const configurations = new Configurations(source.rules);
  const given = options.config === undefined ? undefined : givenConfig(cwd, options.config, disk, configurations);
  const { starts, notes } = startsOf(cwd, options.paths);
  const signals = new Signals(host, false);
  const found = await findInSteps(starts, disk, new Directories(disk, configurations, given), async () => {
    await signals.turn();
    return !signals.interrupted;
  });
  const all = indexable(found.candidates, disk, source);
  await source.load(new Set(all.flatMap(([, id]) => id ?? [])));
  const facts: FileFacts[] = [];
  const progress = new Progress(host, all.length);
  const read = factsReader(disk, source);
  for (const file of all) {
    if (signals.interrupted) break;
    const one = read(file);
    if (one) facts.push(one);
    progress.step();
    await signals.turn();
  }
  progress.end();
  await signals.release();
  const { interrupted } = signals;
  const stopped = { path: 'images', reason: 'interrupted: not all files were read', fails: false };
  return { index: indexOf(facts), notes: [...notes, ...found.notes, ...(interrupted ? [stopped] : [])], interrupted };
}
