import { defineBuildRule } from '../../../core/rule.ts';
import { FILE_WRITE_NEEDS } from '../../../facts/file-writes.ts';
import { sshdSettings } from '../../../facts/sshd-settings.ts';

export default defineBuildRule({
  id: 'ssh-password-login-left',
  summary: 'A build enables SSH password logins',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: FILE_WRITE_NEEDS,
  since: '2026.11',
  *check(build, { project }) {
    // What a template does after its seed is in the template, with what the seed leaves.
    if (build.continued || project.kind === 'vagrant' || project.kind === 'ci-runner') return;
    for (const { keyword, value, span } of sshdSettings(build))
      if (keyword === 'passwordauthentication' && value === 'yes')
        yield {
          message: '`PasswordAuthentication yes` enables SSH password login',
          help: 'Write `PasswordAuthentication no`, and use SSH keys',
          span,
          // A key of cloud-init says the same.
          ...(build.language === 'cloud-init' && { causes: ['ssh password login'] }),
        };
  },
});
