/** Relative paths start where Packer is called, which is often the root of the repository and not the template's directory. */
import type { Value } from '../../../core/build.ts';
import { joinPath, parentDirectory } from '../../../core/path.ts';
import type { PackerTree } from '../tree.ts';
import type { Carried } from './carried.ts';

const MOST_ABOVE = 3;

/** `../` for each directory that Packer is called in above the template, as far as a script shows that is found from there. */
export function upToCall({ path: template }: PackerTree, { packerBuild }: Carried, source: Value): string {
  const isFixed = packerBuild.provisioners.some(({ block }) => {
    const one = block.attribute('source')?.value;
    const all = [...(one ? [one] : []), ...(block.attribute('sources')?.value.items ?? [])];
    return all.some(
      ({ references, span }) =>
        span.file === source.span.file &&
        span.start <= source.span.start &&
        source.span.end <= span.end &&
        references.some(({ root }) => root === 'path'),
    );
  });
  if (isFixed || template === undefined) return '';
  for (const { path, text, value } of packerBuild.provisioners.flatMap(({ scripts }) => scripts)) {
    const name = value.literal;
    if (!text || name === undefined || name.startsWith('/')) continue;
    for (let level = 0, directory = parentDirectory(template); level <= MOST_ABOVE; level++) {
      if (joinPath(directory, name) === path) return '../'.repeat(level);
      directory = parentDirectory(directory);
    }
  }
  return '';
}
