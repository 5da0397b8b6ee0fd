import type { Span } from '../../../core/text.ts';
import { instructionOf, runOf } from '../../../languages/dockerfile/lower.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveUser, finalStages } from '../../../languages/dockerfile/stages.ts';
import type { DockerfileTree, DockerStage } from '../../../languages/dockerfile/tree.ts';
import { invocationsOfStep } from '../../../shell/invocations.ts';

export default defineDockerfileRule({
  id: 'created-user-unused',
  summary: 'A user is made for the application, which runs as root all the same',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  since: '2026.11',
  aliases: ['tally:user-created-but-never-used'],
  *check(file, { project }, build) {
    for (const stage of finalStages(file, project.targets)) {
      if (effectiveUser(stage) || !startsItsProgram(file, stage)) continue;
      let made: { readonly name: string; readonly span: Span } | undefined;
      for (const step of build.stages[stage.index]?.steps ?? []) {
        if (step.kind !== 'run' || !runOf(step) || instructionOf(step)?.stage !== stage) continue;
        for (const invocation of invocationsOfStep(step)) {
          const name = invocation.args.at(-1)?.literal;
          if (!/^(?:useradd|adduser)$/.test(invocation.program) || name === undefined) continue;
          if (/^[a-z_][\w-]*$/.test(name)) made = { name, span: invocation.script.spanOf(invocation.command) };
        }
      }
      if (made)
        yield {
          message: `\`${made.name}\` is made here and no \`USER ${made.name}\` follows, so the application runs as root.`,
          span: made.span,
        };
    }
  },
});

/** Programs that start as root and change to their own user by themselves, and those that do it for others. */
const CHANGES_USER =
  /\b(?:gosu|su-exec|setpriv|runuser|chpst|setuidgid|sudo|su|s6|supervisord?|runit|runsvdir|systemd|init|tini-su|nginx|httpd|apache2?|haproxy|php-fpm|sshd|postfix|named|unbound|dovecot|vsftpd|proftpd|squid|crond?|slapd|dnsmasq|chronyd?|ntpd|tor|memcached|varnishd|mysqld|mariadbd|postgres|rsyslogd|exim)\b/;

/** Whether CMD or ENTRYPOINT start a program that is known not to change its user: no script, no daemon of its own. */
function startsItsProgram(file: DockerfileTree, stage: DockerStage): boolean {
  const commands = stage.instructions.flatMap(one => (one.kind === 'cmd' || one.kind === 'entrypoint' ? [one] : []));
  const texts = commands.map(({ rest }) => rest.text.slice(0, 2000));
  if (
    texts.length === 0 ||
    texts.some(text => CHANGES_USER.test(text) || /\.sh\b|entrypoint|start|run\b|\bsh\b|bash/.test(text))
  )
    return false;
  const whole = file.source.text.slice(stage.span.start, stage.span.end);
  return !/\b(?:gosu|su-exec|setpriv|runuser|setuidgid|sudo)\b/.test(whole);
}
