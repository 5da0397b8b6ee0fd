/** Images that are no longer published, and the ones that took their place. */
import { officialName } from '../end-of-life/images.ts';
import { endOfLifeOfImage } from '../end-of-life/of-image.ts';
import { groupsOf, hasTag, runsOn } from './listed.ts';
import { isSupported } from './pins.ts';
import { successorsOf, type Wanted } from './successors.ts';

const JAVA: ReadonlySet<string> = new Set(['openjdk', 'java', 'adoptopenjdk']);
/** Rebuilds of the same distribution; their majors are those of CentOS. */
const REBUILDS = ['almalinux', 'rockylinux'];
const REBUILT: Readonly<Record<string, string>> = { almalinux: 'AlmaLinux', rockylinux: 'Rocky Linux' };
/** A tag that is looked for may be of so many majors later. */
const MAJORS = 4;

/** Repository and tag of the listed images that replace one, the best first; none for what has no such successor. */
export function replacementsOf(repository: string, tag: string, wanted: Wanted): readonly string[] {
  const { platform, suits = () => true, today } = wanted;
  const name = officialName(repository);
  // https://devblogs.microsoft.com/dotnet/announcing-net-5-0/ moved the images out of `dotnet/core`.
  const moved = /^mcr\.microsoft\.com\/dotnet\/core\/(sdk|aspnet|runtime|runtime-deps)$/.exec(name)?.[1];
  if (moved !== undefined) {
    const image = `mcr.microsoft.com/dotnet/${moved}`;
    return successorsOf(image, tag, endOfLifeOfImage({ repository: image, tag }), wanted).map(
      next => `${image}:${next}`,
    );
  }
  const choices = JAVA.has(name) ? javaTags(tag) : name === 'centos' ? systemTags(tag) : [];
  const place = repository.slice(0, repository.length - name.length);
  const isListed = (image: string, listed: string) =>
    groupsOf(image).some(group => hasTag(group, listed) && runsOn(group, platform)) &&
    isSupported(image, listed, today) &&
    (name !== 'centos' || suits({ product: REBUILT[image]!, cycle: listed }, 'system'));
  return choices
    .map(some => some.find(([image, listed]) => isListed(image, listed)))
    .flatMap(found => (found ? [`${place}${found[0]}:${found[1]}`] : []));
}

type Choice = readonly [image: string, tag: string];

/** https://hub.docker.com/_/openjdk names the images of vendors as replacements: `17-jdk-slim` is `17-jdk` there. */
function javaTags(tag: string): readonly (readonly Choice[])[] {
  const major = /^(?:1\.)?(\d{1,2})(?:$|[-._u])/.exec(tag)?.[1];
  if (major === undefined) return [];
  const kind = /(?:^|-)jre/.test(tag) ? 'jre' : 'jdk';
  const system = /(?:^|-)alpine/.test(tag) ? '-alpine' : '';
  return [[['eclipse-temurin', `${major}-${kind}${system}`]]];
}

/** The major itself where it is supported, else the next one that is. */
function systemTags(tag: string): readonly (readonly Choice[])[] {
  const major = Number(/^(?:centos)?(\d{1,2})(?:$|\.)/.exec(tag)?.[1]);
  if (!Number.isInteger(major)) return [];
  return REBUILDS.map(image => Array.from({ length: MAJORS }, (_, i): Choice => [image, `${major + i}`]));
}
