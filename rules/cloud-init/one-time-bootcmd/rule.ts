import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { isUpgrade, managerCommand } from '../../../facts/packages/commands.ts';
import { everyBootCommands } from '../../../languages/cloud-init/every-boot.ts';
import { entryOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { Invocation } from '../../../shell/invocations.ts';

export default defineCloudInitRule({
  id: 'one-time-bootcmd',
  summary: 'Every boot appends to a file or upgrades all packages',
  policies: ['G9', 'G5'],
  category: 'correctness',
  severity: 'info',
  preset: 'strict',
  // Any program may append to a file.
  needs: 'always',
  since: '2026.11',
  *check(tree, _, build): Iterable<Finding> {
    if (tree.seed) return;
    const all = everyBootCommands(tree, build);
    if (all.length === 0) return;
    const commands = all.map(({ invocation }) => invocation);
    // A file that is written anew before does not grow.
    const written = new Set(commands.flatMap(one => [...targetsOf(one, '>'), ...renewedBy(one)]));
    const hosts = entryOf(tree.root, 'manage_etc_hosts') !== undefined;
    const appended = new Set<string>();
    for (const { invocation, where, mayHaveLeft } of all) {
      if (isGuarded(invocation) || mayHaveLeft) continue;
      const { command, program, script } = invocation;
      const file = targetsOf(invocation, '>>').find(path => LASTING.test(path) && !written.has(path));
      const manager = managerCommand(invocation);
      // The first line shows what happens to the file.
      if (file !== undefined && appended.has(file)) continue;
      if (file !== undefined) appended.add(file);
      if (file !== undefined && !(hosts && file === '/etc/hosts'))
        yield {
          message: `\`${program}\` in ${where} appends to ${quoted(file)} at every boot`,
          help:
            where === '`bootcmd`'
              ? 'Use `write_files`, or put `cloud-init-per once NAME` before it'
              : 'Write the file once with `write_files`, or check for the line before it',
          span: script.spanOf(command),
        };
      else if (manager && isUpgrade(manager) && manager.arguments.operands.length === 0)
        yield {
          message: `\`${program}\` in ${where} upgrades the system at every boot`,
          help: 'Use `package_upgrade`, and unattended upgrades for later',
          span: script.spanOf(command),
        };
    }
  },
});

/** The files that a command replaces, removes or edits, so that lines are not added for ever. */
function renewedBy({ args, program }: Invocation): string[] {
  return RENEWS.has(program) ? args.flatMap(({ literal }) => (literal?.startsWith('/') ? [literal] : [])) : [];
}
const RENEWS: ReadonlySet<string> = new Set(['cp', 'install', 'mv', 'rm', 'sed', 'truncate']);

/** Files that stay; logs are there to grow. */
const LASTING = /^\/(?!(?:dev|proc|sys|run|tmp|var\/log|var\/run|var\/tmp)\/)/;

/** The files that a command writes to with `>` or `>>`, by its redirects and by `tee`. */
function targetsOf({ args, command, program }: Invocation, operator: '>' | '>>'): string[] {
  const found = command.redirects.flatMap(redirect =>
    redirect.operator === operator && redirect.target?.literal !== undefined ? [redirect.target.literal] : [],
  );
  if (program !== 'tee') return found;
  const words = args.flatMap(({ literal }) => literal ?? []);
  const appends = words.some(word => /^-[a-z]{0,2}a|^--append$/.test(word));
  return appends === (operator === '>>') ? [...found, ...words.filter(word => !word.startsWith('-'))] : found;
}

const TESTS = /^(?:test|\[|\[\[|grep|egrep|fgrep|rg|cmp|diff)$/;

/** In a condition, or after a test or search in the same list. */
function isGuarded(invocation: Invocation): boolean {
  const { operator, within } = invocation.command;
  if (operator === '||' || within.length > 0) return true;
  const { text } = invocation.script.text;
  return (
    operator === '&&' &&
    text
      .slice(0, 5_000)
      .split(/[\s;|&]+/)
      .some(word => TESTS.test(word))
  );
}
