import { defineBuildRule } from '../../../core/rule.ts';
import { endingsIn, sayEndings } from '../../../facts/end-of-life/of-build.ts';
import { standing } from '../../../facts/end-of-life/standing.ts';

export default defineBuildRule({
  id: 'end-of-life-soon',
  summary: 'The image is built on a release that is supported for 90 more days at most',
  policies: ['G6'],
  category: 'security',
  severity: 'info',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  *check(build, { today }) {
    if (today === undefined) return;
    for (const { certain, definitions, endings, span } of endingsIn(build)) {
      const soon = endings.filter(({ date }) => standing(date, today) === 'soon');
      if (soon.length === 0) continue;
      yield {
        message: `${sayEndings(soon, 'reaches')}${certain ? '' : ' (used by default)'}, and no security fixes follow after that day.`,
        span,
        related: definitions.map(definition => ({ message: 'The default comes from here.', span: definition })),
      };
    }
  },
});
