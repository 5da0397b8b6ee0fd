import { placeCause } from '../../../core/causes.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { Span } from '../../../core/text.ts';
import { isKeptFor, moveFixes } from '../../../facts/end-of-life/moves.ts';
import { endingsIn, moveTo, releaseEndings, sayEndings } from '../../../facts/end-of-life/of-build.ts';
import { supportStatus } from '../../../facts/end-of-life/support-status.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';

export default defineBuildRule({
  id: 'end-of-life-base',
  summary: 'A base image or operating system is past its end of life',
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
    for (const named of endingsIn(build)) {
      const { certain, definitions, endings, image, span } = named;
      const past = endings.filter(({ date }) => supportStatus(date, today) === 'past');
      if (past.length === 0) continue;
      const isKept = isKeptFor(past, build, path);
      yield {
        message: `${sayEndings(past, today)}${certain ? '' : ' (from a default value)'}`,
        help: moveTo(past, today),
        endings: releaseEndings(past),
        span,
        // What only builds is not delivered, and what is kept for an old release is meant to be one.
        ...(isShipped(span) && !isKept ? {} : { severity: 'info' }),
        // All that builds the file here gives another one.
        ...(image?.fromRepository() === 'given' && { severity: 'info' as const, preset: 'strict' as const }),
        causes: [placeCause('base', span), `end of life ${sayEndings(past, today)}`],
        related: definitions.map(definition => ({ message: 'Default is set here', origin: true, span: definition })),
        fixes: moveFixes(named, past, { build, path, today }),
      };
    }
  },
});
