// Asks every oracle in full: 100,000 generated scripts, and the scripts of a directory when one is given. Where Python has
// cloud-init (CLOUD_INIT_PYTHON, PYTHONPATH), generated cloud-config, network-config and, with Subiquity's schema in
// AUTOINSTALL_SCHEMA, autoinstall are held against its schemas, its mergers and its Jinja.
import { spawnSync } from 'node:child_process';

const env = { ...process.env, ORACLES: 'full', CORPUS: process.argv[2] ?? '' };
const run = (command, ...args) => spawnSync(command, args, { env, stdio: 'inherit' }).status ?? 1;

let status = run('npx', 'vitest', 'run', 'test/shell/oracles');
const python = process.env.CLOUD_INIT_PYTHON ?? 'python3';
if (spawnSync(python, ['-c', 'import cloudinit']).status === 0)
  status = run('node', 'dev/run.mjs', 'dev/cloud-init-oracle', '--generated') || status;
else console.log(`${python} has no cloud-init, so it was not asked.`);
process.exitCode = status;
