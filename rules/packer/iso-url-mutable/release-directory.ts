/** Directories of Debian that have the name of a release, instead of one that moves. https://www.debian.org/CD/http-ftp/ */
import type { ImageBuild } from '../../../core/build.ts';
import { type Fix, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { groupsOf } from '../../../facts/image-tags/listed.ts';
import { compareVersions } from '../../../facts/image-tags/parts.ts';
import type { InstallMedium } from '../../../facts/install-media.ts';
import { rewriteValue } from '../../../facts/rewrite-value.ts';

/** The directory of an image that says its release: `…/debian-cd/current/amd64/iso-cd/debian-13.5.0-amd64-netinst.iso`. */
const DEBIAN =
  /^(https?:\/\/cdimage\.debian\.org\/(?:debian-cd\/current|cdimage\/release\/current|cdimage\/archive\/latest-old(?:old)?stable))\/[\w/-]{1,60}\/debian-(\d{1,2}\.\d{1,2}\.\d{1,2})-[\w-]{1,60}\.iso$/;

/** The latest point release that is known of a release: images of the container have its number in their tags. */
function latestOf(release: string): string | undefined {
  const versions = groupsOf('debian').flatMap(({ tags }) =>
    tags.flatMap(({ tag }) => (tag.startsWith(`${release}.`) && /^\d{1,2}\.\d{1,2}$/.test(tag) ? [tag] : [])),
  );
  return versions.toSorted(compareVersions).at(-1);
}

/** Names the directory of the release that the file's own name says, for the image and for its list of checksums. */
export function releaseDirectoryFix({ checksum, url }: InstallMedium, build: ImageBuild): Fix | undefined {
  const [, directory, version] = DEBIAN.exec(url?.text ?? '') ?? [];
  if (!url || directory === undefined || version === undefined) return undefined;
  // Where a variable says the release, its directory would not follow the variable.
  if (url.value.parts.length > 1) return undefined;
  const [major = '', minor = ''] = version.split('.');
  const latest = latestOf(major);
  const isStable = latest !== undefined && latestOf(String(Number(major) + 1)) === undefined;
  // A release is in the archive as soon as there is another one.
  const isArchived = !isStable || compareVersions(`${major}.${minor}`, latest) < 0;
  const place = isArchived
    ? `https://cdimage.debian.org/cdimage/archive/${version}`
    : `https://cdimage.debian.org/debian-cd/${version}`;
  const moved = (text: string): string | undefined =>
    text.startsWith(`${directory}/`) ? place + text.slice(directory.length) : undefined;
  const list = checksum?.text.startsWith('file:') ? moved(checksum.text.slice('file:'.length)) : undefined;
  const edits = [
    rewriteValue(url.value, moved(url.text)!, build),
    ...(list === undefined || !checksum ? [] : [rewriteValue(checksum.value, `file:${list}`, build)]),
  ];
  return fix('suggested', `Name the directory of the release, ${quoted(version)}`, ...edits);
}
