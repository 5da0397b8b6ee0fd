/** Which fixes move a build off a release that ends? */
import type { ImageBuild } from '../../core/build.ts';
import type { Day } from '../../core/day.ts';
import type { Fix } from '../../core/finding.ts';
import { successorFixes } from '../image-tags/fixes.ts';
import type { Ending } from './ending.ts';
import { machineImageFixes } from './machine-images.ts';
import { dependsOnRelease, isNamedAfter } from './named-after.ts';
import type { NamedEnding } from './of-build.ts';

/** Whether a file is kept for the releases that end, so that it is old on purpose. */
export const isKeptFor = (endings: readonly Ending[], build: ImageBuild, path: string | undefined): boolean =>
  endings.every(one => isNamedAfter(path, one)) || build.hasLaterRelease?.() === true;

/** Moves to a release that the file and the project around it suit, the nearest first; another base alone breaks what is written for this one. */
export function moveFixes(
  { image, machine }: NamedEnding,
  endings: readonly Ending[],
  { build, path, today }: { readonly build: ImageBuild; readonly path: string | undefined; readonly today: Day },
): readonly (Fix | undefined)[] {
  if (isKeptFor(endings, build, path)) return [];
  if (build.language === 'dockerfile' && endings.some(one => dependsOnRelease(build.source.text, one))) return [];
  if (image) return successorFixes(image, endings, today, build);
  return machine ? machineImageFixes(machine, endings, today, build) : [];
}
