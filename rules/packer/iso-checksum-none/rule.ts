import { placeCause } from '../../../core/causes.ts';
import { fix } from '../../../core/finding.ts';
import { checksumStrength, isRemote, type MediumText } from '../../../facts/install-media.ts';
import { mediaOf } from '../../../languages/packer/media.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

export default definePackerRule({
  id: 'iso-checksum-none',
  summary: 'An image is downloaded without checksum verification',
  policies: ['G2', 'G13'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(file, _context, build) {
    for (const { checksum, url } of mediaOf(file, build)) {
      if (!checksum || checksumStrength(checksum) !== 'none' || isRemote(url) === false) continue;
      yield {
        message: `Downloaded image is not verified: checksum is \`none\`${checksum.certain ? '' : ' by default'}`,
        help: 'Set the published SHA-256 checksum',
        span: checksum.value.span,
        causes: [placeCause('medium', checksum.value.span)],
        related: checksum.definitions.map(span => ({ message: 'Default is set here', origin: true, span })),
        fixes: [listFix(checksum, url)],
      };
    }
  },
});

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

function listFix({ value }: MediumText, url: MediumText | undefined) {
  const { literal } = url?.value ?? {};
  const host = /^https?:\/\/([^/]+)\//.exec(literal ?? '')?.[1] ?? '';
  if (!literal || !Object.hasOwn(LISTS, host) || value.source.text.toLowerCase() !== 'none') return undefined;
  const directory = literal.slice(0, literal.lastIndexOf('/') + 1).replace(/^http:/, 'https:');
  const list = `file:${directory}${LISTS[host]}`;
  return fix(
    'suggested',
    'Use the published list of checksums',
    value.source.replace(0, value.source.text.length, list),
  );
}
