import { type Fix, fix } from '../../core/finding.ts';
import { quoted } from '../../core/quoted.ts';
import type { ContainerImage } from '../container-images.ts';
import type { Ending } from '../end-of-life/ending.ts';
import { listedOn } from './listed.ts';
import { pinsOf, type TagChoice } from './pins.ts';
import { replacementsOf } from './replacements.ts';
import { successorsOf } from './successors.ts';

/** Names a tag for an image that has none, or one that moves. */
export function pinFixes(image: ContainerImage, today: string | undefined): readonly (Fix | undefined)[] {
  const { become, platform, reference } = image;
  return pinsOf(reference.repository, reference.tag, { platform, today }).map(choice => {
    const text = `${reference.repository}:${choice.tag}`;
    return fix('suggested', `Pin to ${quoted(text)}${reasonFor(choice, reference.tag)}`, become(text));
  });
}

function reasonFor({ kind }: TagChoice, tag = 'latest'): string {
  switch (kind) {
    case 'exact':
      return `, what ${quoted(tag)} was on ${listedOn()}`;
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
