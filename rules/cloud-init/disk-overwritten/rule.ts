import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { booleanOf, entriesOf, entryOf, get, itemsOf, textOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'disk-overwritten',
  summary: '`disk_setup` or `fs_setup` erases a disk that may have data',
  policies: ['G11', 'G9'],
  category: 'correctness',
  severity: 'warning',
  preset: 'strict',
  needs: { keys: ['disk_setup', 'fs_setup'] },
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (!isUserData(tree) || tree.seed) return;
    for (const { name, value } of entriesOf(get(tree.root, 'disk_setup'))) {
      const overwrite = entryOf(value, 'overwrite');
      if (overwrite && booleanOf(overwrite.value) && mayPersist(name))
        yield finding(name!, 'partitions', overwrite.span);
    }
    for (const item of itemsOf(get(tree.root, 'fs_setup'))) {
      const overwrite = entryOf(item, 'overwrite');
      const device = textOf(get(item, 'device'));
      if (overwrite && booleanOf(overwrite.value) && mayPersist(device))
        yield finding(device!, 'formats', overwrite.span);
    }
  },
});

function finding(device: string, does: string, span: Finding['span']): Finding {
  return {
    message: `\`overwrite\` ${does} ${quoted(shortened(device), 30)} again for each new instance`,
    help: 'Remove it: a disk that is attached again keeps its data then',
    span,
  };
}

function shortened(device: string): string {
  return device.length > 30 ? device.slice(device.lastIndexOf('/') + 1) : device;
}

/** Names of disks that come with each instance and go with it. */
function mayPersist(device: string | undefined): boolean {
  return (
    device !== undefined &&
    /^\/dev\/(?!(?:md|zram|loop|ram)\d)/.test(device) &&
    !/ephemeral|resource|local/i.test(device)
  );
}
