import { defineBuildRule } from '../../../core/rule.ts';
import { endingsIn, sayEndings } from '../../../facts/end-of-life/of-build.ts';
import { standing } from '../../../facts/end-of-life/standing.ts';

export default defineBuildRule({
  id: 'end-of-life-base',
  summary: 'The image is built on a release that gets no security fixes any more',
  policies: ['G6'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  aliases: ['tally:ruby/eol-ruby-version'],
  *check(build, { today }) {
    if (today === undefined) return;
    for (const { certain, definitions, endings, span } of endingsIn(build)) {
      const past = endings.filter(({ date }) => standing(date, today) === 'past');
      if (past.length === 0) continue;
      yield {
        message: `${sayEndings(past, 'reached')}${certain ? '' : ' (used by default)'}, so holes found since then stay open in everything that is built on it.`,
        span,
        related: definitions.map(definition => ({ message: 'The default comes from here.', span: definition })),
      };
    }
  },
});
