import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { entryOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default defineCloudInitRule({
  id: 'lost-setting',
  summary: '`sysctl -w` in `runcmd` sets a kernel parameter until the next boot',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'strict',
  needs: { keys: ['runcmd'], programs: ['sysctl'] },
  since: '2026.11',
  *check(tree, _, build): Iterable<Finding> {
    const list = isUserData(tree) ? entryOf(tree.root, 'runcmd') : undefined;
    if (!list) return;
    const set = settingsIn(build.source.text);
    for (const { invocation, step } of setupCommands(build)) {
      const { command, program, script } = invocation;
      if (step.span.file !== undefined || step.span.start < list.span.start || step.span.end > list.span.end) continue;
      const span = script.spanOf(command);
      if (program === 'sysctl') {
        const given = readArguments(invocation);
        const setting = given.operands.map(({ literal }) => literal ?? '').find(word => word.includes('='));
        const name = setting?.slice(0, setting.indexOf('='));
        // What a file sets as well comes back.
        if (!name || given.has('-p', '--load', '--system') || (set.get(name) ?? 0) > 1) continue;
        yield {
          message: `\`sysctl ${quoted(name).slice(1, -1)}\` is lost at the next boot`,
          help: 'Write it to a file in `/etc/sysctl.d` with `write_files`',
          span,
        };
      }
    }
  },
});

/** How often each name is set in a text: a command and a file that set the same one make two. */
function settingsIn(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [, name] of text.matchAll(/([A-Za-z][\w./-]{2,100})[ \t]{0,8}=/g))
    counts.set(name!, (counts.get(name!) ?? 0) + 1);
  return counts;
}
