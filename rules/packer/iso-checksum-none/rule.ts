import { fix } from '../../../core/finding.ts';
import { checksumStrength, installMedia, isRemote, type MediumText } from '../../../facts/install-media.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

export default definePackerRule({
  id: 'iso-checksum-none',
  summary: 'An image is downloaded and used without its checksum being checked',
  policies: ['G2'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  *check(_file, _context, build) {
    for (const { checksum, url } of installMedia(build)) {
      if (!checksum || checksumStrength(checksum) !== 'none' || isRemote(url) === false) continue;
      yield {
        message: `Nothing checks what is downloaded here${checksum.certain ? '' : ' by default'}, so whatever the server or somebody on the way sends becomes the base of the image.`,
        span: checksum.value.span,
        related: checksum.definitions.map(span => ({ message: 'The default comes from here.', span })),
        fixes: [listFix(checksum, url)],
      };
    }
  },
});

/** Where distributions publish the checksums of a folder, by host. */
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

function listFix({ value }: MediumText, url: MediumText | undefined) {
  const { literal } = url?.value ?? {};
  const host = /^https?:\/\/([^/]+)\//.exec(literal ?? '')?.[1] ?? '';
  if (!literal || !Object.hasOwn(LISTS, host) || value.source.text.toLowerCase() !== 'none') return undefined;
  const folder = literal.slice(0, literal.lastIndexOf('/') + 1).replace(/^http:/, 'https:');
  const list = `file:${folder}${LISTS[host]}`;
  return fix(
    'suggested',
    'Check it against the published list',
    value.source.replace(0, value.source.text.length, list),
  );
}
