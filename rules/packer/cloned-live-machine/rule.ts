import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { sourceUses } from '../../../languages/packer/images.ts';
import { valuesAt } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerBuildSource } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'cloned-live-machine',
  summary: 'A source starts from an existing machine without a version',
  policies: ['G9', 'G2'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'strict',
  needs: { blocks: ['source.virtualbox-vm'], attributes: ['clone_from_vm_name', 'linked_clone', 'clone_vm'] },
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
      return (
        source.source && report('Image is built from a local VirtualBox machine', FROM_IMAGE, source.source.header)
      );
    case 'hyperv-vmcx': {
      const from = valuesAt(source, 'clone_from_vm_name')[0];
      return from && report('Image is built from a local Hyper-V machine', FROM_IMAGE, from.span);
    }
    case 'vsphere-clone': {
      const linked = valuesAt(source, 'linked_clone')[0];
      return linked?.value.assumingDefaults.bool
        ? report('`linked_clone` starts from the latest snapshot of a machine', CLONE_TEMPLATE, linked.span)
        : undefined;
    }
    case 'proxmox-clone': {
      const name = valuesAt(source, 'clone_vm')[0];
      // A number in the name is treated as its version.
      const text = name?.value.text;
      return name && text && !/\d/.test(text)
        ? report(`${quoted(text)} is cloned by a name without a version`, ADD_VERSION, name.span)
        : undefined;
    }
    default:
      return undefined;
  }
}

const FROM_IMAGE = 'Start from an ISO, or from a versioned image that another build made';
const CLONE_TEMPLATE = 'Clone a versioned template of another build, with `linked_clone = false`';
const ADD_VERSION = 'Add a version to the name of the template, such as `web-base-1.4`';

function report(message: string, help: string, span: Finding['span']): Finding {
  return { message, help, span };
}
