import { placeCause } from '../../../core/causes.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { endingsIn, moveTo, sayEndings } from '../../../facts/end-of-life/of-build.ts';
import { supportStatus } from '../../../facts/end-of-life/support-status.ts';

export default defineBuildRule({
  id: 'end-of-life-base',
  summary: 'The base is a release that is past its end of life',
  policies: ['G6'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: 'always',
  since: '2026.11',
  aliases: ['tally:ruby/eol-ruby-version'],
  *check(build, { today }) {
    if (today === undefined) return;
    for (const { certain, definitions, endings, span } of endingsIn(build)) {
      const past = endings.filter(({ date }) => supportStatus(date, today) === 'past');
      if (past.length === 0) continue;
      yield {
        message: `${sayEndings(past, today)}${certain ? '' : ' (from a default value)'}`,
        help: moveTo(past, today),
        span,
        causes: [placeCause('base', span), `end of life ${sayEndings(past, today)}`],
        related: definitions.map(definition => ({ message: 'Default is set here', origin: true, span: definition })),
      };
    }
  },
});
