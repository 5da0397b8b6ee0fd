import { placeCause } from '../../../core/causes.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { Span } from '../../../core/text.ts';
import { machineImageFix } from '../../../facts/end-of-life/machine-images.ts';
import { dependsOnRelease, isNamedAfter } from '../../../facts/end-of-life/named-after.ts';
import { endingsIn, moveTo, releaseEndings, sayEndings } from '../../../facts/end-of-life/of-build.ts';
import { supportStatus } from '../../../facts/end-of-life/support-status.ts';
import { successorFixes } from '../../../facts/image-tags/fixes.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';

export default defineBuildRule({
  id: 'end-of-life-base',
  summary: 'A base release is past its end of life',
  policies: ['G6'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: 'always',
  since: '2026.11',
  aliases: ['tally:ruby/eol-ruby-version'],
  *check(build, { path, project, today }) {
    if (today === undefined) return;
    const shipped = shippedStages(build, project.targets);
    const isShipped = ({ start, file }: Span) =>
      build.language !== 'dockerfile' ||
      file !== undefined ||
      !build.stages.some(stage => stage.span.start <= start && start < stage.span.end && !shipped.has(stage));
    for (const { certain, definitions, endings, image, machine, span } of endingsIn(build)) {
      const past = endings.filter(({ date }) => supportStatus(date, today) === 'past');
      if (past.length === 0) continue;
      const isKept = past.every(one => isNamedAfter(path, one)) || build.hasLaterRelease?.() === true;
      const isBound =
        isKept || (build.language === 'dockerfile' && past.some(one => dependsOnRelease(build.source.text, one)));
      yield {
        message: `${sayEndings(past, today)}${certain ? '' : ' (from a default value)'}`,
        help: moveTo(past, today),
        endings: releaseEndings(past),
        span,
        // What only builds is not delivered, and what is kept for an old release is meant to be one.
        ...(isShipped(span) && !isKept ? {} : { severity: 'info' }),
        causes: [placeCause('base', span), `end of life ${sayEndings(past, today)}`],
        related: definitions.map(definition => ({ message: 'Default is set here', origin: true, span: definition })),
        // Another base alone breaks what is written for this one.
        fixes: isBound
          ? []
          : image
            ? successorFixes(image, past, today, build)
            : [machine && machineImageFix(machine, past, today, build)],
      };
    }
  },
});
