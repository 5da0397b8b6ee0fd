import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { createdAccountOf } from '../../../facts/created-accounts.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveUser, finalStages, isWindows, rootOf, userOnBuild } from '../../../languages/dockerfile/stages.ts';
import { invocationsIn } from '../../../shell/invocations.ts';

export default defineDockerfileRule({
  id: 'user-not-numeric',
  summary: 'The user of the image is a name instead of a number',
  policies: ['G10'],
  category: 'security',
  severity: 'hint',
  preset: 'all',
  needs: { instructions: ['USER'] },
  since: '2026.11',
  aliases: ['hadolint:DL3066'],
  *check(file, { project }, build) {
    const numbers = new Map<string, string>();
    for (const { invocation } of invocationsIn(build)) {
      const account = createdAccountOf(invocation);
      if (account?.uid !== undefined && /^\d{1,10}$/.test(account.uid)) numbers.set(account.name, account.uid);
    }
    for (const stage of finalStages(file, project.targets)) {
      const root = rootOf(stage);
      if (root && isWindows(root.stage)) continue;
      const { user } = userOnBuild(stage) ?? effectiveUser(stage) ?? {};
      const text = user?.literal ?? user?.byDefault;
      const name = text?.split(':')[0];
      if (!user || name === undefined || !/^[A-Za-z_][\w.-]*$/.test(name) || name === 'root') continue;
      const uid = numbers.get(name);
      yield {
        message: `Kubernetes \`runAsNonRoot\` cannot verify the user name ${quoted(name)}`,
        help: uid === undefined ? `Use the numeric ID of ${quoted(name)}` : `Write \`${uid}\``,
        span: user.span,
        fixes: [
          uid !== undefined && user.source.text === text
            ? fix('suggested', `Change it to \`${uid}\``, user.source.replace(0, name.length, uid))
            : undefined,
        ],
      };
    }
  },
});
