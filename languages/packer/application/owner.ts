/** Whose an application is, as far as the tags and labels of the machine image say it. */
import { labelsOf } from '../labels.ts';
import type { PackerBuild } from '../tree.ts';

/** By the words of their keys, those that name people first. */
const OWNERS: readonly RegExp[] = [/(?:^|[._-])(?:owner|maintainers?|contact)$/i, /(?:^|[._-])team$/i];
const LONGEST = 100;

/** The owner that all sources of a build name; `undefined` where they differ, or none is certain. */
export function ownerOf({ sources }: PackerBuild): string | undefined {
  for (const key of OWNERS) {
    const values = sources.map(source => labelsOf(source).labels.find(label => key.test(label.key))?.value.literal);
    const [first] = values;
    if (first === undefined || values.some(value => value !== first)) continue;
    // Cost centers and the like are no names, and a name has no line breaks.
    if (first.trim() !== '' && first.length <= LONGEST && /\p{L}{2}/u.test(first) && !/[\r\n]/.test(first))
      return first;
  }
  return undefined;
}
