import { overlaps, type Span } from '../../../core/text.ts';
import { isRemote, movingPart } from '../../../facts/install-media.ts';
import { isSaidEarlier, mediaOf } from '../../../languages/packer/media.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerTree } from '../../../languages/packer/tree.ts';
import { releaseDirectoryFix } from './release-directory.ts';

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
    for (const medium of mediaOf(file, build)) {
      const { url } = medium;
      const found = url && isRemote(url) !== false ? movingPart(url) : undefined;
      if (!url || !found || isSaidEarlier(file, url)) continue;
      const { definitions, value } = url;
      const known = value.source.text === url.text;
      yield {
        message: `\`${found.word}\` in this URL moves with each ${/daily|nightly|build/i.test(found.word) ? 'build' : 'release'}`,
        help: 'Use the directory of an exact version or a dated build',
        span: known ? value.source.spanOf(found.start, found.end) : value.span,
        causes: [`moving ${url.text}`],
        ...(followsOnPurpose(file, value.span) && { severity: 'info' }),
        related: saying(found.word, definitions, file).map(span => ({
          message: 'Default is set here',
          origin: true,
          span,
        })),
        fixes: [releaseDirectoryFix(medium, build)],
      };
    }
  },
});

/** Of the defaults that make up a URL, those with its moving part. */
function saying(word: string, definitions: readonly Span[], { module }: PackerTree): readonly Span[] {
  const those = definitions.filter(({ file, start, end }) =>
    module.variables.some(
      ({ default: value, nameSpan: at }) =>
        at.file === file && start <= at.start && at.end <= end && value?.written.text.includes(word),
    ),
  );
  return those.length > 0 ? those : definitions;
}

/** Whether the source is called after what it follows: `ubuntu-latest`. */
function followsOnPurpose({ module }: PackerTree, at: Span): boolean {
  return module.sources.some(({ name, span }) => overlaps(span, at) && FOLLOWING.test(name));
}
const FOLLOWING = /(?:^|[-_.])(?:latest|current|daily|nightly|rolling|newest)(?:$|[-_.])/i;
