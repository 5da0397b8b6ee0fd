import { quoted } from '../../core/quoted.ts';
import type { ImageReference } from '../image-reference.ts';
import { tagReading } from './images.ts';
import { supportedRelease } from './lookup.ts';

/** How to pin an image: with a supported release as an example where the image is known. */
export function pinHelp({ repository, name }: ImageReference): string {
  const product = tagReading(name)?.version;
  const release = product === undefined ? undefined : supportedRelease(product);
  return release
    ? `Pin a version, such as ${quoted(`${repository}:${release.cycle}`)}, or a digest`
    : 'Pin a version or a digest';
}
