import { placeCause } from '../../../core/causes.ts';
import { quoted } from '../../../core/quoted.ts';
import { parseImageReference } from '../../../facts/image-reference.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'base-image-without-digest',
  summary: 'An image is pinned by tag but not by digest',
  policies: ['G2', 'G13'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'strict',
  needs: { instructions: ['FROM'] },
  since: '2026.11',
  aliases: ['semgrep:dockerfile-source-not-pinned', 'sonar:S7023', 'docker-scout:not_pinned_digest'],
  *check(_file, _context, build) {
    for (const { fromRepository, reference } of build.images) {
      const image = reference.byDefault === undefined ? undefined : parseImageReference(reference.byDefault);
      // `unpinned-base-image` and `latest-tag` report names without a tag and with `latest`.
      if (!image || image.digest !== undefined || image.tag === undefined || image.tag === 'latest') continue;
      if (fromRepository?.() === 'built') continue;
      yield {
        message: `${quoted(reference.byDefault!)} has no digest`,
        help: 'Add the digest that `docker buildx imagetools inspect` shows: `@sha256:…`',
        span: reference.span,
        causes: [placeCause('base', reference.span), `no digest ${reference.byDefault}`],
      };
    }
  },
});
