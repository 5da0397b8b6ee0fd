/** Which versions of images do other files of the repository use? */
import type { ImageAround, ImageBuild } from '../core/build.ts';
import type { Files, LowerContext } from '../core/language.ts';
import { joinPath, nameOf, parentDirectory } from '../core/path.ts';
import { buildFilesAround } from './build-files.ts';
import { parseImageReference } from './image-reference.ts';

/** Directories above the document whose Dockerfiles are read, files of each, and files that others name. */
const MOST_LEVELS = 4;
const MOST_FILES = 12;
const MOST_NAMED = 24;
const LONGEST_FILE = 50_000;

const DOCKERFILE = /^(?:[\w.-]{1,80}\.)?(?:Docker|Container)file(?:[.-][\w.-]{1,80})?$/i;
/** `context: ./api`, `build: api` and `dockerfile: api/Dockerfile` of Compose files and workflows. */
const CONTEXT = /^[ \t]{0,40}(?:context|build):[ \t]{1,8}["']?([\w./-]{1,100})["']?[ \t\r]{0,8}$/gm;
const NAMED =
  /(?:^|[\s"'=])((?:[\w.-]{1,60}\/){1,6}(?:[\w.-]{1,60}\.)?(?:Docker|Container)file(?:\.[\w-]{1,40})?)(?=$|[\s"'])/gm;
const FROM = /^[ \t]{0,20}FROM[ \t]{1,20}(?:--platform=\S{1,100}[ \t]{1,20})?(\S{1,300})/gim;
const IMAGE = /^[ \t]{0,40}(?:-[ \t]{1,4})?image:[ \t]{1,20}["']?([^\s"'#]{1,300})/gm;

/** Those in the Dockerfiles beside and above `path` and in the files that build the repository, in no more than one place each. */
export function imagesAround(path: string, files: Files): readonly ImageAround[] {
  const found = new Map<string, ImageAround>();
  const add = (file: string, text: string, pattern: RegExp): void => {
    for (const [, written = ''] of text.slice(0, LONGEST_FILE).matchAll(pattern)) {
      const reference = written.includes('$') ? undefined : parseImageReference(written);
      if (!reference?.tag || reference.digest !== undefined || !/\d/.test(reference.tag)) continue;
      const { repository, tag } = reference;
      const key = `${repository}:${tag}`;
      if (!found.has(key)) found.set(key, { repository, tag, place: placeOf(file, path) });
    }
  };
  const own = parentDirectory(path);
  const dockerfiles = new Set<string>();
  for (let folder = own, level = 0; level < MOST_LEVELS; level++) {
    const names = (files.list(folder) ?? []).filter(name => DOCKERFILE.test(name)).sort();
    for (const name of names.slice(0, MOST_FILES)) dockerfiles.add(joinPath(folder, name));
    const parent = parentDirectory(folder);
    if (parent === folder) break;
    folder = parent;
  }
  const around = buildFilesAround(path, files) ?? [];
  for (const file of around.flatMap(({ path: from, text }) => namedIn(from, text)).slice(0, MOST_NAMED))
    dockerfiles.add(file);
  dockerfiles.delete(path);
  for (const file of dockerfiles) {
    const text = files.read(file);
    if (typeof text === 'string') add(file, text, FROM);
  }
  for (const file of around) if (/\.ya?ml$/.test(file.name)) add(file.path, file.text, IMAGE);
  return [...found.values()];
}

/** The question as a build answers it. */
export function otherImages({ files, path }: LowerContext): Pick<ImageBuild, 'imagesAround'> {
  let found: readonly ImageAround[] | undefined;
  return path === undefined ? {} : { imagesAround: () => (found ??= imagesAround(path, files)) };
}

/** The Dockerfiles that a file names, from its own directory and, for workflows, from that of the repository. */
function namedIn(from: string, text: string): readonly string[] {
  const folder = parentDirectory(from);
  const roots = /(?:^|\/)\.[\w-]+(?:\/workflows)?$/.test(folder)
    ? [joinPath(folder, '../..'), joinPath(folder, '..')]
    : [folder];
  const start = text.slice(0, LONGEST_FILE);
  const names = [
    ...[...start.matchAll(CONTEXT)].map(([, context = '']) => `${context}/Dockerfile`),
    ...[...start.matchAll(NAMED)].map(([, name = '']) => name),
  ];
  return roots.flatMap(root => names.map(name => joinPath(root, name)));
}

/** The path without the directories at its beginning that are those of the document. */
function placeOf(file: string, path: string): string {
  const [segments, own] = [file.split('/'), path.split('/')];
  let same = 0;
  while (same < segments.length - 1 && segments[same] === own[same]) same++;
  return same === 0 ? nameOf(file) : segments.slice(same).join('/');
}
