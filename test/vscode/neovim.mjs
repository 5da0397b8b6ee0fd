// The language server in Neovim, without a window: `nvim` of the PATH, or the one that the variable NVIM names.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from './setup.mjs';

/** The oldest version with `vim.lsp.config`, which docs/editors.md uses. */
const OLDEST = [0, 11];

const FILES = {
  Dockerfile: 'FROM node:latest AS build\nFROM scratch\nCOPY --from=build /a /a\n',
  'image.pkr.hcl':
    'variable "a" {\n}\nsource "amazon-ebs" "a" {\nami_name="a"\n  \n}\nbuild {\n  sources = ["source.amazon-ebs.a"]\n}\n',
  'user-data': '#cloud-config\nssh_pwauth: true\n',
};

/** @returns {string | undefined} the program, where there is one that is new enough */
export function neovim() {
  const program = process.env.NVIM ?? 'nvim';
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  const [, major, minor] = /^NVIM v(\d+)\.(\d+)/.exec(stdout ?? '') ?? [];
  const isNew = Number(major) > OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) >= OLDEST[1]);
  return isNew ? program : undefined;
}

/** Runs test/neovim/check.lua. @returns {string} what has been checked, in a word */
export function runNeovim(program = neovim()) {
  const folder = mkdtempSync(path.join(tmpdir(), 'bakelint-neovim-'));
  try {
    const workspace = path.join(folder, 'ws');
    mkdirSync(path.join(workspace, '.git'), { recursive: true });
    for (const [name, text] of Object.entries(FILES)) writeFileSync(path.join(workspace, name), text);
    const env = {
      ...process.env,
      XDG_CONFIG_HOME: folder,
      XDG_DATA_HOME: folder,
      XDG_STATE_HOME: folder,
      XDG_CACHE_HOME: folder,
      BAKELINT_NODE: process.execPath,
      BAKELINT_CLI: path.join(ROOT, 'dist/cli.js'),
    };
    const args = ['--headless', '--clean', '-n', '-l', path.join(ROOT, 'test/neovim/check.lua')];
    const { status, stdout, stderr } = spawnSync(program, args, {
      cwd: workspace,
      env,
      encoding: 'utf8',
      timeout: 120_000,
    });
    const said = `${stdout}${stderr}`.replaceAll('\r', '');
    if (status !== 0) throw new Error(said);
    return `${said.match(/^ok /gm)?.length ?? 0} checks`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
