import type { ImageBuild } from '../../core/build.ts';
import type { Day } from '../../core/day.ts';
import { type Fix, fix } from '../../core/finding.ts';
import { quoted } from '../../core/quoted.ts';
import { type ContainerImage, containerImages } from '../container-images.ts';
import type { Ending } from '../end-of-life/ending.ts';
import type { ImageReference } from '../image-reference.ts';
import { listedOn } from './listed.ts';
import { tagParts } from './parts.ts';
import { isSupported, pinsOf, type TagChoice } from './pins.ts';
import { replacementsOf } from './replacements.ts';
import { successorsOf } from './successors.ts';

/** Names a tag for an image that has none, or one that moves: first those that this file and others use. */
export function pinFixes(
  image: ContainerImage,
  today: Day | undefined,
  build: ImageBuild,
): readonly (Fix | undefined)[] {
  const { become, platform, reference } = image;
  const { repository } = reference;
  const used = usedTags(image, today, build);
  const pins = pinsOf(repository, reference.tag, { platform, today }).filter(({ tag }) => !used.has(tag));
  return [
    ...[...used].map(([tag, where]) => {
      const text = `${repository}:${tag}`;
      return fix('suggested', `Pin to ${quoted(text)} (used ${where})`, become(text));
    }),
    ...pins.map(choice => {
      const text = `${repository}:${choice.tag}`;
      return fix('suggested', `Pin to ${quoted(text)}${reasonFor(choice, reference)}`, become(text));
    }),
  ];
}

/** More are no help. */
const MOST_USED = 2;

/**
 * The versions of an image that other places name, as far as they are supported and of the same variant, with the place:
 * those of this file, else those of other files.
 */
function usedTags(
  { reference }: ContainerImage,
  today: Day | undefined,
  build: ImageBuild,
): ReadonlyMap<string, string> {
  const { repository, tag: own } = reference;
  const used = new Map<string, string>();
  const add = (other: string, tag: string | undefined, where: string): void => {
    if (other !== repository || tag === undefined || tag === own || used.has(tag) || used.size >= MOST_USED) return;
    if (/\d/.test(tag) && isLike(repository, own, tag) && isSupported(repository, tag, today)) used.set(tag, where);
  };
  for (const { certain, reference: other } of containerImages(build))
    if (certain && other.digest === undefined) add(other.repository, other.tag, 'elsewhere in this file');
  if (used.size === 0)
    for (const around of build.imagesAround?.() ?? [])
      add(around.repository, around.tag, `in ${quoted(around.place, 60)}`);
  return used;
}

/** Whether a tag has the words of another one, which has no version: `24-slim` is like `slim`, and everything like `latest`. */
function isLike(repository: string, tag: string | undefined, other: string): boolean {
  if (tag === undefined || tag === 'latest') return true;
  const [one, two] = [tagParts(repository, tag), tagParts(repository, other)];
  return one.variant === two.variant && one.system?.product === two.system?.product;
}

function reasonFor({ kind }: TagChoice, { repository, tag = 'latest' }: ImageReference): string {
  switch (kind) {
    case 'exact':
      return ` (${quoted(tag)} as of ${listedOn(repository)})`;
    case 'line':
      return ' (receives patch releases)';
    case 'lts':
      return ' (long-term support)';
  }
}

/** Moves an image off the releases that have ended. */
export function successorFixes(
  image: ContainerImage,
  endings: readonly Ending[],
  today: Day,
  build: ImageBuild,
): readonly (Fix | undefined)[] {
  const { become, platform, reference } = image;
  if (reference.tag === undefined || hasPair(reference, build)) return [];
  const { repository, tag } = reference;
  const asked = { platform, today };
  const successors = successorsOf(repository, tag, endings, asked).map(next => `${repository}:${next}`);
  const found = successors.length > 0 ? successors : replacementsOf(repository, tag, asked);
  return found.map(text =>
    fix(
      'suggested',
      `Move to ${quoted(text)}${reference.digest === undefined ? '' : ' (without a digest)'}`,
      become(text),
    ),
  );
}

/** The images of .NET are built for each other: what the SDK of one release builds, the runtime of another does not start. */
const DOTNET = /^mcr\.microsoft\.com\/dotnet\/(?!framework)/;

/** Whether the file has another image of .NET of the same release, so that one alone cannot move. */
function hasPair({ repository, tag }: ImageReference, build: ImageBuild): boolean {
  if (!DOTNET.test(repository)) return false;
  const release = (text: string | undefined): string | undefined => /^\d{1,2}/.exec(text ?? '')?.[0];
  return containerImages(build).some(
    ({ reference: other }) =>
      other.repository !== repository && DOTNET.test(other.repository) && release(other.tag) === release(tag),
  );
}
