/** Does a Compose file give what is built from a Dockerfile the host: the engine's socket, devices, capabilities of an administrator? */
import type { Files } from '../../core/language.ts';
import { memo } from '../../core/memo.ts';
import { type BuildFile, buildFilesAround } from '../../facts/build-files.ts';
import { isAbout } from '../../facts/built-images/given-arguments.ts';

/** Services of a file that are read, and lines of it. */
const MOST = 50;
const MOST_LINES = 5_000;

/** Whether a service that is built from the file at `path` gets it: as another user it could not use it, or is root there all the same. */
export function isGivenHost(path: string, files: Files): boolean {
  return (buildFilesAround(path, files) ?? []).some(file =>
    servicesWithHost(file).some(service => /^[ \t]*build[ \t]*:/m.test(service) && isAbout(service, file, path)),
  );
}

/** The entries of `services` that get it, in one pass over the lines. */
const servicesWithHost: (file: BuildFile) => readonly string[] = memo(({ name, text }) => {
  if (!/\.ya?ml$/i.test(name) || !/docker\.sock|privileged|cap_add|\/dev\b/.test(text)) return [];
  const found: string[] = [];
  const lines = text.split('\n', MOST_LINES).filter(line => line.trim() !== '' && !line.trimStart().startsWith('#'));
  let inServices = false;
  let service: string[] = [];
  let indent: number | undefined;
  const end = (): void => {
    if (found.length < MOST && hasHost(service)) found.push(service.join('\n'));
    service = [];
  };
  for (const line of lines) {
    const own = indentOf(line);
    if (own === 0) {
      end();
      inServices = /^services[ \t]*:/.test(line);
      indent = undefined;
    } else if (inServices) {
      indent ??= own;
      if (own <= indent) end();
      service.push(line);
    }
  }
  end();
  return found;
});

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** In an item of the short form, or the source of the long one: https://docs.docker.com/reference/compose-file/services/#volumes */
const MOUNT = /^[^#]{0,400}\/run\/docker\.sock(?=[:"'\s}\],]|$)/;

const PRIVILEGED = /^[ \t]*privileged[ \t]*:[ \t]*["']?true\b/;
/** https://man7.org/linux/man-pages/man7/capabilities.7.html: only a process of root has them without more ado. */
const CAPABILITY =
  /(?:^|[\s"'[,-])(?:CAP_)?(?:ALL|BPF|MKNOD|NET_ADMIN|PERFMON|SYS_(?:ADMIN|BOOT|CHROOT|MODULE|NICE|PTRACE|RAWIO|RESOURCE|TIME|TTY_CONFIG))\b/;
const DEVICE =
  /(?:^|[\s"'[,-])\/dev(?:\/(?:net\/tun|fuse|mem|kmsg|tty\d|ttyS\d|ttyUSB\d|ttyACM\d|i2c-\d|spidev\S{1,20}|gpio\S{1,20}|bus\/usb|disk|mapper|loop\S{1,20}))?(?=[:"'\s}\],]|$)/;

const hasHost = (service: readonly string[]): boolean =>
  service.some(line => PRIVILEGED.test(line)) ||
  hasItem(service, 'volumes', MOUNT) ||
  hasItem(service, 'cap_add', CAPABILITY) ||
  hasItem(service, 'devices', DEVICE);

/** Whether a list of a service, on one line or several, has such an item. */
function hasItem(service: readonly string[], key: string, item: RegExp): boolean {
  const start = service.findIndex(line => {
    const own = line.trimStart();
    return own.startsWith(key) && /^[ \t]*:(?:[ \t\r]*$|[ \t]*\[)/.test(own.slice(key.length));
  });
  if (start < 0) return false;
  if (service[start]!.includes('[')) return item.test(service[start]!.slice(service[start]!.indexOf('[')));
  const indent = indentOf(service[start]!);
  for (const line of service.slice(start + 1)) {
    const own = indentOf(line);
    if (own < indent || (own === indent && !line.trimStart().startsWith('-'))) return false;
    if (item.test(line)) return true;
  }
  return false;
}
