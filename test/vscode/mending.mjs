// Mends what is found as a person does, in light and dark: pins a tag, moves an ended base, takes a password out of a
// template, and takes an application out of one, with the preview that asks for confirmation. The files on disk are
// compared, and screenshots of every step go to `shots/` to be looked at.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { HERE } from './setup.mjs';
import { goTo, openFile, pressUntil, takeAction } from './steps.mjs';
import { openWorkbench } from './workbench.mjs';

const SHOTS = path.join(HERE, 'shots');
const FILES = path.join(HERE, 'mending');
const THEMES = { light: 'Default Light Modern', dark: 'Default Dark Modern' };

/** `at`: where the finding is. `mended`: the text that the action with this title makes of the file's. */
const MENDED = [
  {
    file: 'containers/api.Dockerfile',
    rule: 'latest-tag',
    at: 'node:latest',
    action: 'Pin to ',
    mended: (text, title) => text.replace('node:latest', imageIn(title, /^node:\d/)),
  },
  {
    file: 'containers/worker.Dockerfile',
    rule: 'end-of-life-base',
    at: 'debian:10-slim',
    action: 'Move to ',
    mended: (text, title) => text.replace('debian:10-slim', imageIn(title, /^debian:1[2-9]-slim$/)),
  },
  {
    file: 'machines/runner.pkr.hcl',
    rule: 'baked-secret',
    at: 'kQ7v',
    action: 'Move it to the variable `ssh_password`',
    mended: text =>
      text
        .replace('"kQ7vX2nR9sLw"', 'var.ssh_password')
        .replace(
          'source "amazon-ebs"',
          'variable "ssh_password" {\n  type      = string\n  sensitive = true\n  default   = env("SSH_PASSWORD")\n}\n\n$&',
        ),
  },
];

function imageIn(title, wanted) {
  const image = /`([^`]+)`/.exec(title)?.[1] ?? '';
  if (!wanted.test(image)) throw new Error(`unexpected image: ${title}`);
  return image;
}

/** Throws when something is not as it should be. */
export async function runMending(staged) {
  mkdirSync(SHOTS, { recursive: true });
  for (const theme of Object.keys(THEMES)) await mendAll(staged, theme);
  return `${MENDED.length} findings and an application, in ${Object.keys(THEMES).join(' and ')}`;
}

async function mendAll(staged, theme) {
  const { page, folder, close } = await openWorkbench('node', staged, {
    files: FILES,
    settings: { 'workbench.colorTheme': THEMES[theme], 'editor.minimap.enabled': false },
    viewport: { width: 1400, height: 860 },
  });
  page.setDefaultTimeout(45_000);
  const shot = async name => {
    await page.waitForTimeout(600);
    await page.screenshot({ path: path.join(SHOTS, `mending-${name}-${theme}.png`) });
  };
  try {
    await page.locator('.monaco-workbench .explorer-folders-view').waitFor();
    for (const one of MENDED) await mend(page, folder, one, shot);
    await extract(page, folder, shot);
  } catch (error) {
    await shot('failure').catch(() => {});
    throw error;
  } finally {
    await close();
  }
}

async function mend(page, folder, { file, rule, at, action, mended }, shot) {
  const before = readFileSync(path.join(folder, file), 'utf8');
  const title = await offered(page, before, { file, rule, at, action });
  await shot(`${rule}-1-offered`);
  await takeAction(page, action);
  await problem(page, rule).waitFor({ state: 'detached' });
  await page.keyboard.press('Control+KeyS');
  await page.waitForFunction(() => !document.querySelector('.tab.active')?.classList.contains('dirty'));
  await shot(`${rule}-2-mended`);
  sameText(file, readFileSync(path.join(folder, file), 'utf8'), mended(before, title));
  await closePanel(page);
}

/** Opens the file at the finding and the menu of its actions; the title of the one that begins so. */
async function offered(page, text, { file, rule, at, action }) {
  await openFile(page, path.basename(file));
  await pressUntil(page, 'Control+Shift+KeyM', page.locator('.markers-panel'));
  await problem(page, rule).waitFor();
  const lines = text.slice(0, text.indexOf(at)).split('\n');
  await goTo(page, lines.length, lines.at(-1).length + 2);
  const row = page.locator('.action-widget .monaco-list-row.action', { hasText: action }).first();
  await pressUntil(page, 'Control+Period', row);
  return row.innerText();
}

const problem = (page, rule) =>
  page.locator('.markers-panel .monaco-list-row', { hasText: 'bakelint' }).filter({ hasText: rule });

async function closePanel(page) {
  await page.keyboard.press('Control+KeyJ');
  await page.locator('.markers-panel').waitFor({ state: 'hidden' });
}

const TEMPLATE = 'packer/shop.pkr.hcl';
const CREATED = ['Containerfile', 'compose.yaml'];

/** Nothing is written before it is confirmed: the preview lists the files, and each shows its text. */
async function extract(page, folder, shot) {
  const before = readFileSync(path.join(folder, TEMPLATE), 'utf8');
  const directory = path.join(folder, path.dirname(TEMPLATE));
  const action = 'Extract the application into a Containerfile';
  await offered(page, before, { file: TEMPLATE, rule: 'app-code-in-machine-image', at: 'dist/', action });
  await shot('extraction-1-offered');
  await takeAction(page, action);
  const preview = page.locator('.bulk-edit-panel');
  await preview.locator('.monaco-list-row', { hasText: 'Containerfile' }).first().waitFor();
  await shot('extraction-2-preview');
  if (readdirSync(directory).length !== 1) throw new Error('files are there before they are confirmed');
  // Nothing is ticked: each change is for the user to accept.
  for (const name of [...CREATED, path.basename(TEMPLATE)]) {
    const label = page.locator('.label-name', { hasText: new RegExp(`^${name.replaceAll('.', '\\.')}$`) });
    await preview.locator('.monaco-list-row', { has: label }).getByRole('checkbox').click();
  }
  await shot('extraction-3-ticked');
  await preview.locator('.monaco-list-row', { hasText: 'Containerfile' }).first().click();
  await page.locator('.monaco-diff-editor .view-line', { hasText: 'WORKDIR' }).first().waitFor();
  await shot('extraction-4-file');
  await preview.getByRole('button', { name: 'Apply' }).click();
  for (const name of CREATED) await page.getByRole('treeitem', { name, exact: true }).waitFor();
  await page.getByRole('treeitem', { name: CREATED[0], exact: true }).dblclick();
  await page.locator('.editor-instance .view-line', { hasText: 'authors' }).waitFor();
  for (const key of ['Control+KeyK', 'KeyS']) await page.keyboard.press(key);
  await page.waitForFunction(() => document.querySelectorAll('.tab.dirty').length === 0);
  await shot('extraction-5-done');
  await page.getByRole('treeitem', { name: path.basename(TEMPLATE), exact: true }).dblclick();
  await page.locator('.editor-instance .view-line', { hasText: 'is built and run with' }).waitFor();
  await shot('extraction-6-template');
  const [containerfile, compose] = CREATED.map(name => readFileSync(path.join(directory, name), 'utf8'));
  const parts = [/^FROM node:\d/m, /^COPY dist\/ \.\/$/m, /^RUN npm ci$/m, /authors="@acme\/shop"/];
  for (const part of parts) if (!part.test(containerfile)) throw new Error(`no ${part} in\n${containerfile}`);
  if (!compose.includes('dockerfile: Containerfile')) throw new Error(compose);
  const from = before.indexOf('  provisioner "file"');
  const left = `${before.slice(0, from)}  # The application is built and run with ${CREATED.join(' and ')}.\n}\n`;
  sameText(TEMPLATE, readFileSync(path.join(folder, TEMPLATE), 'utf8'), left);
}

function sameText(file, actual, expected) {
  if (actual !== expected) throw new Error(`${file} on disk:\n${actual}\nexpected:\n${expected}`);
}
