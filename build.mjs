// Bundles everything that ships into dist/: the command line, the language server and the extension, for Node and for
// the browser. `node build.mjs --watch` rebuilds on every change, with source maps
// and without minifying, for a debugger; `--out=DIRECTORY` builds somewhere else.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import esbuild from 'esbuild';
import { dataFiles, lazyData } from './dev/lazy-data.mjs';
import { noticesFor, packagesIn } from './dev/notices.mjs';

const version = JSON.parse(readFileSync('package.json', 'utf8')).version;
const watch = process.argv.includes('--watch');
const out = process.argv.find(option => option.startsWith('--out='))?.slice('--out='.length) ?? 'dist';

/**
 * Writes what is not ASCII as escapes, which esbuild does everywhere but in regular expressions: one such character makes
 * V8 keep the whole text with two bytes for each of its characters, and read it more slowly.
 */
const ascii = {
  name: 'ascii',
  setup: build =>
    build.onEnd(({ metafile }) => {
      for (const path of Object.keys(metafile?.outputs ?? {}).filter(path => !path.endsWith('.map'))) {
        const text = readFileSync(path, 'utf8');
        const escaped = text.replace(/[^\0-\x7F]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
        if (escaped !== text) writeFileSync(path, escaped);
      }
    }),
};

const common = {
  bundle: true,
  target: 'es2022',
  logLevel: 'warning',
  minifySyntax: !watch,
  minifyWhitespace: !watch,
  minifyIdentifiers: !watch,
  sourcemap: watch,
  legalComments: 'none',
  define: { BAKELINT_VERSION: JSON.stringify(version) },
  plugins: watch ? [lazyData] : [lazyData, ascii],
};
// The builds for browsers: fflate's build for Node loads `worker_threads` for what is not used here, and that of yaml is
// CommonJS, of which everything is taken along.
const lean = { fflate: 'fflate/browser', yaml: resolve('node_modules/yaml/browser/index.js') };
const node = { ...common, platform: 'node', target: 'node20', alias: lean };
const web = { ...common, platform: 'browser', define: { ...common.define, global: 'globalThis' } };
/**
 * yaml in a file of its own, which is loaded when something is first asked of it: most Dockerfiles bring no YAML with them,
 * and reading the library takes as long as a quarter of the rules. What parses cloud-config needs it in any case.
 */
const lateYaml = {
  name: 'late yaml',
  async setup(build) {
    const library = await import('yaml');
    const { CST, default: _, ...functions } = library;
    const names = Object.keys(functions);
    const constants = Object.keys(CST).map(name => `get ${name}() { return yaml().CST.${name}; }`);
    build.onResolve({ filter: /^yaml$/ }, ({ importer }) => ({
      path: 'yaml',
      namespace: /[\\/]languages[\\/]cloud-init[\\/]/.test(importer) ? 'yaml at once' : 'late yaml',
    }));
    build.onResolve({ filter: /^\.\/yaml\.cjs$/ }, () => ({ path: './yaml.cjs', external: true }));
    // With `require`, since Node looks through a file of CommonJS before it imports it.
    build.onLoad({ filter: /.*/, namespace: 'yaml at once' }, () => ({
      contents: `export const { CST, ${names.join(', ')} } = require('./yaml.cjs');`,
    }));
    build.onLoad({ filter: /.*/, namespace: 'late yaml' }, () => ({
      contents: [
        "let loaded;\nconst yaml = () => (loaded ??= require('./yaml.cjs'));",
        `function late(name) {
          return function (...given) {
            return new.target ? Reflect.construct(yaml()[name], given) : yaml()[name](...given);
          };
        }`,
        ...names.map(name => `export const ${name} = late(${JSON.stringify(name)});`),
        `export const CST = { ${constants.join(', ')} };`,
      ].join('\n'),
    }));
  },
};

/** The library of the language server in a file of its own: the command line does not read it. */
const lateProtocol = {
  name: 'late protocol',
  setup: build =>
    build.onResolve({ filter: /^vscode-languageserver(?:\/node)?$/ }, () => ({
      path: './protocol.cjs',
      external: true,
    })),
};

// Loaded when a document of ours is open; a bundle in CommonJS loads another with `require`.
const lateLaunch = {
  name: 'late launch',
  setup: build =>
    build.onResolve({ filter: /^\.\/launch-node\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './launch.node.cjs', external: true } : undefined,
    ),
};

const bundles = [
  // The npm package: small programs that load one bundle of the command line, its threads, the API and the server.
  {
    ...node,
    format: 'esm',
    entryPoints: { cli: 'npm/cli.ts', worker: 'npm/worker.ts', api: 'npm/api.ts' },
    outdir: out,
  },
  {
    ...node,
    format: 'cjs',
    entryPoints: { bakelint: 'npm/programs.ts' },
    define: { ...common.define, 'import.meta.url': 'bakelintUrl' },
    // A debugger finds no sources of a module that is made here.
    plugins: [dataFiles(out), ...common.plugins, ...(watch ? [] : [lateYaml, lateProtocol])],
    outdir: out,
    outExtension: { '.js': '.cjs' },
  },
  {
    ...node,
    format: 'cjs',
    entryPoints: { yaml: 'yaml', protocol: 'vscode-languageserver/node' },
    outdir: out,
    outExtension: { '.js': '.cjs' },
  },
  // A worker loads only scripts that are called `.js`, which Node takes for what the nearest package.json says.
  {
    ...node,
    format: 'cjs',
    conditions: ['browser'],
    entryPoints: { server: 'server/extension.ts' },
    outdir: join(out, 'vscode'),
  },
  {
    ...node,
    format: 'cjs',
    entryPoints: { 'extension.node': 'client/node.ts', 'launch.node': 'client/launch-node.ts' },
    external: ['vscode'],
    plugins: [...common.plugins, lateLaunch],
    supported: { 'dynamic-import': false },
    outdir: out,
    outExtension: { '.js': '.cjs' },
  },
  // VS Code in the browser takes a `.js` in a package of type `module` for ESM, which it cannot load.
  {
    ...web,
    format: 'cjs',
    entryPoints: { 'extension.browser': 'client/browser.ts' },
    external: ['vscode'],
    outdir: out,
    outExtension: { '.js': '.cjs' },
  },
].filter(({ entryPoints }) => Object.values(entryPoints).every(file => !file.endsWith('.ts') || existsSync(file)));

if (!watch) rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, 'vscode'), { recursive: true });
writeFileSync(`${out}/vscode/package.json`, '{ "type": "commonjs" }\n');
writeFileSync(`${out}/pages.json`, JSON.stringify(rulePages()));

if (watch) await watchAll();
else await buildAll();

/** The page of each rule by its id, for an editor without a network. */
function rulePages() {
  const names = readdirSync('docs/rules').filter(name => name.endsWith('.md') && name !== 'README.md');
  return Object.fromEntries(names.map(name => [name.slice(0, -3), pageIn(`docs/rules/${name}`)]));
}

/** Without the comment that says where the page comes from. */
function pageIn(path) {
  return readFileSync(path, 'utf8').replace(/^<!--[^\n]*-->\n+/, '');
}

/** Builds every bundle once and writes the licenses of what is in them. */
async function buildAll() {
  const results = await Promise.all(bundles.map(bundle => esbuild.build({ ...bundle, metafile: true })));
  const packages = packagesIn(results.map(({ metafile }) => metafile));
  writeFileSync(`${out}/THIRD-PARTY-NOTICES.txt`, noticesFor(packages));
}

/** Prints one line when a round of builds starts and one when all of them are done; the editor's task waits for these. */
async function watchAll() {
  const started = new Set();
  const report = bundle => ({
    name: 'report',
    setup({ onStart, onEnd }) {
      onStart(() => {
        if (started.size === 0) console.log('[watch] build started');
        started.add(bundle);
      });
      onEnd(() => {
        started.delete(bundle);
        if (started.size === 0) console.log('[watch] build finished');
      });
    },
  });
  const contexts = await Promise.all(
    bundles.map(bundle => esbuild.context({ ...bundle, plugins: [...bundle.plugins, report(bundle)] })),
  );
  // The first round counts as one: nothing is finished before every bundle is there.
  for (const bundle of bundles) started.add(bundle);
  console.log('[watch] build started');
  await Promise.all(contexts.map(context => context.watch()));
}
