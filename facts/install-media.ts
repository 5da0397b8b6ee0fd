/** Images that a build installs from or starts on by their address: ISOs, disk images, exported machines. */
import type { ImageBuild, Value } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import { type Span, UNRESOLVED } from '../core/text.ts';
import { isLocalUrl, isOwnUrl } from './local-url.ts';

/** One address and the checksum that belongs to it, as far as this document writes them. */
export interface InstallMedium {
  /** `undefined` where only the checksum is in this document. */
  readonly url: MediumText | undefined;
  readonly checksum: MediumText | undefined;
}

/** A text of a medium. */
export interface MediumText {
  readonly value: Value;
  /** What is known of it: the value, what it is by default, or with `UNRESOLVED`s for what is not known. */
  readonly text: string;
  /** Whether it cannot be overridden from outside. */
  readonly certain: boolean;
  /** Where the variables that it is made of get their values, when they are what makes it uncertain. */
  readonly definitions: readonly Span[];
}

/**
 * The media of a build, each address once, in the order of the file. Of a file that only gives values to variables, those
 * whose names say that they are addresses or checksums of ISOs (`iso_url`, `ubuntu_iso_checksum`).
 */
export const installMedia: (build: ImageBuild) => readonly InstallMedium[] = memo(build => {
  if (build.stages.length === 0) return fromParameters(build);
  const found: InstallMedium[] = [];
  const seen = new Set<string>();
  for (const base of build.stages.flatMap(({ bases }) => bases)) {
    if (base.kind !== 'iso') continue;
    const { end, file, start } = base.url.span;
    const key = `${start} ${end} ${file ?? ''}`;
    if (seen.has(key)) continue;
    seen.add(key);
    found.push({ url: asText(base.url), checksum: base.checksum && asText(base.checksum) });
  }
  return found;
});

const URL_NAME = /^(.*?)iso_urls?$/i;
const CHECKSUM_NAME = /^(.*?)iso_checksum$/i;

function fromParameters({ parameters }: ImageBuild): readonly InstallMedium[] {
  const media = new Map<string, InstallMedium>();
  for (const { name, default: value } of parameters) {
    if (!value || name.length > 200) continue;
    const url = URL_NAME.exec(name)?.[1];
    const checksum = CHECKSUM_NAME.exec(name)?.[1];
    const prefix = url ?? checksum;
    if (prefix === undefined) continue;
    const medium = media.get(prefix) ?? { url: undefined, checksum: undefined };
    media.set(prefix, url === undefined ? { ...medium, checksum: asText(value) } : { ...medium, url: asText(value) });
  }
  return [...media.values()];
}

function asText(value: Value): MediumText {
  const { literal, byDefault, parts, source } = value;
  const definitions =
    literal === undefined && byDefault !== undefined
      ? parts.flatMap(part => (typeof part === 'string' ? [] : (part.definition ?? [])))
      : [];
  return { value, text: literal ?? byDefault ?? source.text, certain: literal !== undefined, definitions };
}

/** How much a checksum proves. */
export type ChecksumStrength =
  /** `none`: nothing is checked. */
  | 'none'
  /** MD5 or SHA-1: files with the same sum can be made. */
  | 'weak'
  /** Read from a list on the network when the build runs. */
  | 'fetched'
  /** A SHA-256 or longer sum that is written here. */
  | 'strong';

/** What a checksum is; `undefined` when it is not given or cannot be known. */
export function checksumStrength(checksum: MediumText | undefined): ChecksumStrength | undefined {
  // https://developer.hashicorp.com/packer/integrations/hashicorp/qemu/latest/components/builder/qemu#iso-configuration
  const text = checksum?.text.trim().toLowerCase() ?? '';
  if (text === 'none') return 'none';
  // `sha1:` and an empty variable: the sum, and most often its kind too, comes from elsewhere.
  if (text.endsWith(':')) return undefined;
  if (/^file:https?:\/\//.test(text)) return 'fetched';
  if (text.startsWith('md5:') || text.startsWith('sha1:')) return 'weak';
  if (text.startsWith('sha256:') || text.startsWith('sha512:')) return 'strong';
  if (text.includes(UNRESOLVED) || text.length > 200 || !/^[0-9a-f]+$/.test(text)) return undefined;
  if (text.length === 32 || text.length === 40) return 'weak';
  return text.length >= 56 ? 'strong' : undefined;
}

/** Whether an address is on the network, on this machine or network, or cannot be known. */
export function isRemote(url: MediumText | undefined): boolean | undefined {
  if (!url || url.text.startsWith(UNRESOLVED)) return undefined;
  if (!/^(?:https?|ftps?|s3|gcs?|sftp):/i.test(url.text)) return false;
  const local = isLocalUrl(url.text);
  return local === undefined ? undefined : !local;
}

/** Whether an address is that of a server on a private network. */
export function isOnOwnNetwork(url: MediumText | undefined): boolean {
  return (
    url !== undefined &&
    /^(?:https?|ftps?|sftp):/i.test(url.text) &&
    isLocalUrl(url.text) === true &&
    isOwnUrl(url.text) === false
  );
}

/** A part of the path that the publisher moves to each new release. */
const NEWEST = /(?:^|[/_.-])(latest(?:-[a-z]+)?|current(?:-live)?)(?=[/_.-])/i;
/** The installer of a release of Ubuntu, which is as on the day of the release; later ones are in `bionic-updates`. */
const FROZEN = /\/ubuntu\/dists\/[a-z]{1,20}\/[a-z]{1,20}\/installer-[a-z0-9]{1,10}\/current\//i;
/** Dated builds may be below such a part too: `daily/20261103/`. */
const OFTEN = /(?:^|[/_.-])(daily(?:-live)?|nightly|rolling)(?=[/_.-])/i;
/** Distributions without releases. */
const ROLLING =
  /\barch(?:linux)?\b|tumbleweed|kali-rolling|rolling-release|vyos|voidlinux|void-|gentoo|nixos|\bsid\b|kitten/i;
/** The day of a build in the name of the file: `FreeBSD-14.0-CURRENT-amd64-20220923-00d8a28.iso`. */
const DATED = /[-_.]20[0-3]\d[-.]?(?:0[1-9]|1[0-2])[-.]?(?:[0-2]\d|3[01])(?:[-_.T]|$)/;

/** The word of an address that the publisher moves to each new release, such as `latest`, and where it is in the text (UTF-16). */
export function movingPart({ text }: MediumText): { word: string; start: number; end: number } | undefined {
  if (text.length > 2_000 || FROZEN.test(text) || ROLLING.test(text) || DATED.test(text.slice(text.lastIndexOf('/'))))
    return undefined;
  // A host may be called `current.example.org`.
  const path = text.indexOf('/', text.indexOf('://') + 3);
  const match = path < 0 ? undefined : (NEWEST.exec(text.slice(path)) ?? OFTEN.exec(text.slice(path)));
  if (!match) return undefined;
  const start = path + match.index + match[0].length - match[1]!.length;
  return { word: match[1]!, start, end: start + match[1]!.length };
}
