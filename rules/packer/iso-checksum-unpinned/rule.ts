import { placeCause } from '../../../core/causes.ts';
import { checksumStrength, movingPart } from '../../../facts/install-media.ts';
import { mediaOf } from '../../../languages/packer/media.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

export default definePackerRule({
  id: 'iso-checksum-unpinned',
  summary: 'The checksum of an image is downloaded during every build',
  policies: ['G2', 'G13'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'strict',
  needs: 'always',
  since: '2026.11',
  *check(file, _context, build) {
    for (const { checksum, url } of mediaOf(file, build)) {
      if (!checksum || checksumStrength(checksum) !== 'fetched') continue;
      yield {
        message: 'Checksum is read from a URL at build time: the image can change unnoticed',
        help:
          url && movingPart(url)
            ? 'Use the URL of one release, and write its published checksum here: `sha256:…`'
            : 'Write the published checksum here: `sha256:…`',
        span: checksum.value.span,
        causes: [placeCause('medium', checksum.value.span), `fetched ${checksum.text}`],
        related: checksum.definitions.map(span => ({ message: 'Default is set here', origin: true, span })),
      };
    }
  },
});
