import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/vscode/**'],
    globalSetup: ['./test/temporary.ts'],
    setupFiles: ['./test/setup.ts'],
    // One worker for each core: Vitest keeps one core free otherwise, and half of the two of a small machine idles.
    maxWorkers: '100%',
    testTimeout: 400_000,
    hookTimeout: 400_000,
    reporters: ['default', './test/count.mjs'],
    // Compiled modules are kept in node_modules/: a second run starts in a tenth of the time.
    experimental: { fsModuleCache: true },
  },
});
