import { defineBuildRule } from '../../../core/rule.ts';
import { sshdSettings } from '../../../facts/sshd-settings.ts';

export default defineBuildRule({
  id: 'root-login-left',
  summary: 'The image lets root log in over SSH',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  *check(build, { project }) {
    if (project.kind === 'vagrant' || project.kind === 'ci-runner') return;
    for (const { keyword, value, span } of sshdSettings(build))
      if (keyword === 'permitrootlogin' && value === 'yes')
        yield {
          message: 'Root may log in over SSH with a password: one guess is everything, and no log says who it was.',
          span,
        };
  },
});
