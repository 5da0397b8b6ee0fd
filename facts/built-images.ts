/** Which images do the files of the repository build themselves, and which do they name whenever they build? */
import type { Value } from '../core/build.ts';
import type { Files } from '../core/language.ts';
import { memo } from '../core/memo.ts';
import { joinPath, nameOf, parentDirectory } from '../core/path.ts';
import { type BuildFile, buildFilesAround, buildFilesIn } from './build-files.ts';
import { gives } from './built-images/given-arguments.ts';
import { contextsIn, mayBe, namesBuiltIn, withoutTag } from './built-images/names.ts';
import { UNKNOWN } from './built-images/variables.ts';
import { distributionOf } from './distribution.ts';
import { tagReading } from './end-of-life/images.ts';

/** `built`: made by the repository; `given`: an argument that it is made of is given by the commands that build. */
export type OwnImage = 'built' | 'given';

/** Directories above that may have one for the image. */
const MOST_LEVELS = 4;

/** What the files around `path` say of an image that it starts from; `undefined` where they say nothing, or are not known. */
export function ownImage(reference: Value, path: string, files: Files): OwnImage | undefined {
  const text = reference.literal ?? reference.byDefault ?? textOf(reference);
  const name = withoutTag(text);
  const isLibrary = !name.includes('/') && Boolean(distributionOf(name) ?? tagReading(`docker.io/library/${name}`));
  const around = buildFilesAround(path, files);
  if (!around) return undefined;
  const isIt = (one: string): boolean =>
    name.includes(UNKNOWN) ? nameOf(one) === nameOf(name) && !nameOf(name).includes(UNKNOWN) : mayBe(one, name);
  // A context takes the place of any image of its name; one whose names are computed may have those of the library.
  const isPlain = !name.includes('/') && text === name;
  if (isPlain && around.some(file => hasComputedContexts(file) || contextsIn(file).includes(name))) return 'built';
  // Otherwise a single word of Docker's library is what it says, whatever else has that name.
  if (!isLibrary) {
    if (!name.includes('/') && around.some(hasComputedContexts)) return 'built';
    if (around.some(file => namesBuiltIn(file).some(isIt)) || isBuiltNearby(name, isIt, path, files)) return 'built';
  }
  const names = reference.parts.flatMap(part => (typeof part === 'string' ? [] : [part.name]));
  return around.some(file => names.some(argument => gives(file, argument, path))) ? 'given' : undefined;
}

/** Whether the names of contexts in a Bake file are computed, so that any name may be one: `contexts = dependencies(image)`. */
const hasComputedContexts: (file: BuildFile) => boolean = memo(
  ({ name, text }) =>
    name.endsWith('.hcl') && /^[ \t]*contexts[ \t]*=[ \t]*(?:[^\s{]|\{\s*(?:for\b|\(|"?\$\{))/m.test(text),
);

function textOf({ parts }: Value): string {
  return parts.map(part => (typeof part === 'string' ? part : UNKNOWN)).join('');
}

/**
 * Whether a directory that is called like the image, or like the beginning of its name, has what builds it: a Dockerfile that
 * does not start from the image itself, or a file with a command that makes it.
 */
function isBuiltNearby(name: string, isIt: (one: string) => boolean, path: string, files: Files): boolean {
  const own = parentDirectory(path);
  const last = nameOf(name);
  if (!name.includes('/') || !/^[a-z\d][\w.-]{2,60}$/.test(last)) return false;
  const whole = name.replaceAll('/', '-');
  const words = last.split('-');
  let folder = own;
  for (let level = 0; level < MOST_LEVELS; level++) {
    for (let count = words.length; count > 0; count--) {
      const one = joinPath(folder, words.slice(0, count).join('-'));
      if (one === own) continue;
      if (buildFilesIn(one, files)?.some(file => namesBuiltIn(file).some(isIt))) return true;
      if (count === words.length && hasDockerfile(one, name, files)) return true;
    }
    for (const inside of IMAGE_FOLDERS)
      for (const called of [last, whole]) {
        const one = joinPath(joinPath(folder, inside), called);
        if (one !== own && hasDockerfile(one, name, files)) return true;
      }
    const parent = parentDirectory(folder);
    if (parent === folder) break;
    folder = parent;
  }
  return false;
}

/** Directories in which repositories keep those of their images. */
const IMAGE_FOLDERS = ['base', 'bases', 'containers', 'docker', 'dockerfiles', 'images'];

function hasDockerfile(folder: string, name: string, files: Files): boolean {
  const text = (files.list(folder) ?? []).includes('Dockerfile')
    ? files.read(joinPath(folder, 'Dockerfile'))
    : undefined;
  return typeof text === 'string' && !text.includes(name);
}
