// Works with keys alone, as someone who uses no mouse: opens a file, goes through the findings, takes a fix, reads a
// page, and walks the view of the images. The mouse is taken away, so that a step that needs it fails.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { CASES } from './cases.mjs';
import { HERE } from './setup.mjs';
import { openFile, pressUntil, runCommand, takeAction } from './steps.mjs';
import { openWorkbench } from './workbench.mjs';

const SHOTS = path.join(HERE, 'shots');

export async function runKeyboard(staged) {
  mkdirSync(SHOTS, { recursive: true });
  const { page, close } = await openWorkbench('node', staged);
  page.setDefaultTimeout(45_000);
  const shot = name => page.screenshot({ path: path.join(SHOTS, `keyboard-${name}.png`) });
  try {
    await page.locator('.monaco-workbench .explorer-folders-view').waitFor();
    await page.addStyleTag({ content: '* { pointer-events: none !important; }' });
    for (const one of CASES) await mendWithKeys(page, one, shot);
    await walkImages(page, shot);
    await readPage(page, shot);
    return `${CASES.length} files, the images and a page`;
  } catch (error) {
    await shot('failure').catch(() => {});
    throw error;
  } finally {
    await close();
  }
}

/** From finding to finding with F8, until the one that is wanted; then its fix, and it is gone. */
async function mendWithKeys(page, { file, steps: [{ rule, action }] }, shot) {
  await openFile(page, file);
  await page
    .locator('.editor-instance .squiggly-warning, .editor-instance .squiggly-error')
    .first()
    .waitFor({ state: 'attached' });
  const at = page.locator('.marker-widget', { hasText: rule });
  for (let i = 0; i < 20 && (await at.count()) === 0; i++) {
    await page.keyboard.press('Alt+F8');
    await page.waitForTimeout(500);
  }
  await at.waitFor();
  await shot(`${file}-1-finding`);
  await page.keyboard.press('Escape');
  await pressUntil(page, 'Control+Period', page.locator('.action-widget .monaco-list-row.action', { hasText: action }));
  await shot(`${file}-2-fixes`);
  await takeAction(page, action);
  await pressUntil(page, 'Control+Shift+KeyM', page.locator('.markers-panel'));
  const rows = page.locator('.markers-panel .monaco-list-row');
  // Another finding of the file stays, so that an empty list proves nothing.
  await rows.filter({ hasText: 'latest-tag' }).first().waitFor();
  await rows.filter({ hasText: rule }).waitFor({ state: 'detached' });
  await page.keyboard.press('Control+KeyJ');
  await page.locator('.markers-panel').waitFor({ state: 'hidden' });
  // The panel had the focus; a view that opens next would not get it.
  await page.keyboard.press('Control+Digit1');
}

/** The page of a rule, by the command and the list of rules. */
async function readPage(page, shot) {
  await runCommand(page, 'Bakelint: Explain Rule');
  const rules = page.locator('.quick-input-widget .monaco-list-row');
  await rules.filter({ hasText: /^add-/ }).first().waitFor();
  await page.keyboard.type('latest-tag');
  await rules.filter({ hasText: 'latest-tag' }).first().waitFor();
  await page.keyboard.press('Enter');
  // Rendered, though no file in Markdown was opened before.
  await page.locator('.tab.active', { hasText: 'Preview latest-tag.md' }).waitFor();
  await shot('page');
}

/** The view gets the focus by its command, opens with the arrows, and Enter goes to the line of an image. */
async function walkImages(page, shot) {
  const pane = page.locator('.pane', { has: page.locator('.pane-header', { hasText: 'Images' }) });
  const image = pane.locator('.monaco-list-row.focused', { hasText: 'image.pkr.hcl' });
  // A view that has nothing to show yet does not take the focus: the command is given again.
  for (let tries = 0; tries < 4 && (await image.count()) === 0; tries++) {
    await runCommand(page, 'Explorer: Focus on Images View');
    await page.getByRole('treeitem', { name: /^Application images, \d/ }).waitFor();
    for (let i = 0; i < 8 && (await image.count()) === 0; i++) {
      await page.keyboard.press('ArrowDown');
      await page.waitForTimeout(200);
    }
  }
  await shot('images');
  await page.keyboard.press('Enter');
  await page.locator('.tab.active[data-resource-name="image.pkr.hcl"]').waitFor();
}
