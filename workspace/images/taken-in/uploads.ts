/** The files of a repository that a Packer template takes into the image or runs there, also out of directories that it uploads. */
import type { ImageBuild } from '../../../core/build.ts';
import type { Files } from '../../../core/language.ts';
import { joinPath, nameOf, parentDirectory } from '../../../core/path.ts';
import { namedFiles } from '../../../languages/packer/named-files.ts';
import type { PackerTree } from '../../../languages/packer/tree.ts';
import { invocationsOfStep } from '../../../shell/invocations.ts';

/** Uploads, and paths of one template that are looked for. */
const MOST_UPLOADS = 50;
const MOST_LOOKUPS = 300;

interface Upload {
  /** As the host knows it. */
  readonly from: string;
  readonly to: string;
}

/** Their paths, as `files` has them. */
export function filesOfTemplate(build: ImageBuild, files: Files): readonly string[] {
  const tree = build.syntax as PackerTree;
  if (tree.kind === 'variables') return [];
  const named = namedFiles(tree).flatMap(({ path, text }) => (path !== undefined && text ? path : []));
  return [...new Set([...named, ...runFrom(uploadsOf(tree), build, files)])];
}

function uploadsOf({ module, source: own }: PackerTree): readonly Upload[] {
  return module.builds
    .flatMap(({ provisioners }) => provisioners)
    .filter(({ block, type }) => type === 'file' && block.source === own)
    .slice(0, MOST_UPLOADS)
    .flatMap(({ block }): Upload[] => {
      const source = block.attribute('source')?.value;
      const to = block.attribute('destination')?.value.text;
      const from = source && source.kind !== 'null' ? module.fileAt(source).path : undefined;
      return from === undefined || to === undefined || to === '' ? [] : [{ from, to }];
    });
}

/** The files of uploaded directories that later steps run. */
function* runFrom(uploads: readonly Upload[], build: ImageBuild, files: Files): Iterable<string> {
  if (uploads.length === 0) return;
  let left = MOST_LOOKUPS;
  for (const { steps } of build.stages)
    for (const step of steps) {
      if (step.kind !== 'run' || step.phase !== 'build') continue;
      for (const { args, programWord } of invocationsOfStep(step))
        for (const { literal } of [programWord, ...args.slice(0, 2)]) {
          if (!literal?.includes('/') || !/^[\w./@+~-]{1,300}$/.test(literal)) continue;
          for (const place of placesOf(literal, uploads)) {
            if (left-- <= 0) return;
            if (typeof files.read(place) === 'string') yield place;
          }
        }
    }
}

/** Where a file of the machine may be in the repository. */
function placesOf(path: string, uploads: readonly Upload[]): readonly string[] {
  const found = new Set<string>();
  for (const { from, to } of uploads) {
    const directory = to.replace(/\/$/, '');
    // The directory of the user is called one way or the other.
    const rest = path.startsWith(`${directory}/`)
      ? path.slice(directory.length + 1)
      : path.startsWith('~/') && /^(?:\/home\/[^/]+|\/root|~|)$/.test(directory)
        ? path.slice(2)
        : undefined;
    if (rest === undefined) continue;
    // A directory comes as a whole, or only what is in it.
    if (rest.startsWith(`${nameOf(from)}/`)) found.add(joinPath(parentDirectory(from), rest));
    found.add(joinPath(from, rest));
  }
  return [...found];
}
