import type { ImageBuild } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { emptyPasswords, PASSWORD_PROGRAMS } from '../../../facts/empty-passwords.ts';
import { FILE_WRITE_NEEDS } from '../../../facts/file-writes.ts';
import { setupTexts } from '../../../facts/setup-texts.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import { sshdSettings } from '../../../facts/sshd-settings.ts';
import { isThrowAway } from '../../../facts/throw-away-images.ts';

/** What asks for a password. */
const ASKING = ['sudo', 'sshd', 'openssh', 'wheel'];

export default defineBuildRule({
  id: 'empty-password',
  summary: 'An account has an empty password, or SSH accepts one',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { steps: FILE_WRITE_NEEDS.steps!, programs: [...FILE_WRITE_NEEDS.programs!, ...PASSWORD_PROGRAMS] },
  since: '2026.11',
  *check(build, { project }) {
    if (project.kind === 'vagrant' || project.kind === 'ci-runner') return;
    const shipped = shippedStages(build, project.targets);
    for (const { keyword, value, span, stage } of sshdSettings(build))
      if (keyword === 'permitemptypasswords' && value === 'yes' && shipped.has(stage))
        yield {
          message: '`PermitEmptyPasswords yes` allows SSH logins with an empty password',
          help: 'Remove it: the default is `no`',
          span,
          ...(isThrowAway(build, project) && { severity: 'info', preset: 'strict' }),
        };
    for (const { account, isNew, lock, span, stage } of emptyPasswords(build))
      if (shipped.has(stage))
        yield {
          message: `${nameOf(account)} has an empty password: anyone can log in or switch to it`,
          help: isNew
            ? 'Remove this: a new account has a locked password'
            : 'Lock it with `passwd -l`, and log in with keys',
          span,
          fixes: [lock],
          ...(isThrowAway(build, project) ? { severity: 'info', preset: 'strict' } : weightIn(build)),
        };
  },
});

function nameOf(account: string): string {
  return /^[\w.-]{1,32}$/.test(account) ? quoted(account) : 'An account';
}

/** A container without sudo, su and sshd has nothing that asks for a password. */
function weightIn(build: ImageBuild): Pick<Finding, 'preset'> {
  if (build.language !== 'dockerfile') return {};
  const asks = setupTexts(build, ASKING).length > 0;
  return asks ? {} : { preset: 'strict' };
}
