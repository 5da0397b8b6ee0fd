import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/vscode/**'],
    globalSetup: ['./test/temporary.ts'],
    setupFiles: ['./test/setup.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    reporters: ['default', './test/count.mjs'],
    // Compiled modules are kept in node_modules/: a second run starts in a tenth of the time.
    experimental: { fsModuleCache: true },
  },
});
