import type { ImageBuild } from '../../../core/build.ts';
import { type Fix, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { insertLastStep } from '../../../languages/packer/edits.ts';
import { type Identity, SHELL_NEEDS, type Ungeneralized, ungeneralized } from '../../../languages/packer/generalize.ts';
import { isForOwnComputer } from '../../../languages/packer/images.ts';
import { osOf, stageOf } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { sourceName } from '../../../languages/packer/shown-name.ts';
import type { PackerBuildSource } from '../../../languages/packer/tree.ts';
import { fixedHostnames } from './hostname.ts';

/** Platforms that give machines no identity of their own, or require a generalized image. */
const ON_HYPERVISORS = /^(?:qemu|virtualbox|vmware|vsphere|proxmox|parallels|hyperv|utm|xenserver|azure)/;

export default definePackerRule({
  id: 'ungeneralized-image',
  summary: 'No step of a build resets the machine ID, host keys or SID',
  policies: ['G9'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: SHELL_NEEDS,
  since: '2026.11',
  *check(tree, { project }, lowered) {
    if (project.kind === 'vagrant') return;
    yield* fixedHostnames(tree, lowered);
    const isWanted: Parameters<typeof ungeneralized>[2] = source =>
      ON_HYPERVISORS.test(source.type) || osOf(source) === 'windows';
    for (const found of ungeneralized(tree, lowered, isWanted)) {
      const names = found.sources.map(source => quoted(sourceName(source), 30));
      const list = names.length > 1 ? `${names.length} sources` : names[0];
      yield {
        message:
          found.os === 'windows'
            ? `No step runs Sysprep for ${list}`
            : `No step resets the ${found.kept.join(' and ')} of ${list}`,
        help: helpFor(found),
        span: found.build.header,
        ...(isForOwnComputer(found.sources) && { severity: 'info', preset: 'strict' }),
        related: found.sources.map(({ span }) => ({
          message: `Machines from this source share ${shared(found)}`,
          span,
        })),
        fixes: [lastStep(found, lowered)],
      };
    }
  },
});

/** https://docs.cloud-init.io/en/latest/reference/cli.html#clean and https://www.freedesktop.org/software/systemd/man/latest/machine-id.html */
const RESETS: Readonly<Record<Identity, string>> = {
  'SSH host keys': 'if command -v cloud-init; then sudo cloud-init clean --logs && sudo rm -f /etc/ssh/ssh_host_*; fi',
  'machine ID': 'sudo truncate -s 0 /etc/machine-id',
};
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

function shared({ kept, os }: Ungeneralized): string {
  if (os === 'windows' || kept.length > 1) return 'one identity';
  return kept[0] === 'machine ID' ? 'one machine ID' : 'their SSH host keys';
}

/** The lines of the last step, the ones that need cloud-init first. */
function linuxStep(kept: readonly Identity[]): string {
  const lines = [...kept].reverse().map(part => `    "${RESETS[part]}",`);
  return `provisioner "shell" {\n  inline = [\n${lines.join('\n')}\n  ]\n}`;
}

function helpFor({ build, kept, os, sources }: Ungeneralized): string {
  if (os === 'windows') return 'End the build with Sysprep and `/generalize`';
  if (os === undefined) return 'End the build with a step that generalizes the machine';
  if (sources.every(({ type }) => type.startsWith('azure'))) {
    const [first] = sources;
    // The other machines of the build have no agent of Azure.
    const only =
      build.sources.length === sources.length || !first
        ? ''
        : sources.length === 1 && first.name.length <= 15 && nameInBuild(first) !== undefined
          ? `, for \`only = ["${nameInBuild(first)}"]\``
          : ', with `only` for these sources';
    return `End with \`waagent -force -deprovision+user\`${only}`;
  }
  if (kept.length === 1)
    return kept[0] === 'machine ID'
      ? 'Empty it in the last step: `sudo truncate -s 0 /etc/machine-id`'
      : 'Remove `/etc/ssh/ssh_host_*` in the last step, and create new keys at boot';
  return 'End with `cloud-init clean --logs --machine-id` and `rm -f /etc/ssh/ssh_host_*`';
}

/** The name for `only`, which the build may set; `undefined` when it is not certain. */
function nameInBuild({ name, overrides, type }: PackerBuildSource): string | undefined {
  const given = overrides?.attribute('name')?.value;
  return given && given.text === undefined ? undefined : `${type}.${given?.text ?? name}`;
}

/** Whether something of the image is in the home of an account, which `-deprovision+user` deletes. */
function usesHome({ build }: Ungeneralized, lowered: ImageBuild): boolean {
  const own = build.block.hcl;
  const written = own ? build.block.source.text.slice(own.start, own.end) : '';
  const scripts = stageOf(lowered, build)?.steps.map(step =>
    step.kind === 'run' ? (step.script?.text.text ?? '') : '',
  );
  return [written, ...(scripts ?? [])].some(text => HOME.test(text));
}
const HOME = /\/home\/|(?<![\w/])~\/|\$\{?HOME\b|destination\s{0,20}=\s{0,20}"(?![/$~])/;

function lastStep(found: Ungeneralized, lowered: ImageBuild): Fix | undefined {
  const { build, kept, os, sources } = found;
  const onAzure = sources.filter(({ type }) => type.startsWith('azure')).length;
  if (os === undefined || (onAzure > 0 && onAzure < sources.length)) return undefined;
  const step = os === 'linux' ? (onAzure > 0 ? AZURE_LINUX : linuxStep(kept)) : onAzure > 0 ? AZURE_WINDOWS : undefined;
  if (step === undefined || (step === AZURE_LINUX && usesHome(found, lowered))) return undefined;
  // The other machines of the build need none, or have no agent of Azure.
  const only = sources.length < build.sources.length ? sources.map(nameInBuild) : [];
  if (only.includes(undefined)) return undefined;
  const list = `only${step.includes('execute_command') ? ' '.repeat(11) : ''} = [${only.map(name => JSON.stringify(name)).join(', ')}]`;
  const written = only.length > 0 ? step.replace('{\n', () => `{\n  ${list}\n`) : step;
  const edits = insertLastStep(build.block, written);
  return edits && fix('suggested', 'Add a last step that generalizes the machine', ...edits);
}
