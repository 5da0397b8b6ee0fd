import type { Finding } from '../../../core/finding.ts';
import { sourceUses } from '../../../languages/packer/images.ts';
import { valuesAt } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerBuildSource } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'cloned-live-machine',
  summary: 'The image starts from a machine that somebody may have changed by hand',
  policies: ['G9'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'strict',
  since: '2026.11',
  *check(file) {
    const seen = new Set<string>();
    for (const { source } of sourceUses(file)) {
      const finding = clone(source);
      const place = finding && `${finding.span.start} ${finding.span.file ?? ''}`;
      if (!finding || seen.has(place!)) continue;
      seen.add(place!);
      yield finding;
    }
  },
});

function clone(source: PackerBuildSource): Finding | undefined {
  switch (source.type) {
    case 'virtualbox-vm':
      return source.source && say('A machine of this VirtualBox', source.source.header);
    case 'hyperv-vmcx':
      return say('A machine of this Hyper-V', valuesAt(source, 'clone_from_vm_name')[0]?.span);
    case 'vsphere-clone': {
      const linked = valuesAt(source, 'linked_clone')[0];
      return linked?.value.assumingDefaults.bool ? say('The latest snapshot of a machine', linked.span) : undefined;
    }
    case 'proxmox-clone': {
      const name = valuesAt(source, 'clone_vm')[0];
      // A number in the name is taken for its version.
      const text = name?.value.text;
      return name && text && !/\d/.test(text) ? say('Whatever has this name now', name.span) : undefined;
    }
    default:
      return undefined;
  }
}

function say(what: string, span: Finding['span'] | undefined): Finding | undefined {
  return (
    span && {
      message: `${what} is the base here, and what was done to it by hand goes into the image without being written down anywhere.`,
      span,
    }
  );
}
