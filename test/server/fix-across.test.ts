/** Quick fixes that change other files than the document, over the wire. */
import { afterEach, describe, expect, it } from 'vitest';
import type { CodeAction } from 'vscode-languageserver-protocol';
import { languages } from '../../languages/index.ts';
import { rules } from '../../rules/index.ts';
import { at, Session } from './session.ts';

const URI = 'file:///ws/build.pkr.hcl';
const VARIABLES = 'file:///ws/variables.pkr.hcl';
const TEMPLATE = `source "docker" "web" {
  image  = var.image
  commit = true
}
build {
  sources = ["source.docker.web"]
}
`;
const variables = (image: string): string => `variable "image" {\n  type    = string\n  default = "${image}"\n}\n`;
const TITLE = 'Move to `node:26`';

let session: Session;
afterEach(() => session.stop());

async function start(workspaceEdit: object, more: Record<string, string> = {}): Promise<void> {
  session = await Session.start({
    engine: { languages, rules },
    capabilities: { workspace: { workspaceEdit }, textDocument: {} },
    files: new Map(Object.entries({ [VARIABLES]: variables('node:16'), ...more })),
  });
  await session.open(URI, TEMPLATE, 'packer');
  await session.until(URI, found => found.some(({ code }) => code === 'end-of-life-base'));
}

const offered = async (): Promise<CodeAction | undefined> =>
  (await session.actions(URI, at(1, 12))).find(({ title }) => title === TITLE);

describe('a fix in another file', () => {
  it('is an edit of that file, which is not open', async () => {
    await start({ documentChanges: true });
    expect((await offered())?.edit).toEqual({
      documentChanges: [
        { textDocument: { uri: VARIABLES, version: null }, edits: [{ range: at(2, 18, 19), newText: '2' }] },
      ],
    });
  });

  it('is an edit of what the editor has open, in its version', async () => {
    await start({ documentChanges: true });
    await session.open(VARIABLES, `# ours\n${variables('node:16')}`, 'packer', 7);
    await session.until(VARIABLES, () => true);
    expect((await offered())?.edit).toEqual({
      documentChanges: [
        { textDocument: { uri: VARIABLES, version: 7 }, edits: [{ range: at(3, 18, 19), newText: '2' }] },
      ],
    });
  });

  it('is not offered where the client cannot make it, or the file is left out', async () => {
    await start({});
    expect(await offered()).toBeUndefined();
    await session.stop();
    await start({ documentChanges: true }, { 'file:///ws/.bakelint.yaml': 'ignore: [variables.pkr.hcl]\n' });
    expect(await offered()).toBeUndefined();
  });

  it('is no part of what is applied on save', async () => {
    await start({ documentChanges: true });
    const actions = await session.actions(URI, at(0, 0), { only: ['source.fixAll.bakelint'] });
    expect(JSON.stringify(actions)).not.toContain('variables.pkr.hcl');
  });
});
