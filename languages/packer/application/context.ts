/** The directory that an image is built from, as seen from the template. */
import type { Application } from './application.ts';

export interface BuildContext {
  /** `.`, or `../..` where the application is outside of the template's directory. */
  readonly directory: string;
  /** How many directories it is above the template. */
  readonly up: number;
  /** The path of the application in it, `.` for all of it; `undefined` when it is not known. */
  readonly path: string | undefined;
}

export function contextOf({ origin }: Application): BuildContext {
  return origin?.kind === 'upload' ? contextOfPath(origin.path) : contextOfPath(undefined);
}

/** The same for any path that the template names. */
export function contextOfPath(named: string | undefined): BuildContext {
  const here: BuildContext = { directory: '.', up: 0, path: undefined };
  if (named === undefined) return here;
  const parts = named.split('/').filter(part => part !== '' && part !== '.');
  let up = 0;
  while (parts[up] === '..') up++;
  const rest = parts.slice(up);
  // An absolute path is one of a machine, and names with spaces need another form of COPY.
  if (named.startsWith('/') || rest.some(part => !/^[\w@.+-]+$/.test(part) || part === '..')) return here;
  const directory = up === 0 ? '.' : Array.from({ length: up }, () => '..').join('/');
  return { directory, up, path: rest.length === 0 ? '.' : rest.join('/') };
}
