import type { Finding } from '../../../core/finding.ts';
import { FILE_WRITE_NEEDS, fileWrites } from '../../../facts/file-writes.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { entryOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

/** An entry of fstab(5): what, where, type. */
const ENTRY = /(?:^|\n|\\n)[ \t]{0,20}[^\s#]{1,200}[ \t]{1,40}(?:\/\S{0,200}|none|swap)[ \t]{1,40}([a-z][\w.,]{1,40})/;

export default defineCloudInitRule({
  id: 'manual-fstab-entry',
  summary: 'A command appends to `/etc/fstab`',
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
      const type = path === '/etc/fstab' && step.kind === 'run' ? ENTRY.exec(text.text)?.[1] : undefined;
      if (type === undefined) continue;
      const again = boot !== undefined && step.span.start >= boot.start && step.span.end <= boot.end;
      const guarded = again && /\bgrep\b|cloud-init-per/.test(step.script?.text.text ?? '');
      yield {
        message:
          again && !guarded
            ? '`bootcmd` adds this line to `/etc/fstab` at every boot'
            : 'A command adds this line to `/etc/fstab`',
        help:
          type === 'swap' ? 'Use `swap` with `filename` and `size`' : 'Use `mounts`, with `nofail` among the options',
        span: text.span,
        ...(again && !guarded && { severity: 'warning' as const }),
      };
    }
  },
});
