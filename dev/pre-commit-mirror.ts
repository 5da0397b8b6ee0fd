import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Only the programs of the hook's own package are on the PATH, so it has one that starts the other. */
const PROGRAM = `#!/usr/bin/env node
const { dirname, join } = require('node:path');
const { pathToFileURL } = require('node:url');
const home = dirname(require.resolve('bakelint/package.json'));
import(pathToFileURL(join(home, 'dist', 'cli.js')).href);
`;

/**
 * Writes the repository that pre-commit clones: the hook and a package that depends on the published one. A hook in this
 * repository would install everything that its development needs. `directory`: of a clone of that repository.
 */
export function preCommitMirror([directory, version = versionHere()]: readonly string[]): number {
  if (directory === undefined) {
    process.stderr.write('usage: npm run dev -- pre-commit-mirror DIRECTORY [VERSION]\n');
    return 2;
  }
  mkdirSync(directory, { recursive: true });
  cpSync('ci/pre-commit/.pre-commit-hooks.yaml', join(directory, '.pre-commit-hooks.yaml'));
  const manifest = {
    name: 'bakelint-pre-commit',
    version,
    private: true,
    description: 'The hook of Bakelint for pre-commit',
    license: 'MIT',
    bin: { bakelint: './bakelint.js' },
    dependencies: { bakelint: version },
  };
  writeFileSync(join(directory, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  writeFileSync(join(directory, 'bakelint.js'), PROGRAM, { mode: 0o755 });
  writeFileSync(
    join(directory, 'README.md'),
    '# Bakelint for pre-commit\n\nThe hook of [Bakelint](https://github.com/bakelint/bakelint/blob/main/docs/ci.md#pre-commit). This repository is generated.\n',
  );
  return 0;
}

function versionHere(): string {
  return (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
}
