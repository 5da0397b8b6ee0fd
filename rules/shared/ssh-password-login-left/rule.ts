import type { ImageBuild } from '../../../core/build.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { FILE_WRITE_NEEDS } from '../../../facts/file-writes.ts';
import { sshdSettings } from '../../../facts/sshd-settings.ts';
import { isThrowAway } from '../../../facts/throw-away-images.ts';

/** Whether Packer itself logs in with a password: without it, nothing is built. */
function isOwnLogin(build: ImageBuild): boolean {
  return build.stages.some(({ steps }) =>
    steps.some(step => step.kind === 'credential' && step.use === 'build' && step.name === 'ssh_password'),
  );
}

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
    if (project.kind === 'vagrant' || project.kind === 'ci-runner') return;
    for (const { keyword, value, span } of sshdSettings(build))
      if (keyword === 'passwordauthentication' && value === 'yes') {
        // The template of a seed is linted with what it leaves.
        if (build.continued && build.language === 'cloud-init') return;
        yield {
          message: '`PasswordAuthentication yes` enables SSH password login',
          help: isOwnLogin(build)
            ? 'Set it back to `no` in the last step, or give Packer an SSH key'
            : 'Write `PasswordAuthentication no`, and use SSH keys',
          span,
          ...(isThrowAway(build, project) && { severity: 'info', preset: 'strict' }),
          // A template that starts from the image may undo it.
          ...(build.continued && { severity: 'info' }),
          // A key of cloud-init says the same.
          ...(build.language === 'cloud-init' && { causes: ['ssh password login'] }),
        };
      }
  },
});
