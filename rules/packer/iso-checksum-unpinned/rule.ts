import { checksumStrength, installMedia } from '../../../facts/install-media.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

export default definePackerRule({
  id: 'iso-checksum-unpinned',
  summary: 'The checksum is read from the network when the image is built',
  policies: ['G2'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'strict',
  since: '2026.11',
  *check(_file, _context, build) {
    for (const { checksum } of installMedia(build)) {
      if (!checksum || checksumStrength(checksum) !== 'fetched') continue;
      yield {
        message:
          'The sum is fetched anew by every build, so it tells a damaged download but not an image that was exchanged together with its list.',
        span: checksum.value.span,
        related: checksum.definitions.map(span => ({ message: 'The default comes from here.', span })),
      };
    }
  },
});
