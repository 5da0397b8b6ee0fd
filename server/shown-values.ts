/** Which values an editor may be shown: none that is hidden in a text, nor in any file that sets it or a part of it. */
import type { ImageBuild } from '../core/build.ts';
import type { ValuePlace } from '../core/editor.ts';
import { Masks } from '../facts/secrets/masking/masks.ts';
import type { Subject } from './subjects.ts';

/** Of other files, by the build that they were read for and their paths. */
const ofOthers = new WeakMap<ImageBuild, Map<string, Masks>>();

/** Whether a text that has a value may be shown as a whole. */
export function mayBeShown(
  text: string,
  places: readonly ValuePlace[],
  { build, masks }: Pick<Subject, 'build' | 'masks'>,
): boolean {
  return (
    masks.clean(text) === text &&
    places.every(place => {
      const { span } = place;
      const own = span.file === undefined ? masks : masksOf(build, span.file, place.text);
      return own.within(span.start, span.end).length === 0 && own.clean(text) === text;
    })
  );
}

function masksOf(build: ImageBuild, file: string, text: string): Masks {
  let known = ofOthers.get(build);
  if (!known) ofOthers.set(build, (known = new Map()));
  let masks = known.get(file);
  if (!masks) known.set(file, (masks = new Masks(text, build, file)));
  return masks;
}
