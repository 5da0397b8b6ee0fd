/** The installer images of a Packer file, each reported in one of the files that give it. */
import type { ImageBuild } from '../../core/build.ts';
import type { Span } from '../../core/text.ts';
import { type InstallMedium, installMedia, type MediumText } from '../../facts/install-media.ts';
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

/**
 * Whether a file of the module that comes first by name uses the same default, which is in a third one: the finding there
 * speaks for all.
 */
export function isSaidEarlier({ module, path = '' }: PackerTree, { definitions }: MediumText): boolean {
  const origin = definitions.length === 1 ? definitions[0] : undefined;
  if (origin?.file === undefined) return false;
  const isOrigin = (one: Span | undefined): boolean => one?.file === origin.file && one?.start === origin.start;
  return module.sources.some(({ block }) => {
    const place = block.source.spanOf(0, 0).file;
    if (place === undefined || place === origin.file || place >= path) return false;
    return block.attributes.some(({ value }) =>
      value.asValue().parts.some(part => typeof part !== 'string' && isOrigin(part.definition)),
    );
  });
}
