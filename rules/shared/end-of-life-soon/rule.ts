import type { ImageBuild } from '../../../core/build.ts';
import { placeCause } from '../../../core/causes.ts';
import { memo } from '../../../core/memo.ts';
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
        ...(basesInMatrix(build).some(base => overlaps(base, span)) && { preset: 'strict' as const }),
        causes: [placeCause('base', span), `end of life ${sayEndings(soon, today)}`],
        related: definitions.map(definition => ({ message: 'Default is set here', origin: true, span: definition })),
        fixes: moveFixes(named, soon, { build, path, today }),
      };
    }
  },
});

/** The bases of which a file has at least three versions: a matrix of tests. */
const basesInMatrix = memo(({ images }: ImageBuild): readonly Span[] => {
  const named = images.flatMap(({ reference, span, use }) => {
    const { name, tag } = parseImageReference(reference.literal ?? reference.byDefault ?? '') ?? {};
    const version = /^\d{1,6}(?:\.\d{1,6})?/.exec(tag ?? '')?.[0];
    return use === 'base' && name !== undefined && version !== undefined ? [{ name, span, version }] : [];
  });
  const versions = new Map<string, Set<string>>();
  for (const { name, version } of named) versions.set(name, (versions.get(name) ?? new Set()).add(version));
  return named.flatMap(({ name, span }) => (versions.get(name)!.size >= 3 ? [span] : []));
});
