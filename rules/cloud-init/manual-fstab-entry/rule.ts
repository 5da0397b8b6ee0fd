import type { Finding } from '../../../core/finding.ts';
import { FILE_WRITE_NEEDS, fileWrites } from '../../../facts/file-writes.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { entryOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

/** An entry of fstab(5): what, where, type. */
const ENTRY =
  /(?:^|\n|\\n)[ \t]{0,20}([^\s#]{1,200})[ \t]{1,40}(?:\/\S{0,200}|none|swap)[ \t]{1,40}([a-z][\w.,]{1,40})(?:[ \t]{1,40}(\S{1,200}))?/;

export default defineCloudInitRule({
  id: 'manual-fstab-entry',
  summary: 'A command adds a line to `/etc/fstab` instead of using `mounts`',
  policies: ['G9'],
  category: 'correctness',
  severity: 'info',
  preset: 'strict',
  needs: FILE_WRITE_NEEDS,
  since: '2026.11',
  *check(tree, _, build): Iterable<Finding> {
    if (!isUserData(tree)) return;
    const boot = entryOf(tree.root, 'bootcmd')?.span;
    for (const { path, text, step } of fileWrites(build)) {
      const entry = path === '/etc/fstab' && step.kind === 'run' ? ENTRY.exec(text.text) : null;
      if (!entry) continue;
      const again = boot !== undefined && step.span.start >= boot.start && step.span.end <= boot.end;
      const guarded = again && /\bgrep\b|cloud-init-per/.test(step.script?.text.text ?? '');
      yield {
        message:
          again && !guarded
            ? '`bootcmd` adds a line to `/etc/fstab` at every boot'
            : '`/etc/fstab` is edited in a command',
        help: helpFor(entry, /\bmkfs/.test(step.script?.text.text ?? '')),
        span: text.span,
        ...(again && !guarded && { severity: 'warning' as const }),
      };
    }
  },
});

/** Devices: of what is not there at the boot, the line may stop it. */
const DEVICE = /^(?:\/dev\/|(?:PART)?(?:UUID|LABEL)=)/;

/** The key for the entry. Options are not shown: they may hold a password. */
function helpFor([, device = '', type, options = '']: RegExpExecArray, formats: boolean): string {
  if (type === 'swap' && device.startsWith('/') && !DEVICE.test(device))
    return 'Use `swap` with `filename` and `size`, which also creates the file';
  if (type === 'swap')
    return /^[\w/=-]{1,30}$/.test(device)
      ? `Use \`mounts\`: \`[${device}, none, swap]\``
      : 'Use `mounts`, with the type `swap`';
  // `mounts` runs before `runcmd`, where the file system is made.
  if (formats) return 'Use `fs_setup` to create the file system, and `mounts` to mount it';
  const lacksNofail = DEVICE.test(device) && !options.includes('nofail');
  return lacksNofail ? 'Use `mounts`, with `nofail` among the options' : 'Use `mounts`';
}
