/** The installer images of a Packer file, each reported in one of the files that give it. */
import type { ImageBuild } from '../../core/build.ts';
import { type InstallMedium, installMedia } from '../../facts/install-media.ts';
import type { PackerTree } from './tree.ts';

/**
 * The media of a build. A variables file that repeats what a template of its directory uses by default (the default of a
 * variable, or a value of an automatic variables file) says nothing of its own: the template speaks for both.
 */
export function mediaOf(file: PackerTree, build: ImageBuild): readonly InstallMedium[] {
  const media = installMedia(build);
  if (file.kind !== 'variables') return media;
  const used = new Set<string>();
  for (const { assigned, default: value, uses } of file.module.variables) {
    const text = (assigned.at(-1)?.value ?? value)?.text;
    if (uses.length > 0 && text !== undefined) used.add(text);
  }
  return media.filter(({ checksum, url }) => ![checksum, url].every(one => one === undefined || used.has(one.text)));
}
