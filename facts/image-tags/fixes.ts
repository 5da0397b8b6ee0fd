import { type Fix, fix } from '../../core/finding.ts';
import { quoted } from '../../core/quoted.ts';
import type { ContainerImage } from '../container-images.ts';
import type { Ending } from '../end-of-life/ending.ts';
import type { ImageReference } from '../image-reference.ts';
import { listedOn } from './listed.ts';
import { isSupported, pinsOf, type TagChoice } from './pins.ts';
import { replacementsOf } from './replacements.ts';
import { successorsOf } from './successors.ts';

/** Names a tag for an image that has none, or one that moves: first those that `others`, of the same file, have. */
export function pinFixes(
  image: ContainerImage,
  today: string | undefined,
  others: readonly ContainerImage[],
): readonly (Fix | undefined)[] {
  const { become, platform, reference } = image;
  const { repository } = reference;
  const used = usedTags(image, today, others);
  const pins = pinsOf(repository, reference.tag, { platform, today }).filter(({ tag }) => !used.includes(tag));
  return [
    ...used.map(tag => {
      const text = `${repository}:${tag}`;
      return fix('suggested', `Use ${quoted(text)}, as elsewhere in this file`, become(text));
    }),
    ...pins.map(choice => {
      const text = `${repository}:${choice.tag}`;
      return fix('suggested', `Pin to ${quoted(text)}${reasonFor(choice, reference)}`, become(text));
    }),
  ];
}

/** More are no help. */
const MOST_USED = 2;

/** The versions of an image that other places of the file name, as far as they are supported. */
function usedTags(
  { reference: { repository, tag: own } }: ContainerImage,
  today: string | undefined,
  others: readonly ContainerImage[],
): readonly string[] {
  const tags = others.flatMap(({ certain, reference: { digest, repository: other, tag } }) =>
    certain && other === repository && digest === undefined && tag !== undefined && tag !== own ? [tag] : [],
  );
  const versions = tags.filter(tag => /\d/.test(tag) && isSupported(repository, tag, today));
  return [...new Set(versions)].slice(0, MOST_USED);
}

function reasonFor({ kind }: TagChoice, { repository, tag = 'latest' }: ImageReference): string {
  switch (kind) {
    case 'exact':
      return `, what ${quoted(tag)} was on ${listedOn(repository)}`;
    case 'line':
      return ', the newest of its release line';
    case 'lts':
      return ', the release with long-term support';
  }
}

/** Moves an image off the releases that have ended. */
export function successorFixes(
  image: ContainerImage,
  endings: readonly Ending[],
  today: string,
): readonly (Fix | undefined)[] {
  const { become, platform, reference } = image;
  if (reference.tag === undefined) return [];
  const { repository, tag } = reference;
  const asked = { platform, today };
  const successors = successorsOf(repository, tag, endings, asked).map(next => `${repository}:${next}`);
  const found = successors.length > 0 ? successors : replacementsOf(repository, tag, asked);
  return found.map(text => fix('suggested', `Move to ${quoted(text)}`, become(text)));
}
