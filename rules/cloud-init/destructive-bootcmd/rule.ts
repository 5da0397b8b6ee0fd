import type { Finding } from '../../../core/finding.ts';
import { everyBootCommands } from '../../../languages/cloud-init/every-boot.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { Invocation } from '../../../shell/invocations.ts';

export default defineCloudInitRule({
  id: 'destructive-bootcmd',
  summary: 'A disk is formatted, partitioned or erased at every boot without a condition',
  policies: ['G9', 'G11'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  // `mkfs.*` has too many names, in scripts without keys.
  needs: 'always',
  since: '2026.11',
  *check(tree, _, build): Iterable<Finding> {
    if (tree.seed) return;
    for (const { invocation, where, early, mayHaveLeft } of everyBootCommands(tree, build)) {
      const what = destroys(invocation);
      if (!what || isGuarded(invocation) || mayHaveLeft) continue;
      // Later in the boot the disk may be in use, and the command refuses it.
      const certain = what.certain && early;
      yield {
        message: `\`${invocation.program}\` in ${where} ${certain ? 'erases the disk' : 'runs'} at every boot`,
        help: !early
          ? 'Use `disk_setup` and `fs_setup`, or check with `blkid` before it'
          : BY_HAND.has(invocation.program)
            ? 'Put `cloud-init-per once NAME` before it'
            : 'Use `disk_setup` and `fs_setup`, or put `cloud-init-per once NAME` before it',
        span: invocation.script.spanOf(invocation.command),
        ...(certain ? {} : { severity: 'warning' as const }),
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
