import { defineBuildRule } from '../../../core/rule.ts';
import { sshdSettings } from '../../../facts/sshd-settings.ts';

export default defineBuildRule({
  id: 'ssh-password-login-left',
  summary: 'The image takes passwords over SSH',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  *check(build, { project }) {
    if (project.kind === 'vagrant' || project.kind === 'ci-runner') return;
    for (const { keyword, value, span } of sshdSettings(build))
      if (keyword === 'passwordauthentication' && value === 'yes')
        yield {
          message:
            'SSH takes passwords, which are guessed day and night from wherever this can be reached; keys cannot be guessed.',
          span,
        };
  },
});
