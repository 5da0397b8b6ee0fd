// Does what a person does: opens a file, sees the squiggle and the row in Problems, takes the quick fix, saves.
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CASES } from './cases.mjs';
import { HERE } from './setup.mjs';
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
    for (const one of CASES) await fixOne(page, one, kind === 'pure' ? undefined : folder, shot);
    return `${CASES.length} files`;
  } catch (error) {
    await shot('failure').catch(() => {});
    throw error;
  } finally {
    await close();
  }
}

async function fixOne(page, { file, rule, action, fixed }, folder, shot) {
  await page.getByRole('treeitem', { name: file, exact: true }).dblclick();
  await page.locator(`.tab.active[data-resource-name="${file}"]`).waitFor();
  const editor = page.locator('.editor-instance .monaco-editor').first();
  await editor.locator('.squiggly-warning, .squiggly-error, .squiggly-info').first().waitFor({ state: 'attached' });
  const row = page.locator('.markers-panel .monaco-list-row', { hasText: 'bakelint' }).filter({ hasText: rule });
  await pressUntil(page, 'Control+Shift+KeyM', page.locator('.markers-panel'));
  await row.first().waitFor();
  await shot(`${file}-1-problems`);
  // Opens the place of the finding and gives the editor the focus.
  await row.first().dblclick();
  await page.waitForFunction(() => document.activeElement?.closest('.editor-instance'));
  const offered = page.locator('.action-widget .monaco-list-row.action', { hasText: action });
  await pressUntil(page, 'Control+Period', offered);
  await shot(`${file}-2-quick-fix`);
  await choose(page, action);
  await page.locator('.view-line', { hasText: 'bakelint ignore' }).first().waitFor();
  await row.first().waitFor({ state: 'detached' });
  await shot(`${file}-3-fixed`);
  await page.keyboard.press('Control+KeyS');
  await page.waitForFunction(() => !document.querySelector('.tab.active')?.classList.contains('dirty'));
  // Where there is no disk, an editor that is no longer dirty is all that can be seen of a save.
  if (folder) {
    const saved = readFileSync(path.join(folder, file), 'utf8');
    if (saved !== fixed) throw new Error(`${file} on disk:\n${saved}`);
  }
  await page.keyboard.press('Control+KeyJ');
  await page.locator('.markers-panel').waitFor({ state: 'hidden' });
}

/** Takes an entry of the open menu with the keys: some versions lay a sheet over it that catches the mouse. */
async function choose(page, action) {
  const focused = page.locator('.action-widget .monaco-list-row.action.focused');
  for (let i = 0; i < 20 && !(await focused.innerText()).includes(action); i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

/** A key that comes while the focus is still settling is lost: it is pressed again until its effect shows. */
async function pressUntil(page, key, effect, tries = 8) {
  for (let i = 1; ; i++) {
    await page.keyboard.press(key);
    try {
      await effect.first().waitFor({ timeout: 3000 });
      return;
    } catch (error) {
      if (i === tries) throw error;
      await page.keyboard.press('Escape');
    }
  }
}
