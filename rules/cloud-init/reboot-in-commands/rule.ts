import type { Finding } from '../../../core/finding.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { entryOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { YamlEntry } from '../../../languages/cloud-init/tree.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { wrappersOf } from '../../../shell/wrappers.ts';

export default defineCloudInitRule({
  id: 'reboot-in-commands',
  summary: '`runcmd` or `bootcmd` reboots or stops the machine',
  policies: ['G9'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { programs: ['reboot', 'poweroff', 'halt', 'shutdown', 'systemctl', 'init', 'telinit'] },
  since: '2026.11',
  *check(tree, _, build): Iterable<Finding> {
    if (!isUserData(tree)) return;
    const [boot, run] = ['bootcmd', 'runcmd'].map(key => entryOf(tree.root, key));
    for (const { invocation, step } of setupCommands(build)) {
      const inList = (list: YamlEntry | undefined): boolean =>
        list !== undefined &&
        step.span.file === list.span.file &&
        step.span.start >= list.span.start &&
        step.span.end <= list.span.end;
      const atBoot = inList(boot);
      if ((!atBoot && !inList(run)) || !restarts(invocation)) continue;
      // Before anything else was done, a reboot under a condition loses nothing.
      if (atBoot && isGuarded(invocation)) continue;
      const span = invocation.script.spanOf(invocation.command);
      const command = invocation.program === 'systemctl' ? 'systemctl reboot' : invocation.program;
      yield atBoot
        ? {
            message: `\`${command}\` in \`bootcmd\` runs at every boot: the machine never starts`,
            help: 'Use `power_state`, which runs once and after everything else',
            span,
          }
        : {
            message: `\`${command}\` interrupts cloud-init before it finishes`,
            help: `Use \`power_state\` with \`mode: ${/reboot/.test(command) ? 'reboot' : 'poweroff'}\``,
            span,
            severity: 'warning',
            preset: 'strict',
          };
    }
  },
});

/** Whether a command reboots the machine or switches it off, and at once: shutdown(8) waits a minute without a time. */
function restarts({ program, args }: Invocation): boolean {
  const words = args.map(({ literal }) => literal ?? '');
  switch (program) {
    case 'reboot':
    case 'poweroff':
    case 'halt':
      return !words.some(word => /^-(?:w|-wtmp-only|-help)$/.test(word));
    case 'shutdown':
      return words.includes('now') || words.includes('+0');
    case 'systemctl':
      return words.some(word => word === 'reboot');
    case 'init':
    case 'telinit':
      return words[0] === '0' || words[0] === '6';
    default:
      return false;
  }
}

/** After `cloud-init-per`, a test in the same list, or in a condition. */
function isGuarded(invocation: Invocation): boolean {
  const { operator, within } = invocation.command;
  if (wrappersOf(invocation).some(({ program }) => program === 'cloud-init-per')) return true;
  return operator === '&&' || operator === '||' || within.length > 0;
}
