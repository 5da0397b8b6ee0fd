import type { ImageBuild } from '../../../core/build.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Span } from '../../../core/text.ts';
import { createdAccountOf } from '../../../facts/created-accounts.ts';
import { instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveUser, finalStages } from '../../../languages/dockerfile/stages.ts';
import { instructionOf, runOf } from '../../../languages/dockerfile/step-instruction.ts';
import type { DockerfileTree, DockerStage } from '../../../languages/dockerfile/tree.ts';
import { invocationsOfStep } from '../../../shell/invocations.ts';

export default defineDockerfileRule({
  id: 'created-user-unused',
  summary: 'The image creates a user, but its program runs as root',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  needs: { programs: ['useradd', 'adduser'] },
  since: '2026.11',
  aliases: ['tally:user-created-but-never-used'],
  *check(file, { project }, build) {
    for (const stage of finalStages(file, project.targets)) {
      if (effectiveUser(stage) || selectsUserLater(stage) || !startsItsProgram(file, stage)) continue;
      let made: { readonly name: string; readonly span: Span } | undefined;
      // The last one that is created, in the stage or in those that it starts from.
      for (
        let at: DockerStage | undefined = stage;
        at && !made;
        at = at.base.kind === 'stage' ? at.base.stage : undefined
      )
        for (const step of build.stages[at.index]?.steps ?? []) {
          if (step.kind !== 'run' || !runOf(step) || instructionOf(step)?.stage !== at) continue;
          for (const invocation of invocationsOfStep(step)) {
            const name = createdAccountOf(invocation)?.name ?? '';
            if (/^[a-z_][\w-]*$/.test(name)) made = { name, span: invocation.script.spanOf(invocation.command) };
          }
        }
      // An account with a password is for logins.
      if (made && !hasPassword(build, made.name))
        yield {
          message: `User ${quoted(made.name)} is created, but the container still runs as root`,
          help: `Add ${quoted(`USER ${made.name}`)} after the last step that needs root`,
          span: made.span,
        };
    }
  },
});

/** Whether `chpasswd` is given a password for the account. */
function hasPassword({ stages }: ImageBuild, name: string): boolean {
  return stages.some(({ steps }) =>
    steps.some(step => {
      const text = step.kind === 'run' ? (step.script?.text.text ?? '') : '';
      return /\bchpasswd\b/.test(text) && text.split(/[\s"']+/).some(word => word.startsWith(`${name}:`));
    }),
  );
}

/** `ONBUILD USER app`: the images made from this one select it. */
function selectsUserLater(stage: DockerStage): boolean {
  return instructionsOf(stage).some(({ kind, trigger }) => kind === 'user' && trigger !== undefined);
}

/** Programs that start as root and drop it themselves, and programs that drop it for others. */
const CHANGES_USER =
  /\b(?:gosu|su-exec|setpriv|runuser|chpst|setuidgid|sudo|su|s6|supervisord?|runit|runsvdir|systemd|init|tini-su|nginx|httpd|apache2?|haproxy|php-fpm|sshd|postfix|named|unbound|dovecot|vsftpd|proftpd|squid|crond?|slapd|dnsmasq|chronyd?|ntpd|tor|memcached|varnishd|mysqld|mariadbd|postgres|rsyslogd|exim)\b/;

/** Whether CMD and ENTRYPOINT start a program that does not change its user: not a script, and none of the above. */
function startsItsProgram(file: DockerfileTree, stage: DockerStage): boolean {
  const commands = stage.instructions.flatMap(one => (one.kind === 'cmd' || one.kind === 'entrypoint' ? [one] : []));
  // `ENTRYPOINT []` takes away that of the base.
  const texts = commands.map(({ rest }) => rest.text.slice(0, 2000)).filter(text => text.trim() !== '[]');
  if (
    texts.length === 0 ||
    texts.some(text => CHANGES_USER.test(text) || /\.sh\b|entrypoint|start|run\b|\bsh\b|bash/.test(text))
  )
    return false;
  const whole = file.source.text.slice(stage.span.start, stage.span.end);
  return !/\b(?:gosu|su-exec|setpriv|runuser|setuidgid|sudo)\b/.test(whole);
}
