import { mkdtempSync, realpathSync } from 'node:fs';
import module from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { keepCompiled } from '../node/compile-cache.ts';

test('compiled code is kept in the directory, in versions of Node that can', () => {
  const directory = join(realpathSync(mkdtempSync(join(tmpdir(), 'compiled-'))), 'compiled');
  keepCompiled(pathToFileURL(directory));
  const { getCompileCacheDir } = module as { readonly getCompileCacheDir?: () => string | undefined };
  expect(getCompileCacheDir?.()?.startsWith(directory) ?? getCompileCacheDir === undefined).toBe(true);
});
