/** Which versions of a runtime does the project around a document ask for? */
import type { ImageBuild, ProjectVersions } from '../core/build.ts';
import type { Files, LowerContext } from '../core/language.ts';
import { joinPath, parentDirectory } from '../core/path.ts';
import type { SourceText } from '../core/text.ts';
import { ofRequirements, READERS } from './project-versions/readers.ts';

/** Directories above the document that are looked into, other directories that it copies from, and project files of .NET. */
const MOST_LEVELS = 4;
const MOST_DIRECTORIES = 8;
const MOST_PROJECTS = 4;
const LONGEST_FILE = 200_000;
const LONGEST_DOCUMENT = 100_000;

/** The files of a project that name versions, where a document names them: `COPY web/package.json ./`. */
const MANIFEST =
  /(?:^|[\s"'=:[,])\.{0,2}\/?((?:[\w.@-]{1,60}\/){1,6})(?:package(?:-lock)?\.json|requirements[\w.-]{0,30}\.txt|pyproject\.toml|Pipfile|go\.mod|composer\.json|Gemfile|global\.json|[\w.-]{1,60}\.(?:cs|fs|vb)proj)(?=$|[\s"',\]])/gm;

/** What the files in the document's own directory, above it, and in directories that it names, ask for; each file counts once. */
export function projectVersions(path: string, document: string, files: Files): readonly ProjectVersions[] {
  const found: ProjectVersions[] = [];
  for (const directory of directoriesFor(path, document)) {
    const names = files.list(directory) ?? [];
    let projects = 0;
    for (const name of names) {
      const read =
        READERS.find(([pattern]) => pattern.test(name))?.[1] ??
        (/(?:^|\/)requirements$/.test(directory) && name.endsWith('.txt') ? ofRequirements : undefined);
      if (!read || (/proj$/.test(name) && ++projects > MOST_PROJECTS)) continue;
      const text = files.read(joinPath(directory, name));
      if (typeof text !== 'string') continue;
      for (const { product, allows } of read(text.slice(0, LONGEST_FILE))) found.push({ product, allows, file: name });
    }
  }
  return found;
}

function directoriesFor(path: string, document: string): readonly string[] {
  const above: string[] = [];
  for (let folder = parentDirectory(path), level = 0; level < MOST_LEVELS; level++) {
    above.push(folder);
    const parent = parentDirectory(folder);
    if (parent === folder) break;
    folder = parent;
  }
  const named = [...document.slice(0, LONGEST_DOCUMENT).matchAll(MANIFEST)].map(([, place = '']) => place);
  const below = [...new Set(named)].slice(0, MOST_DIRECTORIES);
  const lists = above.slice(0, 3).map(base => joinPath(base, 'requirements'));
  return [
    ...new Set([...above, ...lists, ...below.flatMap(place => above.slice(0, 2).map(base => joinPath(base, place)))]),
  ];
}

/** The question as a build answers it. */
export function versionsAround(source: SourceText, { files, path }: LowerContext): Pick<ImageBuild, 'projectVersions'> {
  let found: readonly ProjectVersions[] | undefined;
  return path === undefined ? {} : { projectVersions: () => (found ??= projectVersions(path, source.text, files)) };
}
