import { type Fix, fix } from '../../../core/finding.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { type ManagerCommand, managerCommand } from '../../../facts/packages/commands.ts';
import { invocationsIn } from '../../../shell/invocations.ts';
import { insertAfter } from '../../../shell/word-edits.ts';

/** Verbs that mean the same in `apt-get`. */
const SAME =
  /^(?:install|reinstall|update|remove|purge|autoremove|autopurge|auto-remove|clean|autoclean|build-dep|source|download|satisfy|changelog)$/;

/** Verbs that `apt-get` has under another name or with another option. */
const UPGRADES = /^(?:full-)?upgrade$/;

export default defineBuildRule({
  id: 'apt-instead-of-apt-get',
  summary: 'A script calls `apt` instead of `apt-get`',
  policies: [],
  category: 'style',
  severity: 'info',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { programs: ['apt'] },
  since: '2026.11',
  aliases: [
    'hadolint:DL3027',
    'tally:hadolint/DL3027',
    'checkov:CKV_DOCKER_9',
    'kics:run_using_apt',
    'semgrep:prefer-apt-get',
  ],
  *check(build) {
    for (const { invocation } of invocationsIn(build)) {
      if (invocation.program !== 'apt') continue;
      const command = managerCommand(invocation);
      if (!command) continue;
      const { script, programWord } = invocation;
      yield {
        message: '`apt` has no stable interface for scripts',
        help: helpFor(command.verb),
        span: script.spanOf(programWord),
        fixes: [byAptGet(command)],
      };
    }
  },
});

function helpFor(verb: string): string {
  if (verb === 'upgrade') return 'Use `apt-get upgrade --with-new-pkgs`';
  if (verb === 'full-upgrade') return 'Use `apt-get dist-upgrade`';
  return SAME.test(verb) || UPGRADES.test(verb) ? 'Use `apt-get`' : 'Use `apt-cache` or `dpkg-query`';
}

function byAptGet({ verb, word, invocation: { script, programWord } }: ManagerCommand): Fix | undefined {
  // Only the name is replaced, wherever it is called from: `/usr/bin/apt`.
  const { value } = programWord;
  const name = value.replace(value.text.length - 'apt'.length, value.text.length, 'apt-get');
  if (SAME.test(verb)) return fix('safe', 'Use `apt-get`', name);
  // `apt upgrade` may install new packages, `apt-get upgrade` does so only with the option.
  if (verb === 'upgrade')
    return fix('safe', 'Use `apt-get upgrade --with-new-pkgs`', name, insertAfter(script, word, ' --with-new-pkgs'));
  if (verb !== 'full-upgrade') return undefined;
  return fix('safe', 'Use `apt-get dist-upgrade`', name, word.value.replace(0, word.value.text.length, 'dist-upgrade'));
}
