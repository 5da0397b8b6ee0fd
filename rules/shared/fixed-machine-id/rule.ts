import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { FILE_WRITE_NEEDS, fileWrites } from '../../../facts/file-writes.ts';

/** Files with an identity that each machine makes for itself, and what it looks like. */
const IDENTITIES: readonly (readonly [path: RegExp, content: RegExp])[] = [
  // machine-id(5)
  [/^\/etc\/machine-id$|^\/var\/lib\/dbus\/machine-id$/, /^\s{0,20}[0-9a-f]{32}\s{0,20}$/i],
  // iscsi-iname(8)
  [/^\/etc\/iscsi\/initiatorname\.iscsi$/, /^\s{0,20}InitiatorName=iqn\.[\w.:-]{4,200}\s{0,20}$/],
];

export default defineBuildRule({
  id: 'fixed-machine-id',
  summary: 'Every machine gets the same machine ID',
  policies: ['G9'],
  category: 'correctness',
  severity: 'warning',
  preset: 'strict',
  languages: ['packer', 'cloud-init'],
  needs: FILE_WRITE_NEEDS,
  since: '2026.11',
  *check(build, { project }): Iterable<Finding> {
    if (project.kind === 'vagrant') return;
    for (const { path, text } of fileWrites(build)) {
      const plain = path.replace(/^["']|["']$/g, '');
      if (!IDENTITIES.some(([file, content]) => file.test(plain) && content.test(text.text))) continue;
      yield {
        message: `Every machine gets the same ${quoted(plain)}`,
        help: 'Leave the file out: each machine makes its own at the first boot',
        span: text.span,
      };
    }
  },
});
