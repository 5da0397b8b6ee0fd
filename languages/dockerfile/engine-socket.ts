/** Does a Compose file give the socket of the container engine to what is built from a Dockerfile? */
import type { Files } from '../../core/language.ts';
import { memo } from '../../core/memo.ts';
import { type BuildFile, buildFilesAround } from '../../facts/build-files.ts';
import { isAbout } from '../../facts/built-images/given-arguments.ts';

const MOST = 50;
const MOST_LINES = 5_000;

/** Whether a service that is built from the file at `path` gets the socket: who may use it is root on the host. */
export function isGivenSocket(path: string, files: Files): boolean {
  return (buildFilesAround(path, files) ?? []).some(file =>
    servicesWithSocket(file).some(service => /^[ \t]*build[ \t]*:/m.test(service) && isAbout(service, file, path)),
  );
}

/** The entries of the services that mount it. */
const servicesWithSocket: (file: BuildFile) => readonly string[] = memo(({ name, text }) => {
  if (!/\.ya?ml$/i.test(name) || !text.includes('docker.sock')) return [];
  const lines = text.split('\n', MOST_LINES);
  const found = new Set<string>();
  for (const [at, line] of lines.entries()) {
    if (!line.includes('docker.sock') || found.size >= MOST) continue;
    // Above an item of `volumes` is that key, and above that the name of the service.
    const key = above(lines, at, indentOf(line));
    const service = key === undefined ? undefined : above(lines, key, indentOf(lines[key]!));
    if (service === undefined) continue;
    const after = lines.findIndex((one, i) => i > service && isOutside(one, indentOf(lines[service]!)));
    found.add(lines.slice(service, after < 0 ? lines.length : after).join('\n'));
  }
  return [...found];
});

const indentOf = (line: string): number => line.length - line.trimStart().length;
const isOutside = (line: string, indent: number): boolean =>
  line.trim() !== '' && !line.trimStart().startsWith('#') && indentOf(line) <= indent;

/** The number of the nearest line above that is indented less; lists may stand at the indent of their key. */
function above(lines: readonly string[], at: number, indent: number): number | undefined {
  const isItem = lines[at]!.trimStart().startsWith('-');
  for (let i = at - 1; i >= 0; i--) {
    const line = lines[i]!;
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const own = indentOf(line);
    if (own < indent || (isItem && own === indent && !line.trimStart().startsWith('-'))) return i;
  }
  return undefined;
}
