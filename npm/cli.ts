#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { version } from '../cli/version.ts';
import { setFlagsOfStart } from '../node/tiering.ts';
import { programs } from './load.ts';

// Scripts ask for the version in every run, so it is answered before anything else is loaded.
if (process.argv.length === 3 && process.argv[2] === '--version')
  process.stdout.write(`${version(fileURLToPath(new URL('..', import.meta.url)))}\n`);
else
  try {
    // What was compiled is taken with the flags that it was written with.
    setFlagsOfStart();
    const { exports, keep } = programs();
    process.once('exit', keep);
    const { main } = await exports.commandLine();
    await main(exports.languageServer);
  } catch (error) {
    process.stderr.write(`bakelint: cannot start: ${(error as Error).message}\n`);
    process.exitCode = 2;
  }
