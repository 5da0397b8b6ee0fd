/** What tests need to know of the system they run on. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** There are no pipes in the file system, no executable scripts and no `sh` there. */
export const onWindows = process.platform === 'win32';

/** A path as the core writes it, with `/`; Node takes that on every system. */
export const posixPath = (path: string): string => path.replaceAll('\\', '/');

/** A new directory, without symbolic links in its path (macOS has one) and with `/`. The run removes it (`test/temporary.ts`). */
export function temporaryFolder(name: string): string {
  return posixPath(realpathSync.native(mkdtempSync(join(tmpdir(), `bakelint-${name}-`))));
}

/** Whether there is a bash that can say how it reads words: macOS has version 3, which knows no `\u`. */
export function hasModernBash(): boolean {
  if (onWindows) return false;
  const { stdout } = spawnSync('bash', ['--version'], { encoding: 'utf8' });
  return Number(/version (\d+)/.exec(stdout ?? '')?.[1] ?? 0) >= 5;
}
