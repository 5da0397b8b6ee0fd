/** Values of a chart name images, and its templates start them: both are one place. */
import { nameOf, parentDirectory } from '../../../core/path.ts';
import type { ImageTag } from '../model.ts';
import { chartOf } from '../templates.ts';

/** Without the values that templates are filled in with. */
export function withoutFilledIn(started: readonly ImageTag[]): readonly ImageTag[] {
  if (!started.some(({ path }) => nameOf(path) === 'values.yaml')) return started;
  const filledIn = started.flatMap(({ path }) => chartOf(path) ?? []);
  return started.filter(({ path }) => {
    const directory = parentDirectory(path);
    return nameOf(path) !== 'values.yaml' || !filledIn.some(one => `${one}/`.startsWith(`${directory}/`));
  });
}
