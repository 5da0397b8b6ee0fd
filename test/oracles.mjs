// Asks every oracle in full: 100,000 generated scripts, and the scripts of a directory when one is given.
import { spawnSync } from 'node:child_process';

const env = { ...process.env, ORACLES: 'full', CORPUS: process.argv[2] ?? '' };
const { status } = spawnSync('npx', ['vitest', 'run', 'test/shell/oracles'], { env, stdio: 'inherit' });
process.exitCode = status ?? 1;
