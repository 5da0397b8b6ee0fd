import { memoOfText } from '../../core/memo.ts';
import dotnet from '../../data/dotnet-images.json';
import official, { type OfficialImagesData } from '../../data/official-images.json';
import vendors from '../../data/vendor-images.json';
import { officialName } from '../end-of-life/images.ts';
import { type TagParts, tagParts } from './parts.ts';

/** Tags that name one and the same image, and what it runs on. */
export interface TagGroup {
  readonly tags: readonly TagParts[];
  readonly architectures: readonly string[];
}

/** The images of .NET and of vendors are listed by their name in full, Docker's by their bare name. */
const DOTNET = 'mcr.microsoft.com/dotnet/';

const VENDORS = /^(?:registry\.access\.redhat\.com|registry\.redhat\.io|vault\.habana\.ai)\//;

const tableOf = (name: string): OfficialImagesData =>
  name.startsWith(DOTNET) ? dotnet : VENDORS.test(name) ? vendors : official;

/** The day on which the tags of a repository were listed. */
export const listedOn = (repository: string): string => tableOf(officialName(repository)).date;

/** So many images are read at a time: there are fewer in the listing. */
const IMAGES = 200;

/** The groups of an image by the repository as it is written, newest first; none for what is not listed. */
export const groupsOf = (repository: string): readonly TagGroup[] => groupsNamed(officialName(repository));

const groupsNamed = memoOfText(IMAGES, (name): readonly TagGroup[] => {
  const { architectures, images } = tableOf(name);
  return (Object.hasOwn(images, name) ? images[name]! : []).map(group => {
    const [row = '', ...tags] = group.split(' ');
    return {
      tags: tags.map(tag => tagParts(name, tag)),
      architectures: (architectures[Number(row)] ?? '').split(' '),
    };
  });
});

export const hasTag = ({ tags }: TagGroup, tag: string): boolean => tags.some(one => one.tag === tag);

/** How the listing calls the architectures of platforms. */
const ARCHITECTURES: Readonly<Record<string, string>> = {
  'linux/amd64': 'amd64',
  'linux/386': 'i386',
  'linux/arm64': 'arm64v8',
  'linux/arm64/v8': 'arm64v8',
  'linux/arm': 'arm32v7',
  'linux/arm/v7': 'arm32v7',
  'linux/arm/v6': 'arm32v6',
  'linux/arm/v5': 'arm32v5',
  'linux/ppc64le': 'ppc64le',
  'linux/riscv64': 'riscv64',
  'linux/s390x': 's390x',
};

/** Whether an image of the group is there for a platform, `linux/arm64`; without one, for any. */
export function runsOn({ architectures }: TagGroup, platform: string | undefined): boolean {
  if (platform === undefined) return true;
  const name = platform.includes('/') ? platform : `linux/${platform}`;
  return Object.hasOwn(ARCHITECTURES, name) && architectures.includes(ARCHITECTURES[name]!);
}
