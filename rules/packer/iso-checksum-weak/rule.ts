import { checksumStrength, installMedia } from '../../../facts/install-media.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

export default definePackerRule({
  id: 'iso-checksum-weak',
  summary: 'An image is checked by MD5 or SHA-1',
  policies: ['G2'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  *check(_file, _context, build) {
    for (const { checksum } of installMedia(build)) {
      if (!checksum || checksumStrength(checksum) !== 'weak') continue;
      const text = checksum.text.trim().toLowerCase();
      const kind = text.startsWith('md5:') || text.length === 32 ? 'MD5' : 'SHA-1';
      yield {
        message: `Two files with one ${kind} sum can be made at will, so this does not prove that the image is the one that was meant; SHA-256 does.`,
        span: checksum.value.span,
        related: checksum.definitions.map(span => ({ message: 'The default comes from here.', span })),
      };
    }
  },
});
