import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Where programs keep what can be made again, with our name; `undefined` where nobody knows the user's home. */
export function cacheDirectory(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const named = process.platform === 'win32' ? env.LOCALAPPDATA : env.XDG_CACHE_HOME;
  if (named && isAbsolute(named)) return join(named, 'bakelint');
  const home = env.HOME ?? env.USERPROFILE ?? homedir();
  if (!home) return undefined;
  return process.platform === 'darwin' ? join(home, 'Library', 'Caches', 'bakelint') : join(home, '.cache', 'bakelint');
}
