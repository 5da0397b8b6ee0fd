import { defineBuildRule } from '../../../core/rule.ts';

export default defineBuildRule({
  id: 'unused-ignore',
  summary: 'An ignore comment has no effect',
  policies: [],
  category: 'style',
  severity: 'info',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: 'always',
  since: '2026.11',
  // The linter reports these itself: only it knows, once all rules have run, what a comment silenced.
  check: () => [],
});
