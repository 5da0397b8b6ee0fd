/** Every temporary folder of a run of the tests stands in one of its own, which goes with the run. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Vitest calls it before it starts its workers, which inherit the environment. @returns what clears up */
export default function oneFolder(): () => void {
  const folder = mkdtempSync(join(realpathSync.native(tmpdir()), 'bakelint-tests-'));
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
