import { fix } from '../../../core/finding.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { insertAfter, lacksFlag, optionValue } from '../../../shell/arguments.ts';

/** https://man7.org/linux/man-pages/man8/useradd.8.html */
const VALUED =
  '-b -c -d -e -f -g -G -k -K -p -R -P -s -Z --base-dir --comment --home-dir --expiredate --inactive --gid --groups --skel --key --password --root --prefix --shell --selinux-user'.split(
    ' ',
  );
/** A log file of this many records makes a layer noticeably larger. */
const LONG = 100_000;

export default defineDockerfileRule({
  id: 'useradd-long-uid',
  summary: '`useradd` with a high user id makes the layer huge',
  policies: ['G14'],
  category: 'size',
  severity: 'warning',
  preset: 'recommended',
  needs: { programs: ['useradd'] },
  since: '2026.11',
  aliases: ['hadolint:DL3046', 'tally:hadolint/DL3046'],
  *check(_file, _context, build) {
    for (const { invocation } of setupCommands(build)) {
      const { program, programWord, script } = invocation;
      if (program !== 'useradd' || !lacksFlag(invocation, '-l', '--no-log-init', '-D', '--defaults')) continue;
      const uid = optionValue(invocation, ['-u', '--uid'], VALUED);
      if (uid?.literal === undefined || !/^\d{1,10}$/.test(uid.literal) || Number(uid.literal) < LONG) continue;
      yield {
        message: `User id ${uid.literal} makes \`useradd\` write a huge log file into the layer`,
        span: script.spanOf(programWord),
        fixes: [fix('safe', 'Add `--no-log-init`', insertAfter(script, programWord, ' --no-log-init'))],
      };
    }
  },
});
