#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { keepCompiled } from '../node/compile-cache.ts';
import { version } from './version.ts';

// Scripts ask for the version in every run, so it is answered before anything else is loaded.
if (process.argv.length === 3 && process.argv[2] === '--version')
  process.stdout.write(`${version(fileURLToPath(new URL('..', import.meta.url)))}\n`);
else {
  keepCompiled(new URL('compiled/', import.meta.url));
  try {
    // A URL and no literal, so that the bundle of this file does not take in the other one.
    const { main } = (await import(new URL('main.js', import.meta.url).href)) as typeof import('./main.ts');
    await main();
  } catch (error) {
    process.stderr.write(`bakelint: cannot start: ${(error as Error).message}\n`);
    process.exitCode = 2;
  }
}
