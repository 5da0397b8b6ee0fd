// npm run test:e2e [-- KIND…]: Bakelint in a real VS Code. Brings everything that it needs from npm and Debian.
// KIND: node, web, pure, vsix, untrusted, tour, keyboard, mending, page (of images), or neovim, where Neovim 0.11 or newer is installed or named by NVIM.
//   --no-build   take dist/ as it is
//   --rounds=N   everything N times
//   --measure    times of the editor instead of tests, in the hosts that are named
//   --only=TEXT  only the tests of the extension host whose title has this text (`PICTURES=DIRECTORY` keeps screenshots)
import { rmSync } from 'node:fs';
import { runSuite } from './exthost.mjs';
import { checkGrammars } from './grammars.mjs';
import { runKeyboard } from './keyboard.mjs';
import { runMending } from './mending.mjs';
import { neovim, runNeovim } from './neovim.mjs';
import { checkPage } from './page.mjs';
import { browser, installTools, stage } from './setup.mjs';
import { runTour, runUi } from './ui.mjs';

const options = process.argv.slice(2);
const kinds = options.filter(option => !option.startsWith('--'));
const rounds = Number(options.find(option => option.startsWith('--rounds='))?.slice('--rounds='.length) ?? 1);
const only = options.find(option => option.startsWith('--only='))?.slice('--only='.length);
if (only !== undefined) process.env.ONLY = only;
const measure = options.includes('--measure');
if (measure) process.env.MEASURE = '1';
const wanted = kind => kinds.length === 0 || kinds.includes(kind);

installTools();
browser();
const staged = await stage({ build: !options.includes('--no-build') });
const jobs = [
  ...(kinds.length === 0 ? [['grammars', checkGrammars]] : []),
  ...(wanted('page') ? [['the page of images', checkPage]] : []),
  ...(wanted('neovim') && neovim() ? [['Neovim', () => runNeovim()]] : []),
  ...['node', 'web', 'pure'].filter(wanted).map(kind => [`extension host, ${kind}`, () => runSuite(kind, staged)]),
  ...['node', 'web', 'pure', 'vsix', 'untrusted']
    .filter(kind => only === undefined && !measure && wanted(kind))
    .map(kind => [`user interface, ${kind}`, () => runUi(kind, staged)]),
  ...(wanted('keyboard') && only === undefined && !measure ? [['keys alone', () => runKeyboard(staged)]] : []),
  ...(wanted('mending') && only === undefined && !measure ? [['mending', () => runMending(staged)]] : []),
  ...(wanted('tour') && only === undefined ? [['the tour', () => runTour(staged)]] : []),
];
let passed = 0;
let failed = 0;
for (let round = 0; round < rounds; round++) {
  for (const [name, job] of jobs) {
    const start = performance.now();
    const seconds = () => `${((performance.now() - start) / 1000).toFixed(1)} s`;
    try {
      console.log(`✓ ${name}: ${await job()}, ${seconds()}`);
      passed++;
    } catch (error) {
      console.error(`✗ ${name}, ${seconds()}: ${error.stack ?? error}`);
      failed++;
    }
  }
}
rmSync(staged.folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
