/** `bakelint images`: which images the files of a workspace build, on what, and what starts them. */
import type { LanguageId } from '../../core/build.ts';
import { lower } from '../../core/linter.ts';
import { isBuildPath } from '../../facts/build-files.ts';
import { kindOfPath } from '../../facts/config-files/kinds.ts';
import { Masks } from '../../facts/secrets/masking/masks.ts';
import { DiskFiles } from '../../node/files.ts';
import { Configurations } from '../../workspace/configuration.ts';
import { Directories } from '../../workspace/directories.ts';
import { isRefused } from '../../workspace/files.ts';
import { type Candidate, find, type Note } from '../../workspace/find.ts';
import { imagesOf } from '../../workspace/images/graph.ts';
import { type ImageIndex, indexOf } from '../../workspace/images/index.ts';
import type { FileFacts } from '../../workspace/images/model.ts';
import { factsOfBuildFile } from '../../workspace/images/of-build-file.ts';
import { factsOfDocument } from '../../workspace/images/of-document.ts';
import { languageOfFile } from '../../workspace/recognize.ts';
import { filesIn } from '../../workspace/related.ts';
import { harmless } from '../format/terminal.ts';
import { CommandError, type EngineSource, type Host } from '../host.ts';
import { givenConfig, shownPath } from '../lint-files.ts';
import { startsOf } from '../starts.ts';
import { isWanted, type ReportedImage, reported } from './report.ts';
import { imagesText } from './text.ts';

/** What is asked for. `owner` and `base` are parts of names; `eolBefore` is `YYYY-MM-DD`. */
export interface ImagesOptions {
  readonly paths: readonly string[];
  readonly format: 'text' | 'json';
  readonly owner: string | undefined;
  readonly base: string | undefined;
  readonly eolBefore: string | undefined;
  readonly config: string | undefined;
}

/** Writes the images; the exit status is 2 where something could not be read. */
export async function imagesCommand(options: ImagesOptions, host: Host): Promise<number> {
  if (options.eolBefore !== undefined && !/^\d{4}-\d\d-\d\d$/.test(options.eolBefore))
    throw new CommandError(`invalid value \`${options.eolBefore}\` for \`--eol-before\`: expected YYYY-MM-DD`);
  const disk = new DiskFiles();
  const source = await host.engine();
  const { index, notes } = await readWorkspace(options, disk, source, host);
  const show = (path: string): string => shownPath(host.cwd, path);
  const text = (path: string): string | undefined => {
    const content = disk.read(path);
    return content && !isRefused(content) ? content.text : undefined;
  };
  const all = reported(imagesOf(index), { show, text });
  const images = all.filter(image => isWanted(image, options));
  host.stdout.write(options.format === 'json' ? json(images) : imagesText(images).split('\n').map(harmless).join('\n'));
  for (const { path, reason } of notes)
    host.stderr.write(`bakelint: ${harmless(`${path.startsWith('/') ? show(path) : path}: ${reason}`)}\n`);
  return notes.some(({ fails }) => fails) ? 2 : 0;
}

const json = (images: readonly ReportedImage[]): string => `${JSON.stringify({ version: 1, images }, undefined, 2)}\n`;

async function readWorkspace(
  options: ImagesOptions,
  disk: DiskFiles,
  source: EngineSource,
  { cwd }: Host,
): Promise<{ readonly index: ImageIndex; readonly notes: readonly Note[] }> {
  const configurations = new Configurations(source.rules);
  const given = options.config === undefined ? undefined : givenConfig(cwd, options.config, disk, configurations);
  const { starts, notes } = startsOf(cwd, options.paths);
  const found = find(starts, disk, new Directories(disk, configurations, given));
  const documents: (readonly [Candidate, LanguageId])[] = [];
  const others: Candidate[] = [];
  for (const candidate of found.candidates) {
    const language = languageOfFile(source, candidate.path, disk);
    if (language) documents.push([candidate, language.id]);
    else if (isBuildPath(candidate.path) || kindOfPath(candidate.path, '') === 'compose') others.push(candidate);
  }
  await source.load(new Set(documents.map(([, id]) => id)));
  return { index: indexOf(factsOf(documents, others, disk, source)), notes: [...notes, ...found.notes] };
}

function* factsOf(
  documents: readonly (readonly [Candidate, LanguageId])[],
  others: readonly Candidate[],
  disk: DiskFiles,
  source: EngineSource,
): Iterable<FileFacts> {
  for (const [{ path, directory }, id] of documents) {
    const content = disk.read(path);
    const language = source.languages.find(one => one.id === id);
    if (!content || isRefused(content) || !language) continue;
    const { text } = content;
    const files = filesIn(directory.root, disk);
    const build = lower({ path, text, language: id }, language, { engine: source, files });
    // Files of another program are none of ours.
    if (language.dialect?.(build) !== undefined) continue;
    const masks = new Masks(text, build);
    yield factsOfDocument(path, build, one => masks.clean(one));
  }
  for (const { path } of others) {
    const content = disk.read(path);
    if (!content || isRefused(content)) continue;
    const masks = new Masks(content.text, undefined);
    yield factsOfBuildFile(path, content.text, one => masks.clean(one));
  }
}
