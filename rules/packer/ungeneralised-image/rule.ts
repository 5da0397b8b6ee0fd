import { type Fix, fix } from '../../../core/finding.ts';
import { insertBefore, insertBlock } from '../../../languages/packer/edits.ts';
import { type Ungeneralised, ungeneralised } from '../../../languages/packer/generalise.ts';
import { osOf } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

/** Where nothing outside of the image gives machines an identity of their own, or the cloud demands it of the image. */
const ON_HYPERVISORS = /^(?:qemu|virtualbox|vmware|vsphere|proxmox|parallels|hyperv|utm|xenserver|azure)/;

export default definePackerRule({
  id: 'ungeneralised-image',
  summary: 'No step takes the identity of the machine out of its image',
  policies: ['G9'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  *check(tree, { project }, lowered) {
    if (project.kind === 'vagrant') return;
    const isWanted: Parameters<typeof ungeneralised>[2] = source =>
      ON_HYPERVISORS.test(source.type) || osOf(source) === 'windows';
    for (const found of ungeneralised(tree, lowered, isWanted)) {
      const names = found.sources.map(({ name, type }) => `\`${type}.${name}\``);
      const list = names.length > 2 ? `these ${names.length} sources` : names.join(' and ');
      yield {
        message:
          found.os === 'windows'
            ? `No step runs Sysprep, so every machine made from ${list} has the same SID, name and certificates.`
            : `No step removes the machine id and the SSH host keys, so every machine made from ${list} has the same ones.`,
        span: found.build.header,
        related: found.sources.map(({ span }) => ({ message: 'Its machines look all the same.', span })),
        fixes: [lastStep(found)],
      };
    }
  },
});

/** https://docs.cloud-init.io/en/latest/reference/cli.html#clean and https://www.freedesktop.org/software/systemd/man/latest/machine-id.html */
const LINUX = `provisioner "shell" {
  inline = [
    "if command -v cloud-init; then sudo cloud-init clean --logs && sudo rm -f /etc/ssh/ssh_host_*; fi",
    "sudo truncate -s 0 /etc/machine-id",
  ]
}`;
/** https://learn.microsoft.com/en-us/azure/virtual-machines/linux/build-image-with-packer */
const AZURE_LINUX = `provisioner "shell" {
  execute_command = "chmod +x {{ .Path }}; {{ .Vars }} sudo -E sh '{{ .Path }}'"
  inline          = ["/usr/sbin/waagent -force -deprovision+user && export HISTSIZE=0 && sync"]
}`;
/** https://learn.microsoft.com/en-us/azure/virtual-machines/windows/build-image-with-packer */
const AZURE_WINDOWS = `provisioner "powershell" {
  inline = [
    "& $env:SystemRoot\\\\System32\\\\Sysprep\\\\Sysprep.exe /oobe /generalize /quiet /quit",
    "while ((Get-ItemProperty HKLM:\\\\SOFTWARE\\\\Microsoft\\\\Windows\\\\CurrentVersion\\\\Setup\\\\State).ImageState -ne 'IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE') { Start-Sleep 10 }",
  ]
}`;

function lastStep({ build, os, sources }: Ungeneralised): Fix | undefined {
  const onAzure = sources.filter(({ type }) => type.startsWith('azure')).length;
  // One step for all sources of the build, those that need none included.
  if (os === undefined || (onAzure > 0 && onAzure < sources.length) || sources.length < build.sources.length)
    return undefined;
  const step = os === 'linux' ? (onAzure > 0 ? AZURE_LINUX : LINUX) : onAzure > 0 ? AZURE_WINDOWS : undefined;
  if (step === undefined) return undefined;
  const after = build.block.blocks().find(({ type }) => type.startsWith('post-processor'));
  const edits = after ? insertBefore(after, step) : insertBlock(build.block, step);
  return edits && fix('suggested', 'Add a last step that generalises the machine', ...edits);
}
