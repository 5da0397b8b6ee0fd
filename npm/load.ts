import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Loaded, load } from './compiled.ts';

type Programs = typeof import('./programs.ts');

/** The bundle beside this file. */
export function programs(): Loaded<Programs> {
  const url = new URL('bakelint.cjs', import.meta.url);
  const own = fileURLToPath(new URL('compiled', import.meta.url));
  return load(fileURLToPath(url), url.href, [own, ...ofUser()]);
}

/** Where a bundle that others have installed is compiled to. */
function ofUser(): readonly string[] {
  const { env, platform } = process;
  if (platform === 'win32') return [];
  const cache = env.XDG_CACHE_HOME;
  if (cache && isAbsolute(cache)) return [join(cache, 'bakelint', 'compiled')];
  const home = env.HOME ?? homedir();
  if (!isAbsolute(home)) return [];
  return [join(home, ...(platform === 'darwin' ? ['Library', 'Caches'] : ['.cache']), 'bakelint', 'compiled')];
}
