import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheDirectory } from '../node/cache-directory.ts';
import { type Loaded, load } from './compiled.ts';

type Programs = typeof import('./programs.ts');

/** The bundle beside this file. */
export function programs(): Loaded<Programs> {
  const url = new URL('bakelint.cjs', import.meta.url);
  const own = fileURLToPath(new URL('compiled', import.meta.url));
  // Where a bundle that others have installed is compiled to. Who may write there is not known on Windows.
  const ofUser = process.platform === 'win32' ? undefined : cacheDirectory(process.env);
  const others = ofUser !== undefined && isAbsolute(ofUser) ? [join(ofUser, 'compiled')] : [];
  return load(fileURLToPath(url), url.href, [own, ...others]);
}
