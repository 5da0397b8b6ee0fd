import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { asSeq, booleanOf, entriesOf, entryOf, get, itemsOf, textOf } from '../../../languages/cloud-init/nodes.ts';
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
      // With `layout: true` one partition is enough for cloud-init to do nothing.
      if (overwrite && booleanOf(overwrite.value) && asSeq(get(value, 'layout')) && mayPersist(name))
        yield {
          message: `\`overwrite\` erases ${shown(name!)} if its partitions differ from \`layout\``,
          help: 'Remove it: a disk that is attached again keeps its partitions then',
          span: overwrite.span,
        };
    }
    for (const item of itemsOf(get(tree.root, 'fs_setup'))) {
      const overwrite = entryOf(item, 'overwrite');
      const overwrites = overwrite !== undefined && booleanOf(overwrite.value) === true;
      const device = textOf(get(item, 'device'));
      if (!mayPersist(device)) continue;
      const partition = entryOf(item, 'partition');
      // The number in `/dev/sdf.1` takes the place of the key.
      const which = /\.(\d{1,4})$/.exec(device)?.[1] ?? textOf(partition?.value)?.toLowerCase();
      // A disk is formatted with force, a partition only with `overwrite`. `mkfs.ext4` needs none.
      const forced = overwrites || DISK.test(device) || /^ext[234]$/.test(textOf(get(item, 'filesystem')) ?? '');
      if (partition && which === 'none' && forced)
        yield {
          message: `\`partition: none\` formats ${shown(device)} again for each new instance`,
          help: 'Use `auto`, which uses an existing file system of this type and label',
          span: partition.span,
        };
      // By default it looks for a file system of the same type, and takes that.
      else if (overwrites && which !== undefined && /^\d{1,4}$/.test(which))
        yield {
          message: `\`overwrite\` formats partition ${which} of ${shown(device.replace(/\.\d{1,4}$/, ''))} for each new instance`,
          help: 'Remove it: a disk that is attached again keeps its data then',
          span: overwrite.span,
        };
    }
  },
});

const DISK =
  /^\/dev\/(?:(?:s|v|xv)d[a-z]{1,3}|nvme\d{1,3}n\d{1,3}|disk\/(?:azure|by-id|by-path)\/(?![^ ]{0,200}-part\d)[^ ]{1,200})$/;

function shown(device: string): string {
  return quoted(device.length > 30 ? device.slice(device.lastIndexOf('/') + 1) : device, 30);
}

/** Names of disks that come with each instance and go with it. */
function mayPersist(device: string | undefined): device is string {
  return (
    device !== undefined &&
    /^\/dev\/(?!(?:md|zram|loop|ram)\d)/.test(device) &&
    !/ephemeral|resource|local/i.test(device)
  );
}
