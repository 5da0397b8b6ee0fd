import type { ImageBuild } from '../../../core/build.ts';
import { placeCause } from '../../../core/causes.ts';
import { fix } from '../../../core/finding.ts';
import { checksumStrength, isOnOwnNetwork, isRemote, type MediumText } from '../../../facts/install-media.ts';
import { rewriteValue } from '../../../facts/rewrite-value.ts';
import { isSaidEarlier, mediaOf } from '../../../languages/packer/media.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

export default definePackerRule({
  id: 'iso-checksum-none',
  summary: 'Checksum verification of an image is turned off',
  policies: ['G2', 'G13'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(file, _context, build) {
    for (const { checksum, url } of mediaOf(file, build)) {
      if (!checksum || checksumStrength(checksum) !== 'none') continue;
      const isPrivate = isOnOwnNetwork(url);
      if (isRemote(url) === false && !isPrivate) continue;
      if (url && isNameOfFile(url)) continue;
      if (isSaidEarlier(file, checksum)) continue;
      yield {
        message: `${isRemote(url) || isPrivate ? 'Downloaded image' : 'Image'} is not verified: checksum is \`none\`${checksum.certain ? '' : ' by default'}`,
        help: 'Set the published SHA-256 checksum',
        span: checksum.value.span,
        causes: [placeCause('medium', checksum.value.span)],
        // Whoever gives the address gives the checksum along; a file on the machine has none.
        ...((isPrivate || (isGiven(url) && !checksum.certain)) && { preset: 'strict', severity: 'info' }),
        related: checksum.definitions.map(span => ({ message: 'Default is set here', origin: true, span })),
        fixes: [listFix(checksum, url, build)],
      };
    }
  },
});

/** Whether an address is nothing but a variable without a value. */
function isGiven(url: MediumText | undefined): boolean {
  return (
    url !== undefined &&
    url.value.literal === undefined &&
    url.value.byDefault === undefined &&
    url.value.parts.length === 1
  );
}

/** What variables are called that hold a name or a path, and no address. */
const OF_FILE =
  /^(?:var\.|local\.)?(?:[a-z\d]{1,20}_){0,4}(?:name|image|disk|file|filename|basename|version|codename|distro|dir|directory|path)$/;

/** `${var.image_name}.img`: a file on the machine, by the name of the variable that it starts with. */
function isNameOfFile({ value: { literal, byDefault, parts } }: MediumText): boolean {
  const [first, ...others] = parts;
  // `var.iso_path` alone: what is downloaded has an address.
  if (literal === undefined && byDefault === undefined && typeof first === 'object' && others.length === 0)
    return /_(?:path|file|dir|directory)$/.test(first.name);
  if (literal !== undefined || byDefault !== undefined || typeof first !== 'object' || others.length === 0)
    return false;
  return OF_FILE.test(first.name) && others.every(part => typeof part === 'object' || !part.includes('://'));
}

/** The files in which distributions publish the checksums of a directory, by host. */
const LISTS: Readonly<Record<string, string>> = {
  'cdimage.debian.org': 'SHA512SUMS',
  'cdimage.ubuntu.com': 'SHA256SUMS',
  'cloud-images.ubuntu.com': 'SHA256SUMS',
  'cloud.debian.org': 'SHA512SUMS',
  'download.rockylinux.org': 'CHECKSUM',
  'old-releases.ubuntu.com': 'SHA256SUMS',
  'releases.ubuntu.com': 'SHA256SUMS',
  'repo.almalinux.org': 'CHECKSUM',
};

/** Distributions that publish a file beside each image, or one with the name of the release. */
const NAMED_LISTS: readonly (readonly [image: RegExp, list: string])[] = [
  [/^(https:\/\/dl-cdn\.alpinelinux\.org\/[\w./-]{1,200}\.iso)$/, '$1.sha256'],
  [/^(https:\/\/download\.opensuse\.org\/[\w./-]{1,200}\.iso)$/, '$1.sha256'],
  [
    /^(https:\/\/(?:[\w-]{1,40}\.){1,5}[a-z]{2,10}\/archlinux\/iso\/[\d.]{8,12}\/)archlinux-[\w.-]{1,60}\.iso$/,
    '$1sha256sums.txt',
  ],
  [
    /^(https:\/\/download\.fedoraproject\.org\/[\w./-]{1,200}\/)Fedora-Server-(?:dvd|netinst)-(\w{1,10})-(\d{2,3}-[\d.]{1,8})\.iso$/,
    '$1Fedora-Server-$3-$2-CHECKSUM',
  ],
];

function listOf(url: string): string | undefined {
  const host = /^https:\/\/([^/]+)\//.exec(url)?.[1] ?? '';
  if (Object.hasOwn(LISTS, host)) return url.slice(0, url.lastIndexOf('/') + 1) + LISTS[host]!;
  const [image, list] = NAMED_LISTS.find(([pattern]) => pattern.test(url)) ?? [];
  return image && url.replace(image, list!);
}

function listFix(checksum: MediumText, url: MediumText | undefined, build: ImageBuild) {
  // What a caller may set is the list of the image that a caller may set.
  const image = url && (url.certain || !checksum.certain) ? url.text : undefined;
  const list = image === undefined ? undefined : listOf(image.replace(/^http:/, 'https:'));
  if (list === undefined || checksum.text.toLowerCase() !== 'none') return undefined;
  const edit = rewriteValue(checksum.value, `file:${list}`, build);
  return fix('suggested', 'Change it to the published list of checksums', edit);
}
