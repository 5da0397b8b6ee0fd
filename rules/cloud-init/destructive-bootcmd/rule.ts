import type { Finding } from '../../../core/finding.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { entryOf } from '../../../languages/cloud-init/nodes.ts';
import { runsPer } from '../../../languages/cloud-init/once.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { Invocation } from '../../../shell/invocations.ts';

export default defineCloudInitRule({
  id: 'destructive-bootcmd',
  summary: '`bootcmd` formats, partitions or erases a disk without a condition',
  policies: ['G9', 'G11'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { keys: ['bootcmd'] },
  since: '2026.11',
  *check(tree, _, build): Iterable<Finding> {
    const boot = isUserData(tree) ? entryOf(tree.root, 'bootcmd')?.span : undefined;
    if (!boot) return;
    for (const { invocation, step } of setupCommands(build)) {
      if (step.span.file !== boot.file || step.span.start < boot.start || step.span.end > boot.end) continue;
      const what = destroys(invocation);
      if (!what || runsPer(invocation, step) || isGuarded(invocation)) continue;
      yield {
        message: `\`${invocation.program}\` in \`bootcmd\` ${what.certain ? 'erases the disk' : 'runs'} at every boot`,
        help: BY_HAND.has(invocation.program)
          ? 'Put `cloud-init-per once NAME` before it'
          : 'Use `disk_setup` and `fs_setup`, or put `cloud-init-per once NAME` before it',
        span: invocation.script.spanOf(invocation.command),
        ...(what.certain ? {} : { severity: 'warning' as const }),
      };
    }
  },
});

/** What no key of cloud-init does. */
const BY_HAND: ReadonlySet<string> = new Set(['blkdiscard', 'cryptsetup', 'pvcreate', 'shred']);

/**
 * Whether a command destroys what is on a disk; not `certain` where it refuses a disk that has a file system: mkfs.xfs(8),
 * mkfs.btrfs(8). mke2fs(8) asks only on a terminal.
 */
function destroys({ program, args }: Invocation): { readonly certain: boolean } | undefined {
  const words = args.map(({ literal }) => literal ?? '');
  const onDisk =
    words.some(word => /^\/dev\/(?!null|zero|u?random|shm|std)/.test(word)) ||
    args.some(({ literal }) => literal === undefined);
  if (/^mkfs(?:\.\w{1,10})?$|^mke2fs$/.test(program)) {
    const type = program.split('.')[1] ?? words[words.indexOf('-t') + 1];
    const careful = type === 'xfs' || type === 'btrfs' || type === 'zfs';
    return onDisk ? { certain: !careful || words.some(word => /^-[a-z]{0,4}f$|^--force$/.test(word)) } : undefined;
  }
  if (program === 'wipefs')
    return words.some(word => /^-[a-z]{0,4}a|^--all$/.test(word)) && onDisk ? { certain: true } : undefined;
  if (program === 'parted')
    return words.includes('mklabel') || words.includes('mktable') ? { certain: true } : undefined;
  if (program === 'sgdisk') return words.some(word => /^-[zZ]|^--zap/.test(word)) ? { certain: true } : undefined;
  if (program === 'dd')
    return words.some(word => /^of=\/dev\/(?!null|zero|shm)/.test(word)) ? { certain: true } : undefined;
  // These refuse a disk that is in use. So early in the boot it may not be in use yet.
  if (program === 'pvcreate' && words.some(word => /^-[a-z]{0,4}f|^--force$/.test(word)))
    return onDisk ? { certain: false } : undefined;
  if (program === 'cryptsetup' && words.includes('luksFormat'))
    return words.some(word => /^(?:-q|--batch-mode)$/.test(word)) ? { certain: false } : undefined;
  if (program === 'shred') return onDisk ? { certain: true } : undefined;
  if (program === 'blkdiscard') return onDisk ? { certain: true } : undefined;
  return undefined;
}

/** After a test in the same list, or in a condition. */
function isGuarded(invocation: Invocation): boolean {
  const { operator, within } = invocation.command;
  return operator === '&&' || operator === '||' || within.length > 0;
}
