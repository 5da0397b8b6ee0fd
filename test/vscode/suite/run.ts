/** Runs the suite in an extension host, of Node or of the browser; VS Code calls `run`. */
import 'mocha/mocha.js';

export function run(): Promise<void> {
  // Mocha's build for the browser serves both hosts; it looks for its options in the page's address.
  (globalThis as { location?: unknown }).location ??= { search: '' };
  mocha.setup({ ui: 'tdd', reporter: 'spec', color: false, timeout: 60_000 });
  require('./suite.ts');
  return new Promise((resolve, reject) =>
    mocha.run(failures => (failures > 0 ? reject(new Error(`${failures} tests failed`)) : resolve())),
  );
}
