// Everything that the end-to-end tests need and that is not in the repository: VS Code, a browser, the built extension.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { CASES } from './cases.mjs';

export const HERE = path.dirname(fileURLToPath(import.meta.url));
export const ROOT = path.resolve(HERE, '../..');
export const TOOLS = path.join(HERE, 'tools/node_modules');

const run = (command, args, options = {}) =>
  execFileSync(command, args, { stdio: ['ignore', 'pipe', 'inherit'], ...options });

/** Installs VS Code unless the installation is the one that the lockfile asks for. */
export function installTools() {
  const folder = path.join(HERE, 'tools');
  const stamp = path.join(TOOLS, '.stamp');
  const hash = createHash('sha256');
  for (const name of ['package-lock.json', 'setup.sh']) hash.update(readFileSync(path.join(folder, name)));
  const wanted = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing VS Code for the tests (once, about half a minute) …');
  run('sh', [path.join(folder, 'setup.sh')]);
  writeFileSync(stamp, wanted);
}

/** The path of a Chromium; Debian's is installed when there is none and it can be. */
export function browser() {
  const known = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const found = () => known.find(file => file && existsSync(file));
  if (found()) return found();
  if (existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium …');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    run('apt-get', ['update', '-qq'], { env });
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], { env });
  }
  if (!found()) throw new Error('There is no Chromium: install one, or name it in the variable CHROMIUM.');
  return found();
}

/**
 * Builds the extension and puts what ships of it into a directory of its own, with the test bundles beside it, so that
 * nothing that is built meanwhile can disturb a run. Returns the directory and the packaged extension.
 */
export async function stage({ build = true } = {}) {
  if (build) run(process.execPath, ['build.mjs'], { cwd: ROOT });
  const folder = mkdtempSync(path.join(tmpdir(), 'bakelint-extension-'));
  const extension = path.join(folder, 'extension');
  mkdirSync(extension);
  for (const name of [
    'package.json',
    'CHANGELOG.md',
    'LICENSE',
    'dist',
    'syntaxes',
    'client/README.md',
    'client/icon.png',
    'client/snippets',
    'client/walkthrough',
    'docs/bakelint.schema.json',
  ])
    if (existsSync(path.join(ROOT, name)))
      cpSync(path.join(ROOT, name), path.join(extension, name), { recursive: true });
  cpSync(path.join(ROOT, '.vscodeignore'), path.join(extension, '.vscodeignore'));
  const vsix = path.join(folder, 'bakelint.vsix');
  const vsce = path.join(ROOT, 'node_modules/@vscode/vsce/vsce');
  run(
    process.execPath,
    [vsce, 'package', '--no-dependencies', '--skip-license', '--readme-path', 'client/README.md', '-o', vsix],
    {
      cwd: extension,
      // `prepare` has been run above, and the copy has nothing to build from.
      env: { ...process.env, npm_config_ignore_scripts: 'true' },
    },
  );
  await bundleSuite(extension);
  return { folder, extension, vsix };
}

/** Bundles the suite for the extension host of Node and of the browser into `<extension>/dist/`. */
export async function bundleSuite(extension) {
  const common = {
    bundle: true,
    format: 'cjs',
    target: 'es2022',
    logLevel: 'warning',
    absWorkingDir: ROOT,
    external: ['vscode'],
    define: {
      CASES: JSON.stringify(CASES),
      ONLY: JSON.stringify(process.env.ONLY ?? ''),
      MEASURE: JSON.stringify(process.env.MEASURE === '1'),
    },
  };
  const out = name => path.join(extension, 'dist', name);
  const suite = name => path.join(HERE, 'suite', name);
  await Promise.all([
    esbuild.build({
      ...common,
      define: { ...common.define, WRITABLE: 'true' },
      platform: 'node',
      entryPoints: [suite('run.ts')],
      outfile: out('test.node.cjs'),
    }),
    esbuild.build({
      ...common,
      platform: 'browser',
      define: { ...common.define, WRITABLE: 'false', global: 'globalThis' },
      entryPoints: [suite('run.ts')],
      outfile: out('test.browser.cjs'),
    }),
  ]);
}

/**
 * A fresh copy of the files that the tests open, in a Git repository whose commit differs from it in every file: Git
 * then has an older version to show of each.
 */
export function workspace(folder, fixtures = path.join(HERE, 'fixtures')) {
  mkdirSync(folder, { recursive: true });
  cpSync(fixtures, folder, { recursive: true });
  const files = readdirSync(folder, { recursive: true }).filter(name => statSync(path.join(folder, name)).isFile());
  for (const name of files) appendFileSync(path.join(folder, name), '# An older version.\n');
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  const git = (...args) =>
    run('git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args], { cwd: folder, env });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '--message=Before');
  for (const name of files) cpSync(path.join(fixtures, name), path.join(folder, name));
  return folder;
}
