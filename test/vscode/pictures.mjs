// node test/vscode/pictures.mjs DIRECTORY [--no-build]: screenshots of the extension in a real VS Code, in light and dark.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { browser, HERE, installTools, stage } from './setup.mjs';
import { goTo, openFile, pressUntil, runCommand } from './steps.mjs';
import { openWorkbench } from './workbench.mjs';

const THEMES = { light: 'Default Light Modern', dark: 'Default Dark Modern' };
const VIEWPORT = { width: 1600, height: 1000 };
const PATIENCE = 45_000;

const [directory, ...options] = process.argv.slice(2);
if (directory === undefined || directory.startsWith('-')) {
  console.error('usage: node test/vscode/pictures.mjs DIRECTORY [--no-build]');
  process.exit(2);
}
mkdirSync(directory, { recursive: true });
installTools();
browser();
const staged = await stage({ build: !options.includes('--no-build') });
for (const [theme, colorTheme] of Object.entries(THEMES)) {
  const settings = { 'workbench.colorTheme': colorTheme, 'editor.minimap.enabled': false, 'editor.fontSize': 15 };
  const { page, close } = await openWorkbench('node', staged, {
    files: path.join(HERE, 'gallery'),
    settings,
    viewport: VIEWPORT,
  });
  page.setDefaultTimeout(PATIENCE);
  const picture = async name => {
    await page.waitForTimeout(600);
    await page.screenshot({ path: path.join(directory, `${name}-${theme}.png`) });
  };
  try {
    await page.locator('.monaco-workbench .explorer-folders-view').waitFor();
    await ofDockerfile(page, picture);
    await ofPacker(page, picture);
    await ofCloudInit(page, picture);
    await ofImages(page, picture);
    await ofCommands(page, picture);
    console.log(`✓ ${theme}`);
  } catch (error) {
    await picture('failure');
    throw error;
  } finally {
    await close();
  }
}

async function ofDockerfile(page, picture) {
  await openFile(page, 'Dockerfile');
  await page.keyboard.press('Control+Shift+KeyM');
  await page.locator('.markers-panel .monaco-list-row', { hasText: 'latest-tag' }).first().waitFor();
  await picture('dockerfile-problems');
  await goTo(page, 1, 8);
  await pressUntil(page, ['Control+Period'], page.locator('.action-widget .monaco-list-row.action'));
  await picture('dockerfile-pin');
  await page.keyboard.press('Escape');
  await hover(page, 3, 26);
  await picture('dockerfile-secret');
  await page.keyboard.press('Escape');
}

async function ofPacker(page, picture) {
  await openFile(page, 'web.pkr.hcl');
  await goTo(page, 28, 1);
  await page.keyboard.type('  ');
  await pressUntil(page, ['Control+Space'], page.locator('.suggest-widget.visible .monaco-list-row'));
  await picture('packer-completion');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+KeyZ');
  await hover(page, 21, 6);
  await picture('packer-hover');
  await page.keyboard.press('Escape');
  await goTo(page, 34, 86);
  await pressUntil(page, ['Control+Period'], page.locator('.action-widget .monaco-list-row.action'));
  await picture('packer-extract');
  await page.keyboard.press('Escape');
}

async function ofCloudInit(page, picture) {
  await openFile(page, 'user-data.yaml');
  await page
    .locator('.editor-instance .squiggly-warning, .editor-instance .squiggly-error')
    .first()
    .waitFor({ state: 'attached' });
  await hover(page, 7, 8);
  await picture('cloud-init-hover');
  await page.keyboard.press('Escape');
}

async function ofImages(page, picture) {
  await runCommand(page, 'Explorer: Focus on Images View');
  await page.getByRole('treeitem', { name: /^Machine images, \d/ }).waitFor();
  // Down to the first image, whose parts open beside it.
  for (let i = 0; i < 3; i++) {
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
  }
  await picture('images');
}

async function ofCommands(page, picture) {
  await page.keyboard.press('F1');
  await page.keyboard.type('Bakelint');
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'Bakelint' }).first().waitFor();
  await picture('commands');
  await page.keyboard.press('Escape');
}

async function hover(page, line, column) {
  await goTo(page, line, column);
  await pressUntil(page, ['Control+KeyK', 'Control+KeyI'], page.locator('.monaco-hover:visible'));
}
