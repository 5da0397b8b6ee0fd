import { existsSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { folderOf } from '../core/path.ts';

/** An absolute path as the core writes it: `/a/b`, `C:/a/b`. */
export function absolute(cwd: string, path: string): string {
  const whole = resolve(cwd, path);
  return sep === '/' ? whole : whole.replaceAll(sep, '/');
}

/** Whether a path is a folder or stands in it. Both absolute, with `..` resolved. */
export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** The folder, or the nearest one above it, that holds `.git`; `undefined` outside of any. Remembers its answers. */
export function repositories(): (folder: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return folder => {
    const asked: string[] = [];
    let found: string | undefined;
    for (let at = folder; ; at = folderOf(at)) {
      if (known.has(at)) {
        found = known.get(at);
        break;
      }
      asked.push(at);
      if (existsSync(`${at}/.git`)) {
        found = at;
        break;
      }
      if (folderOf(at) === at || !at.includes('/')) break;
    }
    for (const one of asked) known.set(one, found);
    return found;
  };
}
