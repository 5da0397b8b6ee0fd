// What the drivers of the user interface do alike.

/** Keys that come while the focus is still settling are lost: they are pressed again until their effect shows. */
export async function pressUntil(page, keys, effect, tries = 8) {
  for (let i = 1; ; i++) {
    for (const key of [keys].flat()) await page.keyboard.press(key);
    try {
      await effect.first().waitFor({ timeout: 4000 });
      return;
    } catch (error) {
      if (i === tries) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

/** Opens a file by its name, as `Go to File` does. */
export async function openFile(page, name) {
  await choose(page, 'Control+KeyP', name);
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  await page.locator('.editor-instance .view-line').first().waitFor();
}

/** Puts the cursor at a line and column of the open file, both from 1. */
export async function goTo(page, line, column) {
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Digit1');
  await page.keyboard.press('Control+KeyG');
  await page.locator('.quick-input-widget').waitFor();
  await page.keyboard.type(`${line}:${column}`);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(300);
}

/** Runs a command of the palette by its title. */
export async function runCommand(page, title) {
  await choose(page, 'F1', title);
}

/** Takes what a list that opens with a key has under this name. */
async function choose(page, key, name) {
  await page.keyboard.press(key);
  await page.keyboard.type(name);
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: name }).first().waitFor();
  await page.keyboard.press('Enter');
}

/** Takes the action with this title of the open menu: some versions lay a sheet over it that catches the mouse. */
export async function takeAction(page, title) {
  const focused = page.locator('.action-widget .monaco-list-row.action.focused');
  for (let i = 0; i < 20 && !(await focused.innerText()).includes(title); i++) await page.keyboard.press('ArrowDown');
  if (!(await focused.innerText()).includes(title)) throw new Error(`no action ${title}`);
  await page.keyboard.press('Enter');
}

/** Answers the question that has opened. */
export async function answer(page, text) {
  await page.locator('.quick-input-widget').waitFor();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}
