import { defineBuildRule } from '../../../core/rule.ts';
import { FILE_WRITE_NEEDS } from '../../../facts/file-writes.ts';
import { sshdSettings } from '../../../facts/sshd-settings.ts';
import { isThrowAway } from '../../../facts/throw-away-images.ts';

export default defineBuildRule({
  id: 'root-login-left',
  summary: 'The SSH server accepts passwords for root',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: FILE_WRITE_NEEDS,
  since: '2026.11',
  *check(build, { project }) {
    if (project.kind === 'vagrant' || project.kind === 'ci-runner') return;
    const settings = sshdSettings(build);
    const takesNoPasswords = new Set(
      settings.flatMap(({ keyword, value, stage }) =>
        keyword === 'passwordauthentication' && value === 'no' ? [stage] : [],
      ),
    );
    for (const { keyword, span, stage, value, written } of settings)
      if (keyword === 'permitrootlogin' && value === 'yes' && !takesNoPasswords.has(stage)) {
        // The template of a seed is linted with what it leaves.
        if (build.continued && build.language === 'cloud-init') return;
        yield {
          ...(/--allow-ssh\b/.test(written) ? IN_KICKSTART : IN_SSHD),
          span,
          // A template that starts from the image may undo it.
          ...(build.continued && { severity: 'info' }),
          ...(isThrowAway(build, project) && { severity: 'info', preset: 'strict' }),
        };
      }
  },
});

const IN_SSHD = {
  message: '`PermitRootLogin yes` lets root log in over SSH with a password',
  help: 'Set it to `no` or `prohibit-password`',
};
/** A line of kickstart does the same: https://pykickstart.readthedocs.io/en/latest/kickstart-docs.html#rootpw */
const IN_KICKSTART = {
  message: '`--allow-ssh` lets root log in over SSH with a password',
  help: 'Remove `--allow-ssh`',
};
