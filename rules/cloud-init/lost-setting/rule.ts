import type { Step } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { fileWrites } from '../../../facts/file-writes.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { entryOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default defineCloudInitRule({
  id: 'lost-setting',
  summary: 'A command in `runcmd` sets up the kernel until the next boot',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'strict',
  needs: { keys: ['runcmd'] },
  since: '2026.11',
  *check(tree, _, build): Iterable<Finding> {
    const list = isUserData(tree) ? entryOf(tree.root, 'runcmd') : undefined;
    if (!list) return;
    const { text } = build.source;
    const set = settingsIn(text);
    const inside = ({ span }: Step) =>
      span.file === undefined && span.start >= list.span.start && span.end <= list.span.end;
    for (const { path, text: written, step } of fileWrites(build)) {
      const name = /^\/proc\/sys\/([\w./-]{2,100})$/.exec(path)?.[1]?.replaceAll('/', '.');
      if (name === undefined || step.kind !== 'run' || !inside(step) || set.has(name)) continue;
      yield {
        message: `${quoted(name)} does not persist across reboots`,
        help: 'Write it to a file in `/etc/sysctl.d` with `write_files`',
        span: written.span,
      };
    }
    for (const { invocation, step } of setupCommands(build)) {
      const { command, program, script } = invocation;
      if (!inside(step)) continue;
      const span = script.spanOf(command);
      if (program === 'sysctl') {
        const given = readArguments(invocation);
        const setting = given.operands.map(({ literal }) => literal ?? '').find(word => word.includes('='));
        const name = setting?.slice(0, setting.indexOf('='));
        // What a file sets as well comes back.
        if (!name || given.has('-p', '--load', '--system') || (set.get(name) ?? 0) > 1) continue;
        yield {
          message: `\`sysctl ${quoted(name).slice(1, -1)}\` does not persist across reboots`,
          help: 'Write it to a file in `/etc/sysctl.d` with `write_files`',
          span,
        };
      } else if (program === 'modprobe') {
        const given = readArguments(invocation);
        const [module] = given.operands;
        if (!module?.literal || given.options.length > 0 || /\/etc\/modules\b|modules-load\.d/.test(text)) continue;
        yield {
          message: `\`modprobe ${quoted(module.literal).slice(1, -1)}\` does not persist across reboots`,
          help: `List ${quoted(module.literal)} in a file in \`/etc/modules-load.d\` (\`write_files\`)`,
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
