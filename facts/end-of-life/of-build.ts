/** What a build starts from or installs that has an end of life. */
import type { BaseImage, CloudBase, ImageBuild, Value } from '../../core/build.ts';
import type { Day } from '../../core/day.ts';
import type { ReleaseEnding } from '../../core/finding.ts';
import { memo } from '../../core/memo.ts';
import { type Edit, type Span, UNRESOLVED } from '../../core/text.ts';
import { type ContainerImage, containerImages } from '../container-images.ts';
import { isBefore } from '../downloads/replaced.ts';
import { downloads } from '../downloads.ts';
import { installMedia } from '../install-media.ts';
import { replaceWithin } from '../rewrite-value.ts';
import type { Ending } from './ending.ts';
import { endOf, supportedRelease } from './lookup.ts';
import { endOfLifeOfImage } from './of-image.ts';
import { endOfLifeOfOperatingSystem } from './of-operating-system.ts';
import { repositoryEndings } from './repositories.ts';
import { supportStatus } from './support-status.ts';

/** One name in a build and everything with an end that it means: of `node:16-buster` both. */
export interface NamedEnding {
  readonly endings: readonly Ending[];
  /** False when it holds only for the defaults of these files. */
  readonly certain: boolean;
  readonly span: Span;
  /** Where the variables that the name is made of get their values. */
  readonly definitions: readonly Span[];
  /** The container image that it is. */
  readonly image?: ContainerImage;
  /** The machine image that it is. */
  readonly machine?: CloudBase;
  /** Names another release in its place; `undefined` where it cannot be written, or the stage cannot have it. */
  readonly become?: (release: string) => Edit | undefined;
}

/** Everything that a build names and that has an announced end, past or to come, each place once. */
export const endingsIn: (build: ImageBuild) => readonly NamedEnding[] = memo(build => {
  const found: NamedEnding[] = [];
  for (const image of containerImages(build)) {
    const { certain, definitions, reference, span } = image;
    const endings = endOfLifeOfImage(reference);
    if (endings.length > 0) found.push({ endings, certain, span, definitions, image });
  }
  for (const { bases } of build.stages)
    for (const base of bases) {
      const value = nameOfSystem(base);
      const ending = ofRelease(base) ?? (value && ofSystem(value));
      if (ending) found.push(base.kind === 'cloud' ? { ...ending, machine: base } : ending);
    }
  if (build.stages.length === 0)
    for (const { url } of installMedia(build)) {
      const ending = url && ofSystem(url.value);
      if (ending) found.push(ending);
    }
  for (const { source, stage, url } of downloads(build)) {
    const ending = ofNodeSource(url);
    if (!ending) continue;
    const become = (release: string): Edit | undefined =>
      isBefore(FIRST_FOR_NODE, stage) || source.text !== url
        ? undefined
        : replaceWithin(source, url.replace(`setup_${ending.cycle}.x`, `setup_${release}.x`));
    found.push({ endings: [ending], certain: true, span: source.span, definitions: [], become });
  }
  for (const { ending, span } of repositoryEndings(build))
    found.push({ endings: [ending], certain: true, span, definitions: [] });
  return once(found);
});

function nameOfSystem(base: BaseImage): Value | undefined {
  return base.kind === 'iso' ? base.url : base.kind === 'cloud' ? base.selector : undefined;
}

/** By a filter for the system and its release, each in a value of its own. */
function ofRelease(base: BaseImage): NamedEnding | undefined {
  if (base.kind !== 'cloud' || !base.release) return undefined;
  const { system, version } = base.release;
  if (system.literal === undefined || version.literal === undefined) return undefined;
  const ending = endOfLifeOfOperatingSystem(`${system.literal} ${version.literal}`);
  return ending && { endings: [ending], certain: true, span: version.span, definitions: [] };
}

function ofSystem({ byDefault, literal, parts, source, span }: Value): NamedEnding | undefined {
  // What cannot be known ends the word next to it: `centos-7${var.minor}` is not CentOS 7.
  const text = literal ?? byDefault ?? source.text.replaceAll(UNRESOLVED, 'x');
  const ending = endOfLifeOfOperatingSystem(text);
  if (!ending) return undefined;
  const isWritten = text === source.text || (literal === undefined && byDefault === undefined);
  return {
    endings: [ending],
    certain: literal !== undefined || byDefault === undefined,
    span: isWritten ? source.spanOf(...ending.matched) : span,
    definitions: isWritten ? [] : parts.flatMap(part => (typeof part === 'string' ? [] : (part.definition ?? []))),
  };
}

/** Node.js needs glibc 2.28 since 18: https://github.com/nodejs/node/blob/v18.x/BUILDING.md#platform-list */
const FIRST_FOR_NODE: Readonly<Record<string, number>> = {
  Debian: 10,
  Ubuntu: 20,
  'CentOS Linux': 8,
  'Red Hat Enterprise Linux': 8,
  'Oracle Linux': 8,
  'Amazon Linux': 2023,
};

/** The script of a packaging service that adds the repository of one release: `https://deb.nodesource.com/setup_14.x`. */
function ofNodeSource(url: string): Ending | undefined {
  const version = /^https?:\/\/(?:deb|rpm)\.nodesource\.com\/setup_(\d{1,2})\.x$/.exec(url)?.[1];
  return version === undefined ? undefined : endOf('Node.js', version);
}

function once(found: readonly NamedEnding[]): readonly NamedEnding[] {
  const places = new Map(
    found.map(ending => [`${ending.span.start} ${ending.span.end} ${ending.span.file ?? ''}`, ending]),
  );
  return [...places.values()];
}

/**
 * `Node.js 16 reached end of life on 2023-09-11, Debian 10 on 2024-06-30`, or `reaches end of life on` for days from
 * `today` on.
 */
export function sayEndings(endings: readonly Ending[], today: Day): string {
  return endings
    .map(({ cycle, date, product }, i) => {
      // What follows the same words needs only its day.
      const repeats =
        i > 0 && !endings[i - 1]!.product.endsWith(IMAGE) && supportStatus(endings[i - 1]!.date, today) === 'past';
      if (product.endsWith(IMAGE)) {
        const image = `\`${product.slice(0, -IMAGE.length)}\` image has had no updates since ${date}`;
        return i === 0 ? `The ${image}` : `the ${image}`;
      }
      const since = repeats ? 'on' : 'reached end of life on';
      return `${product} ${cycle} ${supportStatus(date, today) === 'past' ? since : 'reaches end of life on'} ${date}`;
    })
    .join(', ');
}

const IMAGE = ' image';

/** The releases as data, for reports that count them. */
export function releaseEndings(endings: readonly Ending[]): readonly ReleaseEnding[] {
  return endings.map(({ cycle, date, product }) => ({
    release: product.endsWith(IMAGE) ? `\`${product.slice(0, -IMAGE.length)}\` image` : `${product} ${cycle}`,
    date,
  }));
}

/** `Move to Node.js 24 (supported until 2028-04-30)`: for each product the release that is supported longest. */
export function moveTo(endings: readonly Ending[], today: Day): string {
  const releases = endings.flatMap(({ product, cycle }) => {
    const release = product.endsWith(IMAGE) ? undefined : supportedRelease(product, today, cycle);
    if (!release || release.cycle === cycle) return [];
    return { name: `${product} ${release.cycle}`, end: release.end };
  });
  if (releases.length === 0) return 'Move to a supported release';
  const supported = releases.length > 1 ? 'until' : 'supported until';
  return `Move to ${releases.map(({ name, end }) => `${name}${end === undefined ? '' : ` (${supported} ${end})`}`).join(' and ')}`;
}
