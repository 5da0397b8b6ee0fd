import { defineBuildRule } from '../../../core/rule.ts';

export default defineBuildRule({
  id: 'unused-ignore',
  summary: 'A comment ignores a rule that finds nothing there',
  policies: ['G13'],
  category: 'style',
  severity: 'info',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  // The linter reports these itself: only it knows, once all rules have run, what a comment silenced.
  check: () => [],
});
