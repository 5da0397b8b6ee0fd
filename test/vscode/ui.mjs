// Does what a person does: opens a file, sees the squiggle and the row in Problems, takes the quick fix, saves.
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CASES } from './cases.mjs';
import { HERE, ROOT } from './setup.mjs';
import { answer, pressUntil, takeAction } from './steps.mjs';
import { openWorkbench } from './workbench.mjs';

const SHOTS = path.join(HERE, 'shots');

/** Throws when something is not as it should be; screenshots of every step go to `shots/`. */
export async function runUi(kind, staged) {
  mkdirSync(SHOTS, { recursive: true });
  const { page, folder, close } = await openWorkbench(kind, staged);
  page.setDefaultTimeout(45_000);
  const shot = name => page.screenshot({ path: path.join(SHOTS, `${kind}-${name}.png`) });
  try {
    await page.locator('.monaco-workbench .explorer-folders-view').waitFor();
    if (kind === 'node') await lookAtImages(page, shot);
    for (const one of CASES) await fixOne(page, one, kind, folder, shot);
    return `${CASES.length} files`;
  } catch (error) {
    await shot('failure').catch(() => {});
    throw error;
  } finally {
    await close();
  }
}

/** What F5 opens: the tour, with findings in each of its files. */
const TOUR = {
  'web-app/Dockerfile': 'latest-tag',
  'golden-image/web.pkr.hcl': 'unpinned-base-image',
  'first-boot/user-data.yaml': 'plain-password',
};

/** Opens the files of the tour with the extension under development, as launch.json does. */
export async function runTour(staged) {
  mkdirSync(SHOTS, { recursive: true });
  const { page, close } = await openWorkbench('node', staged, { files: path.join(ROOT, 'tour') });
  page.setDefaultTimeout(90_000);
  try {
    await page.locator('.monaco-workbench .explorer-folders-view').waitFor();
    const panel = page.locator('.markers-panel');
    await pressUntil(page, 'Control+Shift+KeyM', panel);
    for (const [file, rule] of Object.entries(TOUR)) {
      const [folder, name] = file.split('/');
      await page.getByRole('treeitem', { name: folder, exact: true }).click();
      await page.getByRole('treeitem', { name, exact: true }).dblclick();
      await panel.locator('.monaco-list-row', { hasText: 'bakelint' }).filter({ hasText: rule }).first().waitFor();
    }
    await page.screenshot({ path: path.join(SHOTS, 'tour.png') });
    return `${Object.keys(TOUR).length} files`;
  } catch (error) {
    await page.screenshot({ path: path.join(SHOTS, 'tour-failure.png') }).catch(() => {});
    throw error;
  } finally {
    await close();
  }
}

/** The view, collapsed at first, lists the images by layer, and a click goes to the line. */
async function lookAtImages(page, shot) {
  const header = page.locator('.pane-header', { hasText: 'Images' });
  await header.click();
  const view = page.locator('.pane', { has: header });
  await view.getByRole('treeitem', { name: /^Application images, \d/ }).waitFor();
  await shot('images-1-layers');
  await view
    .getByRole('treeitem', { name: /image\.pkr\.hcl/ })
    .first()
    .click();
  await page.locator('.tab.active[data-resource-name="image.pkr.hcl"]').waitFor();
  await shot('images-2-opened');
}

async function fixOne(page, { file, steps }, kind, folder, shot) {
  await page.getByRole('treeitem', { name: file, exact: true }).dblclick();
  await page.locator(`.tab.active[data-resource-name="${file}"]`).waitFor();
  const editor = page.locator('.editor-instance .monaco-editor').first();
  await editor.locator('.squiggly-warning, .squiggly-error, .squiggly-info').first().waitFor({ state: 'attached' });
  // Git marks what has changed, so it has a copy of the file open; it runs on a server, in trusted workspaces alone.
  if (kind !== 'pure' && kind !== 'untrusted')
    await editor.locator('.dirty-diff-glyph').first().waitFor({ state: 'attached' });
  const panel = page.locator('.markers-panel');
  await pressUntil(page, 'Control+Shift+KeyM', panel);
  for (const { rule, action, reason } of steps) {
    const row = panel.locator('.monaco-list-row', { hasText: 'bakelint' }).filter({ hasText: rule });
    // One row alone: Playwright cannot wait for two.
    await row.waitFor();
    await shot(`${file}-${rule}-1-problems`);
    // Opens the place of the finding and gives the editor the focus. On the first words: before them is the light bulb,
    // after them the link to the rule's page.
    await row.dblclick({ position: { x: 100, y: 10 } });
    await page.waitForFunction(() => document.activeElement?.closest('.editor-instance'));
    const hover = page.locator('.monaco-hover:visible', { hasText: rule });
    await pressUntil(page, ['Control+KeyK', 'Control+KeyI'], hover);
    await shot(`${file}-${rule}-2-hover`);
    await page.keyboard.press('Escape');
    await hover.first().waitFor({ state: 'detached' });
    const offered = page.locator('.action-widget .monaco-list-row.action', { hasText: action });
    await pressUntil(page, 'Control+Period', offered);
    await shot(`${file}-${rule}-3-quick-fix`);
    await takeAction(page, action);
    if (reason) await answer(page, reason);
    await row.waitFor({ state: 'detached' });
    await shot(`${file}-${rule}-4-fixed`);
  }
  await page.keyboard.press('Control+KeyS');
  await page.waitForFunction(() => !document.querySelector('.tab.active')?.classList.contains('dirty'));
  // Where there is no disk, an editor that is no longer dirty is all that can be seen of a save.
  if (kind !== 'pure') {
    const saved = readFileSync(path.join(folder, file), 'utf8');
    if (saved !== steps.at(-1).after) throw new Error(`${file} on disk:\n${saved}`);
  }
  await page.keyboard.press('Control+KeyJ');
  await panel.waitFor({ state: 'hidden' });
}
