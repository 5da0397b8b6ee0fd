/** Is the image an operating system that a machine boots, delivered as a container image? */
import type { ImageBuild, Step } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import { invocationsIn } from '../shell/invocations.ts';
import { runsOneOf } from '../shell/programs-run.ts';
import { fileWrites } from './file-writes.ts';
import { packageInstalls } from './package-installs.ts';

/** Packages of kernels and boot loaders; `linux-headers` and `kernel-devel` are for compilers. */
const PACKAGES =
  /^(?:linux-image-.{1,60}|linux-(?:generic|virtual|lts|virt|hardened|zen)(?:-hwe-.{1,20})?|kernel(?:-(?:core|modules|default|rt|virt))?|linux|grub(?:2|-efi|-pc|2-efi|2-pc)?(?:-.{1,30})?|systemd-boot(?:-.{1,20})?|shim(?:-signed|-x64)?|dracut(?:-.{1,30})?|mkinitcpio|initramfs-tools|bootc|ostree|rpm-ostree)$/;
/** Programs that set up what boots. */
const PROGRAMS: ReadonlySet<string> = new Set([
  'bootc',
  'bootupctl',
  'dracut',
  'grub-install',
  'grub-mkconfig',
  'grub2-install',
  'grub2-mkconfig',
  'kairos-init',
  'mkinitcpio',
  'mkinitramfs',
  'ostree',
  'rpm-ostree',
  'update-grub',
  'update-initramfs',
]);
/** Bases that boot: https://docs.fedoraproject.org/en-US/bootc/, https://kairos.io, https://elemental.docs.rancher.com */
const BASES = /(?:^|[/_.-])(?:bootc|fedora-coreos|rhcos|kairos|kairos-init|elemental|flatcar|ublue-os)(?:$|[/:_.@-])/;
/** https://bootc-dev.github.io/bootc/bootc-images.html */
const LABELS = /^(?:containers\.bootc|ostree\.bootable)$/;

/** Whether a kernel, a boot loader or what makes them bootable is in one of the stages. */
export const isBootable: (build: ImageBuild) => boolean = memo(build => {
  const images = build.images.map(({ reference }) => reference.byDefault ?? reference.source.text);
  if (images.some(image => BASES.test(image.slice(0, 500)))) return true;
  if (
    runsOneOf(build, [...PROGRAMS]) &&
    invocationsIn(build).some(({ invocation }) => PROGRAMS.has(invocation.program))
  )
    return true;
  if (isDiskOfMachine(build)) return true;
  const names = packageInstalls(build).flatMap(({ packages }) => packages.map(({ name }) => name ?? ''));
  return names.some(name => PACKAGES.test(name)) || build.stages.some(({ steps }) => steps.some(isMarked));
});

/** What the disk of a virtual machine has and a container has no use for: a table of mounts, a login on the serial console. */
const FSTAB = /^\/etc\/fstab$/;
const DISK = /^(?:\/dev\/[a-z]|(?:PART)?(?:UUID|LABEL)=)/m;
const CONSOLE = /\b(?:serial-)?getty@(?:tty(?:S|AMA)\d|hvc\d|\.service)|\bagetty\b[^\n]{0,80}\bttyS\d/;
/** Monitors that boot the file system of a container image: https://github.com/firecracker-microvm/firecracker */
const MONITORS = /\bfirecracker\b|\bmicro-?vms?\b|\bcloud-hypervisor\b|\bcrosvm\b|\bqcow2\b/i;
const INIT = /\bsystemd(?:-sysv)?\b|\bopenrc\b|\/sbin\/init\b/;

function isDiskOfMachine(build: ImageBuild): boolean {
  if (build.language !== 'dockerfile') return false;
  const { text } = build.source;
  if (!INIT.test(text)) return false;
  if (CONSOLE.test(text) || build.comments.some(comment => MONITORS.test(comment.text))) return true;
  return (
    text.includes('/etc/fstab') &&
    fileWrites(build).some(({ path, text: written }) => FSTAB.test(path) && DISK.test(written.text))
  );
}

function isMarked(step: Step): boolean {
  return step.kind === 'label' && LABELS.test(step.key);
}
