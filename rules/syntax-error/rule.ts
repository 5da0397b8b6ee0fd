import { defineBuildRule } from '../../core/rule.ts';

export default defineBuildRule({
  id: 'syntax-error',
  summary: 'The tool that reads this file would refuse it',
  policy: 'G13',
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  check: build => build.problems,
});
