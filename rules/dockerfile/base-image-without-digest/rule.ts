import { parseImageReference } from '../../../facts/image-reference.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'base-image-without-digest',
  summary: 'An image is named by a tag, which can be moved, and not by its digest',
  policies: ['G2'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'strict',
  since: '2026.11',
  aliases: ['semgrep:dockerfile-source-not-pinned', 'sonar:S7023', 'docker-scout:not_pinned_digest'],
  *check(_file, _context, build) {
    for (const { reference } of build.images) {
      const image = reference.byDefault === undefined ? undefined : parseImageReference(reference.byDefault);
      // Without a tag, or with `latest`, the name itself is the matter: that is for `unpinned-base-image` and `latest-tag`.
      if (!image || image.digest !== undefined || image.tag === undefined || image.tag === 'latest') continue;
      yield {
        message: `\`${reference.byDefault}\` has no digest, so tomorrow's build may start from other bytes under the same name.`,
        span: reference.span,
      };
    }
  },
});
