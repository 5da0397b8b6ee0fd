// npm run test:electron: the suite in VS Code for the desktop, which @vscode/test-electron downloads. Needs a network
// and a display (`xvfb-run -a npm run test:electron` where there is none).
import { rmSync } from 'node:fs';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { stage, workspace } from './setup.mjs';

const staged = await stage();
try {
  await runTests({
    version: process.env.VSCODE_VERSION ?? 'stable',
    extensionDevelopmentPath: staged.extension,
    extensionTestsPath: path.join(staged.extension, 'dist/test.node.cjs'),
    launchArgs: [workspace(path.join(staged.folder, 'ws')), '--disable-extensions', '--disable-workspace-trust'],
  });
  console.log('1 passed, 0 failed');
} catch (error) {
  console.error(error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
} finally {
  rmSync(staged.folder, { recursive: true, force: true });
}
