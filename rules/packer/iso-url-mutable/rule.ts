import { isRemote, movingPart } from '../../../facts/install-media.ts';
import { mediaOf } from '../../../languages/packer/media.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

export default definePackerRule({
  id: 'iso-url-mutable',
  summary: 'The URL of an image points to a moving release',
  policies: ['G2', 'G13'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(file, _context, build) {
    for (const { url } of mediaOf(file, build)) {
      const found = url && isRemote(url) !== false ? movingPart(url) : undefined;
      if (!url || !found) continue;
      const { definitions, value } = url;
      const known = value.source.text === url.text;
      yield {
        message: `\`${found.word}\` in this URL always points to the newest build`,
        help: 'Use the URL of a dated build or an exact version',
        span: known ? value.source.spanOf(found.start, found.end) : value.span,
        causes: [`moving ${url.text}`],
        related: definitions.map(span => ({ message: 'Default is set here', origin: true, span })),
      };
    }
  },
});
