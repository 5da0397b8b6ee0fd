import { placeCause } from '../../../core/causes.ts';
import { checksumStrength, isRemote } from '../../../facts/install-media.ts';
import { isSaidEarlier, mediaOf } from '../../../languages/packer/media.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

/** Of the word `null` and of nothing, MD5 and SHA-1: they stand for a checksum that a variables file brings. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  '37a6259cc0c1dae299a7866489dff0bd',
  'd41d8cd98f00b204e9800998ecf8427e',
  '2be88ca4242c76e8253ac62474851065032d6833',
  'da39a3ee5e6b4b0d3255bfef95601890afd80709',
]);

export default definePackerRule({
  id: 'iso-checksum-weak',
  summary: 'An image is verified with MD5 or SHA-1',
  policies: ['G2', 'G13'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(file, _context, build) {
    for (const { checksum, url } of mediaOf(file, build)) {
      if (!checksum || checksumStrength(checksum) !== 'weak') continue;
      const text = checksum.text.trim().toLowerCase();
      if (PLACEHOLDERS.has(text.slice(text.indexOf(':') + 1))) continue;
      if (isSaidEarlier(file, checksum)) continue;
      const kind = text.startsWith('md5:') || text.length === 32 ? 'MD5' : 'SHA-1';
      yield {
        message: `${kind} is too weak to verify an image`,
        help: 'Use the published SHA-256 or SHA-512 checksum',
        span: checksum.value.span,
        // Whoever has put a file there has it from elsewhere.
        ...(url && isRemote(url) === false && { severity: 'info' }),
        causes: [placeCause('medium', checksum.value.span), `weak ${checksum.text}`],
        related: checksum.definitions.map(span => ({ message: 'Default is set here', origin: true, span })),
      };
    }
  },
});
