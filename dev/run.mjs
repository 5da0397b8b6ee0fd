// Runs a TypeScript directory of this repository: `node dev/run.mjs dev generate` bundles dev/main.ts and calls its `main`.
// The bundle takes the rules from their directories, so that a rule just written is there before any file is generated;
// BAKELINT_RULES=id,id limits them.
import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import esbuild from 'esbuild';
import { rulePlaces, rulesIndex } from './rules-index.mjs';

const [layer, ...args] = process.argv.slice(2);
const outfile = resolve(`.tsbuild/run/${layer}-${process.pid}.mjs`);
mkdirSync('.tsbuild/run', { recursive: true });
const freshRules = {
  name: 'fresh-rules',
  setup(build) {
    build.onLoad({ filter: /[\\/]rules[\\/]index\.ts$/ }, () => ({
      contents: rulesIndex(rulePlaces(process.env.BAKELINT_RULES?.split(','))),
      loader: 'ts',
    }));
  },
};
await esbuild.build({
  entryPoints: [`${layer}/main.ts`],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: 'inline',
  logLevel: 'warning',
  plugins: [freshRules],
  define: { BAKELINT_VERSION: '"dev"' },
});
try {
  const { main } = await import(pathToFileURL(outfile).href);
  process.exitCode = await main(args);
} finally {
  rmSync(outfile, { force: true });
}
