/** Which fixes move a build off a release that ends? */
import type { ImageBuild } from '../../core/build.ts';
import type { Day } from '../../core/day.ts';
import { type Fix, fix } from '../../core/finding.ts';
import { downloads } from '../downloads.ts';
import { successorFixes } from '../image-tags/fixes.ts';
import type { Ending } from './ending.ts';
import { laterReleases } from './lookup.ts';
import { machineImageFixes } from './machine-images.ts';
import { dependsOnRelease, isNamedAfter } from './named-after.ts';
import { endingsIn, type NamedEnding } from './of-build.ts';
import { scriptsIn, suitsRuntime } from './suits.ts';
import { supportStatus } from './support-status.ts';

/** Whether a file is kept for the releases that end, so that it is old on purpose. */
export const isKeptFor = (endings: readonly Ending[], build: ImageBuild, path: string | undefined): boolean =>
  endings.every(one => isNamedAfter(path, one)) || build.hasLaterRelease?.() === true;

/** Moves to a release that the file and the project around it suit, the nearest first; another base alone breaks what is written for this one. */
export function moveFixes(
  { become, image, machine }: NamedEnding,
  endings: readonly Ending[],
  { build, path, today }: { readonly build: ImageBuild; readonly path: string | undefined; readonly today: Day },
): readonly (Fix | undefined)[] {
  if (isKeptFor(endings, build, path)) return [];
  if (build.language === 'dockerfile' && endings.some(one => dependsOnRelease(build.source.text, one))) return [];
  if (image) return successorFixes(image, endings, today, build);
  if (become) return releaseFixes(become, endings, today, build);
  if (!machine || isBound(endings, build)) return [];
  return machineImageFixes(machine, endings, today, build);
}

/** Releases of a runtime whose packages come from its vendor, those with long-term support. */
function releaseFixes(
  become: NonNullable<NamedEnding['become']>,
  endings: readonly Ending[],
  today: Day,
  build: ImageBuild,
): readonly (Fix | undefined)[] {
  const [ending] = endings;
  if (ending?.product !== 'Node.js') return [];
  const { cycle, product } = ending;
  return laterReleases(product, cycle, today)
    .filter(({ cycle: later, end }) => Number(later) % 2 === 0 && supportStatus(end ?? '', today) === 'fine')
    .filter(({ cycle: later }) => suitsRuntime({ product, cycle: later }, cycle, build))
    .slice(0, MOST)
    .map(({ cycle: later }) => fix('suggested', `Move to ${product} ${later}`, become(later)));
}

/** More releases are no help. */
const MOST = 2;

/** Whether the template names the release elsewhere, such as in the name of what it makes, or runs scripts that may need it. */
function isBound(endings: readonly Ending[], build: ImageBuild): boolean {
  const { text } = build.source;
  const offers = build.stages.flatMap(({ bases }) =>
    bases.flatMap(base => (base.kind === 'cloud' ? (base.offer ?? []) : [])),
  );
  const starts = [
    ...endingsIn(build).flatMap(({ definitions, span }) => [span, ...definitions]),
    ...offers.flatMap(({ parts, span }) => [
      span,
      ...parts.flatMap(part => (typeof part === 'string' ? [] : (part.definition ?? []))),
    ]),
  ];
  const lines: string[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const end = at + line.length;
    if (!starts.some(({ file, start }) => file === undefined && at <= start && start <= end)) lines.push(line);
    at = end + 1;
  }
  const written = [...lines, scriptsIn(build)].join('\n');
  return (
    endings.some(one => dependsOnRelease(written, one)) || downloads(build).some(({ runner }) => runner !== undefined)
  );
}
