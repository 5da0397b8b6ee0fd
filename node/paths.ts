import { resolve, sep } from 'node:path';

/** An absolute path as the core writes it: `/a/b`, `C:/a/b`. */
export function absolute(cwd: string, path: string): string {
  const whole = resolve(cwd, path);
  return sep === '/' ? whole : whole.replaceAll(sep, '/');
}
