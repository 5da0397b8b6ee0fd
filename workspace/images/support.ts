import { endOfLifeOfImage } from '../../facts/end-of-life/of-image.ts';
import { parseImageReference } from '../../facts/image-reference.ts';

/** `YYYY-MM-DD`: the first end of support of what the name of an image says; `undefined` where none is known. */
export function supportEndOf(name: string): string | undefined {
  const reference = parseImageReference(name);
  const ends = reference ? endOfLifeOfImage(reference).map(({ date }) => date) : [];
  return ends.sort()[0];
}

/** Whether the tag of a name says a version that stays: a digest, or anything but `latest` and none. */
export function tagStateOf(name: string): 'digest' | 'tag' | 'latest' | undefined {
  const reference = parseImageReference(name);
  if (!reference) return undefined;
  if (reference.digest !== undefined) return 'digest';
  return reference.tag === undefined || reference.tag === 'latest' ? 'latest' : 'tag';
}
