/** Runs the suite in an extension host, of Node or of the browser; VS Code calls `run`. */
import 'mocha/mocha.js';

/** Put in by the bundler: a part of the titles of the tests to run; empty for all. */
declare const ONLY: string;
/** Put in by the bundler: whether the tests may make files, which the web hosts cannot be relied on for. */
declare const WRITABLE: boolean;
/** Put in by the bundler: whether times are measured and nothing is tested. */
declare const MEASURE: boolean;

export function run(): Promise<void> {
  // Mocha's build for the browser serves both hosts; it looks for its options in the page's address.
  (globalThis as { location?: unknown }).location ??= { search: '' };
  mocha.setup({ ui: 'tdd', reporter: 'spec', color: false, timeout: 60_000 });
  if (MEASURE) require('./latency.ts');
  else {
    require('./suite.ts');
    require('./features.ts');
    if (WRITABLE) require('./promises.ts');
  }
  if (ONLY) mocha.grep(ONLY);
  return new Promise((resolve, reject) =>
    mocha.run(failures => (failures > 0 ? reject(new Error(`${failures} tests failed`)) : resolve())),
  );
}
