import type { ImageBuild } from '../../core/build.ts';
import type { Day } from '../../core/day.ts';
import { type Fix, fix } from '../../core/finding.ts';
import { quoted } from '../../core/quoted.ts';
import { type ContainerImage, containerImages } from '../container-images.ts';
import type { Ending } from '../end-of-life/ending.ts';
import { tagReading } from '../end-of-life/images.ts';
import { DISTRIBUTIONS, endOfLifeOfImage } from '../end-of-life/of-image.ts';
import {
  type LaterName,
  laterNames,
  type NamedRelease,
  stagesOn,
  suitsRuntime,
  suitsSystem,
} from '../end-of-life/suits.ts';
import { supportStatus } from '../end-of-life/support-status.ts';
import { type ImageReference, parseImageReference } from '../image-reference.ts';
import { groupsOf, hasTag, listedOn } from './listed.ts';
import { tagParts } from './parts.ts';
import { isSupported, pinsOf, type TagChoice } from './pins.ts';
import { replacementsOf } from './replacements.ts';
import { successorsOf, type Wanted } from './successors.ts';

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
    distrolessFix(image, build),
  ];
}

/**
 * Images without a version of their own: the release of Debian is in the name, and the tag is an account or a shell.
 * https://github.com/GoogleContainerTools/distroless#debian-13
 */
const DISTROLESS = /^gcr\.io\/distroless\/(?:static|base|base-nossl|cc)(-debian1[23])?$/;
const LOW_PORT = /^EXPOSE[ \t].{0,100}?(?<![\d.])(?:[1-9]\d{0,2}|10[01]\d|102[0-3])(?!\d)/im;

const USER = /^[ \t]{0,40}(?:ONBUILD[ \t]{1,20})?USER[ \t]/im;

/** Names the release and the account, where the file sets none; what listens on a low port may need to be root. */
function distrolessFix({ become, reference, span, use }: ContainerImage, build: ImageBuild): Fix | undefined {
  const [, release] = DISTROLESS.exec(reference.repository) ?? [];
  const isMoving = reference.tag === undefined || reference.tag === LATEST;
  if (!DISTROLESS.test(reference.repository) || !isMoving || use !== 'base') return undefined;
  if (LOW_PORT.test(build.source.text.slice(0, LONGEST_FILE))) return undefined;
  if (stagesOn(build, span).some(one => USER.test(build.source.text.slice(one.span.start, one.span.end))))
    return undefined;
  const text = `${reference.repository}${release === undefined ? '-debian13' : ''}:nonroot`;
  return fix('suggested', `Use ${quoted(text)}, which does not run as root`, become(text));
}
const LONGEST_FILE = 200_000;

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

/** Moves an image off the releases that have ended, and with it those that it shares its distribution with. */
export function successorFixes(
  image: ContainerImage,
  endings: readonly Ending[],
  today: Day,
  build: ImageBuild,
): readonly (Fix | undefined)[] {
  const { become, reference } = image;
  if (reference.tag === undefined || hasPair(reference, build)) return [];
  const companions = companionsOf(image, build);
  return successorsOfImage(image, endings, today, build).map(text => {
    const moved = [{ image, edit: become(text), text }];
    for (const companion of companions) {
      const own = companionTo(text, companion, today, build);
      if (own === undefined) return undefined;
      moved.push({ image: companion, edit: companion.become(own), text: own });
    }
    const renamed = moved.flatMap(one => {
      const release = one.image.use === 'base' ? releaseBelow(one.text) : undefined;
      return release ? laterNames(release, build, one.image.span) : [];
    });
    const names = [...new Set(moved.map(one => quoted(one.text)))];
    const without = moved.some(one => one.image.reference.digest !== undefined) ? ' (without a digest)' : '';
    return fix(
      'suggested',
      `Move to ${names.join(' and ')}${without}${besides(renamed)}`,
      ...[...moved, ...renamed].map(({ edit }) => edit),
    );
  });
}

/** What a title says of the packages that change with the base. */
function besides(packages: readonly LaterName[]): string {
  const [first] = packages;
  if (first === undefined) return '';
  const verb = packages.some(({ from }) => from === undefined) ? 'change' : 'rename';
  if (packages.length > 1) return `, and ${verb} ${packages.length} packages`;
  return first.from === undefined
    ? `, and install ${quoted(first.to)}`
    : `, and rename ${quoted(first.from)} to ${quoted(first.to)}`;
}

/** Names of images to move to, the nearest first. */
function successorsOfImage(
  image: ContainerImage,
  endings: readonly Ending[],
  today: Day,
  build: ImageBuild,
): readonly string[] {
  const { platform, reference } = image;
  const { repository, tag = LATEST } = reference;
  const product = tagReading(repository)?.version;
  const wanted: Wanted = {
    platform,
    today,
    suits: (release, kind) =>
      kind === 'system'
        ? suitsSystem(
            release,
            build,
            image.use === 'base' ? image.span : undefined,
            product === 'Python',
            image.use === 'base',
          )
        : suitsRuntime(release, tagParts(repository, tag).cycle, build) &&
          (!isRuntimeOfDotnet(repository) || isTarget(release, build)),
  };
  const successors = successorsOf(repository, tag, endings, wanted).map(next => `${repository}:${next}`);
  return successors.length > 0 ? successors : replacementsOf(repository, tag, wanted);
}

/**
 * Other bases of the file on the same release of a distribution, by name: what is built on one is run on the other, with the
 * libraries that were there.
 */
function companionsOf({ reference, use }: ContainerImage, build: ImageBuild): readonly ContainerImage[] {
  const system = use === 'base' ? systemIn(reference) : undefined;
  if (system === undefined || build.language !== 'dockerfile') return [];
  return containerImages(build).filter(
    other =>
      other.use === 'base' &&
      other.reference.repository !== reference.repository &&
      systemIn(other.reference) === system,
  );
}

/** The tag of a companion on the distribution of what an image moves to. */
function companionTo(text: string, companion: ContainerImage, today: Day, build: ImageBuild): string | undefined {
  const system = systemIn(parseImageReference(text));
  const { repository, tag = LATEST } = companion.reference;
  const endings = endOfLifeOfImage({ repository, tag }).filter(({ date }) => supportStatus(date, today) !== 'fine');
  return successorsOfImage(companion, endings, today, build).find(
    next => systemIn(parseImageReference(next)) === system,
  );
}

/** The distribution and its release that a tag names: `Debian 12` of `bookworm` and of `3.12-slim-bookworm`. */
function systemIn(reference: ImageReference | undefined): string | undefined {
  if (reference?.tag === undefined) return undefined;
  const { cycle, system } = tagParts(reference.repository, reference.tag);
  if (system?.release !== undefined) return `${system.product} ${system.release}`;
  const product = tagReading(reference.repository)?.version;
  return product !== undefined && cycle !== undefined && SYSTEM_PRODUCTS.has(product)
    ? `${product} ${cycle}`
    : undefined;
}

/** The distribution of an image and its release, by its tag, or by another tag of the same image. */
function releaseBelow(text: string): NamedRelease | undefined {
  const { repository, tag = LATEST } = parseImageReference(text) ?? {};
  if (repository === undefined) return undefined;
  const { cycle, system } = tagParts(repository, tag);
  const product = tagReading(repository)?.version;
  if (product !== undefined && cycle !== undefined && SYSTEM_PRODUCTS.has(product)) return { product, cycle };
  const group = groupsOf(repository).find(one => hasTag(one, tag));
  const below =
    system?.release === undefined ? group?.tags.find(one => one.system?.release !== undefined)?.system : system;
  return below?.release === undefined ? undefined : { product: below.product, cycle: below.release };
}

const SYSTEM_PRODUCTS: ReadonlySet<string> = new Set(DISTRIBUTIONS.values());
const LATEST = 'latest';

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

const isRuntimeOfDotnet = (repository: string): boolean =>
  DOTNET.test(repository) && /\/(?:runtime|aspnet)$/.test(repository);

/** Whether a project around the file is built for the release: what is built for one is not started by another. */
const isTarget = ({ cycle, product }: NamedRelease, build: ImageBuild): boolean =>
  build.projectVersions?.().some(one => one.product === product && one.allows(cycle)) === true;
