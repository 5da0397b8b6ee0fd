/** Does a Compose file give the socket of the container engine to what is built from a Dockerfile? */
import type { Files } from '../../core/language.ts';
import { memo } from '../../core/memo.ts';
import { type BuildFile, buildFilesAround } from '../../facts/build-files.ts';
import { isAbout } from '../../facts/built-images/given-arguments.ts';

/** Services of a file that are read, and lines of it. */
const MOST = 50;
const MOST_LINES = 5_000;

/** Whether a service that is built from the file at `path` gets the socket: who may use it is root on the host. */
export function isGivenSocket(path: string, files: Files): boolean {
  return (buildFilesAround(path, files) ?? []).some(file =>
    servicesWithSocket(file).some(service => /^[ \t]*build[ \t]*:/m.test(service) && isAbout(service, file, path)),
  );
}

/** The entries of `services` with a volume from the socket, in one pass over the lines. */
const servicesWithSocket: (file: BuildFile) => readonly string[] = memo(({ name, text }) => {
  if (!/\.ya?ml$/i.test(name) || !text.includes('docker.sock')) return [];
  const found: string[] = [];
  const lines = text.split('\n', MOST_LINES).filter(line => line.trim() !== '' && !line.trimStart().startsWith('#'));
  let inServices = false;
  let service: string[] = [];
  let indent: number | undefined;
  const end = (): void => {
    if (found.length < MOST && mountsSocket(service)) found.push(service.join('\n'));
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

function mountsSocket(service: readonly string[]): boolean {
  const start = service.findIndex(line => /^[ \t]*volumes[ \t]*:(?:[ \t\r]*$|[ \t]*\[)/.test(line));
  if (start < 0) return false;
  if (service[start]!.includes('[')) return MOUNT.test(service[start]!);
  const indent = indentOf(service[start]!);
  for (const line of service.slice(start + 1)) {
    const own = indentOf(line);
    if (own < indent || (own === indent && !line.trimStart().startsWith('-'))) return false;
    if (MOUNT.test(line)) return true;
  }
  return false;
}
