import type { ImageBuild } from '../../../core/build.ts';
import { placeCause } from '../../../core/causes.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { overlaps, type Span } from '../../../core/text.ts';
import { moveFixes } from '../../../facts/end-of-life/moves.ts';
import { endingsIn, moveTo, releaseEndings, sayEndings } from '../../../facts/end-of-life/of-build.ts';
import { supportStatus } from '../../../facts/end-of-life/support-status.ts';
import { parseImageReference } from '../../../facts/image-reference.ts';

export default defineBuildRule({
  id: 'end-of-life-soon',
  summary: 'A base image or operating system reaches its end of life within 90 days',
  policies: ['G6'],
  category: 'security',
  severity: 'info',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: 'always',
  since: '2026.11',
  *check(build, { path, today }) {
    if (today === undefined) return;
    for (const named of endingsIn(build)) {
      const { certain, definitions, endings, span } = named;
      const soon = endings.filter(({ date }) => supportStatus(date, today) === 'soon');
      if (soon.length === 0) continue;
      yield {
        message: `${sayEndings(soon, today)}${certain ? '' : ' (from a default value)'}`,
        help: moveTo(soon, today),
        endings: releaseEndings(soon),
        span,
        // A file that has each version is to have this one until its end.
        ...(isInMatrix(span, build) && { preset: 'strict' as const }),
        causes: [placeCause('base', span), `end of life ${sayEndings(soon, today)}`],
        related: definitions.map(definition => ({ message: 'Default is set here', origin: true, span: definition })),
        fixes: moveFixes(named, soon, { build, path, today }),
      };
    }
  },
});

/** Whether the image is one of at least three versions of one repository in the same file: a matrix of tests. */
function isInMatrix(span: Span, { images }: ImageBuild): boolean {
  const named = images.flatMap(image => {
    const parsed = parseImageReference(image.reference.literal ?? image.reference.byDefault ?? '');
    return image.use === 'base' && parsed ? [{ name: parsed.name, span: image.span, tag: parsed.tag }] : [];
  });
  const own = named.find(one => overlaps(one.span, span));
  return own !== undefined && new Set(named.filter(({ name }) => name === own.name).map(({ tag }) => tag)).size >= 3;
}
