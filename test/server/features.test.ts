/** Outline, navigation and completion over the wire. */
import { afterEach, describe, expect, it } from 'vitest';
import type { TextEdit } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { defineBuildRule, type Rule } from '../../core/rule.ts';
import { languages } from '../../languages/index.ts';
import { rules } from '../../rules/index.ts';
import { Session, wait } from './session.ts';

const OTHER = 'variable "region" {\n  type = string\n}\n';
const TEXT =
  'source "amazon-ebs" "web" {\n  region = var.region\n}\nbuild {\n  sources = ["source.amazon-ebs.web"]\n}\n';

let session: Session;
afterEach(() => session.stop());

async function start(): Promise<void> {
  session = await Session.start({
    engine: { languages, rules: [] },
    files: new Map([
      ['file:///ws/a.pkr.hcl', TEXT],
      ['file:///ws/vars.pkr.hcl', OTHER],
    ]),
  });
  await session.open('file:///ws/a.pkr.hcl', TEXT, 'packer');
  // The other files of the directory are asked for when the first one is read.
  for (let i = 0; i < 200 && !session.questions.includes('file:///ws/vars.pkr.hcl'); i++)
    await session.settled('file:///ws/a.pkr.hcl').then(() => new Promise(resolve => setTimeout(resolve, 10)));
  await ask('documentSymbol');
}

const ask = (method: string, more: object = {}, uri = 'file:///ws/a.pkr.hcl'): Promise<unknown> =>
  session.client.sendRequest(`textDocument/${method}`, { textDocument: { uri }, ...more });
/** On `region` in `var.region`. */
const position = { line: 1, character: 17 };
const range = (line: number, start: number, end: number) => ({
  start: { line, character: start },
  end: { line, character: end },
});

describe('the language server', () => {
  it('says what it can do', async () => {
    await start();
    expect((await session.initialized).capabilities).toMatchObject({
      definitionProvider: true,
      renameProvider: { prepareProvider: true },
      completionProvider: { triggerCharacters: ['$', '-', '=', '.', '"'] },
    });
  });

  it('goes to declarations and uses in other files', async () => {
    await start();
    expect(await ask('definition', { position })).toEqual([
      { uri: 'file:///ws/vars.pkr.hcl', range: range(0, 10, 16) },
    ]);
    expect(await ask('references', { position, context: { includeDeclaration: false } })).toEqual([
      { uri: 'file:///ws/a.pkr.hcl', range: range(1, 15, 21) },
    ]);
    expect(await ask('definition', { position: { line: 3, character: 1 } })).toEqual([]);
  });

  it('renames in all files, or says why not', async () => {
    await start();
    expect(await ask('prepareRename', { position })).toEqual({ range: range(1, 15, 21), placeholder: 'region' });
    expect(await ask('rename', { position, newName: 'place' })).toEqual({
      changes: {
        'file:///ws/a.pkr.hcl': [{ range: range(1, 15, 21), newText: 'place' }],
        'file:///ws/vars.pkr.hcl': [{ range: range(0, 10, 16), newText: 'place' }],
      },
    });
    await expect(ask('rename', { position, newName: 'a b' })).rejects.toThrow('A name consists of letters');
  });

  it('renames in documents that have just been opened, are new, or have no place yet', async () => {
    const files = new Map([['file:///ws/vars.pkr.hcl', 'variable "region" {}\n']]);
    session = await Session.start({ engine: { languages, rules: [] }, files });
    const text = 'locals {\n  a = var.region\n}\n';
    for (const name of ['new.pkr.hcl', 'other.pkr.hcl']) {
      const uri = `file:///ws/${name}`;
      if (name === 'other.pkr.hcl') files.set(uri, text);
      await session.open(uri, text, 'packer');
      expect(await ask('rename', { position: { line: 1, character: 10 }, newName: 'place' }, uri)).toMatchObject({
        changes: { [uri]: [{ newText: 'place' }], 'file:///ws/vars.pkr.hcl': [{ newText: 'place' }] },
      });
      await session.close(uri);
    }
    const untitled = 'untitled:Untitled-1';
    await session.open(untitled, 'variable "a" {}\nlocals {\n  b = var.a\n}\n', 'packer');
    expect(await ask('rename', { position: { line: 0, character: 10 }, newName: 'z' }, untitled)).toMatchObject({
      changes: { [untitled]: [{ newText: 'z' }, { newText: 'z' }] },
    });
  });

  it('has a whole cloud-config for an empty document, named so or in that mode', async () => {
    session = await Session.start({ engine: { languages, rules: [] }, files: new Map() });
    for (const [uri, mode] of [
      ['untitled:Untitled-1', 'cloud-config'],
      ['file:///ws/user-data', 'yaml'],
    ] as const) {
      await session.open(uri, '', mode);
      const items = (await ask('completion', { position: { line: 0, character: 0 } }, uri)) as
        | { label: string }[]
        | null;
      expect(items?.[0]?.label, uri).toBe('cloud-config');
    }
  });

  it('completes, and shows signatures', async () => {
    await start();
    await session.change('file:///ws/a.pkr.hcl', [{ text: TEXT.replace('var.region', 'upper(var.)') }]);
    const items = (await ask('completion', { position: { line: 1, character: 21 } })) as object[];
    expect(items).toEqual([
      {
        label: 'region',
        kind: 6,
        detail: 'string',
        insertTextFormat: 2,
        textEdit: { range: range(1, 21, 21), newText: 'region' },
        sortText: '1region',
      },
    ]);
    expect(await ask('signatureHelp', { position: { line: 1, character: 21 } })).toEqual({
      signatures: [{ label: 'upper(str string) string', parameters: [{ label: [6, 16] }] }],
      activeSignature: 0,
      activeParameter: 0,
    });
  });

  it('has an outline, folds and hovers', async () => {
    await start();
    expect(await ask('documentSymbol')).toMatchObject([{ name: 'source amazon-ebs web', kind: 5 }, { name: 'build' }]);
    expect(await ask('foldingRange')).toEqual([
      { startLine: 0, endLine: 2 },
      { startLine: 3, endLine: 5 },
    ]);
    expect(await ask('hover', { position: { line: 1, character: 4 } })).toMatchObject({
      contents: { kind: 'markdown', value: expect.stringContaining('`region`: string, required') },
      range: range(1, 2, 8),
    });
  });

  it('formats documents and lines', async () => {
    await start();
    await session.change('file:///ws/a.pkr.hcl', [{ text: 'locals {\na=1\nbb=2\n}\n' }]);
    const options = { tabSize: 8, insertSpaces: false };
    const all = (await ask('formatting', { options })) as TextEdit[];
    const applied = (edits: TextEdit[]) =>
      TextDocument.applyEdits(session.documents.get('file:///ws/a.pkr.hcl')!, edits);
    expect(applied(all)).toBe('locals {\n  a  = 1\n  bb = 2\n}\n');
    const lines = { start: { line: 1, character: 2 }, end: { line: 2, character: 0 } };
    const some = (await ask('rangeFormatting', { options, range: lines })) as TextEdit[];
    expect(applied(some)).toBe('locals {\n  a  = 1\nbb=2\n}\n');
    await session.open('file:///ws/Dockerfile', 'FROM   a\n');
    expect(await ask('formatting', { options }, 'file:///ws/Dockerfile')).toBeNull();
  });

  it('colors names and finds them in the files of the template', async () => {
    await start();
    // Each as lines and characters from the one before, its length, its kind and its modifiers.
    expect(await ask('semanticTokens/full')).toEqual({
      data: [0, 8, 10, 0, 0, 0, 13, 3, 1, 1, 1, 2, 6, 4, 0, 0, 13, 6, 2, 0, 3, 2, 7, 4, 0, 0, 30, 3, 1, 0],
    });
    const found = (query: string) => session.client.sendRequest('workspace/symbol', { query });
    expect(await found('rgn')).toEqual([
      {
        name: 'region',
        kind: 13,
        containerName: 'variable',
        location: { uri: 'file:///ws/vars.pkr.hcl', range: range(0, 10, 16) },
      },
    ]);
    expect(await found('')).toHaveLength(3);
    expect(await found('xyz')).toEqual([]);
  });

  it('shows hints and counts when the settings say so', async () => {
    const settings: Record<string, unknown> = {};
    const text = 'variable "v" {\n  default = "1"\n}\nsource "amazon-ebs" "a" {\n  ami_name = "x${var.v}"\n}\n';
    session = await Session.start({
      engine: { languages, rules: [] },
      settings,
      files: new Map([['file:///ws/a.pkr.hcl', text]]),
    });
    await session.open('file:///ws/a.pkr.hcl', text, 'packer');
    const all = { range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } } };
    expect([await ask('inlayHint', all), await ask('codeLens')]).toEqual([[], []]);
    settings.packer = { inlayHints: true, codeLens: true };
    await session.settingsChanged();
    // What other files of the module do with the variable has to be known first.
    let hints = await ask('inlayHint', all);
    for (let i = 0; i < 200 && JSON.stringify(hints) === '[]'; i++) {
      await wait(10);
      hints = await ask('inlayHint', all);
    }
    expect(hints).toEqual([{ position: { line: 4, character: 24 }, label: '= x1', paddingLeft: true }]);
    expect(await ask('inlayHint', { range: range(0, 0, 1) })).toEqual([]);
    expect(await ask('codeLens')).toMatchObject([
      { range: range(0, 10, 11), command: { title: '1 reference', command: 'bakelint.showReferences' } },
      { range: range(3, 21, 22), command: { title: '0 references', command: '' } },
    ]);
  });

  it('tells editors that ask by document what can be formatted', async () => {
    await start();
    expect((await session.initialized).capabilities).toMatchObject({ documentFormattingProvider: true });
    await session.stop();
    session = await Session.start({
      engine: { languages, rules: [] },
      capabilities: {
        textDocument: { formatting: { dynamicRegistration: true }, rangeFormatting: { dynamicRegistration: true } },
      },
    });
    expect((await session.initialized).capabilities).not.toHaveProperty('documentFormattingProvider');
    for (let i = 0; i < 200 && session.registered.length < 2; i++) await wait(10);
    expect(session.registered).toMatchObject([
      { method: 'textDocument/formatting', registerOptions: { documentSelector: [{ language: 'packer' }, {}] } },
      { method: 'textDocument/rangeFormatting' },
    ]);
  });

  it('reads a document once for its findings and all that it is asked afterwards', async () => {
    let runs = 0;
    const counting = defineBuildRule({
      id: 'counting',
      summary: 'It counts',
      policies: [],
      category: 'style',
      severity: 'info',
      preset: 'recommended',
      languages: ['packer'],
      since: '2026.11',
      // biome-ignore lint/correctness/useYield: its runs are counted
      *check() {
        runs++;
      },
    });
    const uri = 'file:///ws/a.pkr.hcl';
    session = await Session.start({ engine: { languages, rules: [counting] }, files: new Map([[uri, TEXT]]) });
    await session.open(uri, TEXT, 'packer');
    await session.settled(uri);
    // The other files of the directory arrive after the first answer.
    await wait(300);
    await ask('documentSymbol');
    runs = 0;
    await session.change(uri, [{ range: range(1, 2, 2), text: ' ' }]);
    await session.settled(uri);
    for (const method of ['documentSymbol', 'foldingRange', 'documentLink', 'semanticTokens/full']) await ask(method);
    await session.hover(uri, 1, 5);
    expect(runs).toBe(1);
  });

  it('has nothing to offer for other files, and for those that are not open', async () => {
    await start();
    await session.open('file:///ws/notes.yaml', 'a: 1\n', 'yaml');
    for (const method of ['documentSymbol', 'foldingRange', 'documentLink'])
      for (const uri of ['file:///ws/notes.yaml', 'file:///ws/nowhere'])
        expect(await ask(method, {}, uri), `${method} ${uri}`).toBeNull();
    expect(await ask('completion', { position: { line: 0, character: 1 } }, 'file:///ws/notes.yaml')).toBeNull();
  });
});

describe('Dockerfiles', () => {
  const uri = 'file:///ws/Dockerfile';
  const text = 'FROM node:22 AS build\nFROM scratch\nCOPY --from=build /a /a\n';
  const settings: Record<string, Record<string, unknown>> = {};
  const open = async (initializationOptions: object, rules: readonly Rule[] = []): Promise<void> => {
    settings.dockerfile = {};
    session = await Session.start({ engine: { languages, rules }, settings, initializationOptions });
    await session.open(uri, text);
  };
  const use = { position: { line: 2, character: 14 } };
  /** What there is: outline, hover on the image, definition and rename of the stage. */
  const offered = async (): Promise<unknown[]> => [
    ((await ask('documentSymbol', {}, uri)) as unknown[] | null)?.length ?? 0,
    (await session.hover(uri, 0, 7)) !== null,
    ((await ask('definition', use, uri)) as unknown[] | null)?.length ?? 0,
    (await ask('prepareRename', use, uri)) !== null,
  ];

  it('are completed, with characters of their own that ask for it', async () => {
    await open({});
    const place = { position: { line: 2, character: 12 } };
    const asked = async (triggerCharacter?: string): Promise<unknown> =>
      ask('completion', { ...place, context: { triggerKind: triggerCharacter ? 2 : 1, triggerCharacter } }, uri);
    expect(await asked()).toMatchObject([{ label: 'build', textEdit: { range: range(2, 12, 12), newText: 'build' } }]);
    expect(await asked('=')).toHaveLength(1);
    expect(await asked('"')).toBeNull();
  });

  it('have an outline, hovers, definitions and rename', async () => {
    await open({});
    expect(await offered()).toEqual([2, true, 1, true]);
    expect(await ask('rename', { ...use, newName: 'b' }, uri)).toEqual({
      changes: {
        [uri]: [
          { range: range(0, 16, 21), newText: 'b' },
          { range: range(2, 12, 17), newText: 'b' },
        ],
      },
    });
  });

  it('leave to an extension for Docker what it has too, unless the settings say otherwise', async () => {
    await open({ otherExtensions: { docker: true, yaml: false } });
    expect(await offered()).toEqual([0, true, 1, false]);
    settings.dockerfile = { languageFeatures: 'on' };
    await session.settingsChanged();
    expect(await offered()).toEqual([2, true, 1, true]);
    settings.dockerfile = { languageFeatures: 'off' };
    await session.settingsChanged();
    expect(await offered()).toEqual([0, false, 0, false]);
    settings.dockerfile = {};
    await session.settingsChanged();
    await session.client.sendNotification('bakelint/otherExtensions', { docker: false, yaml: false });
    expect(await offered()).toEqual([2, true, 1, true]);
  });

  it('leave findings to its linter where the settings say so', async () => {
    await open({ otherExtensions: { docker: true, yaml: false } }, rules);
    const found = async (text: string) => {
      await session.change(uri, [{ text }]);
      return (await session.settled(uri)).map(({ code }) => code);
    };
    const maintained = 'FROM node:22\nMAINTAINER me\nENV TOKEN=ghp_k7Q9wErTy2uIoPaSdFgHjKlZxCvBnM123456\n';
    expect(await found(maintained)).toEqual(expect.arrayContaining(['maintainer', 'baked-secret']));
    settings.dockerfile = { preferOtherLinter: true };
    await session.settingsChanged();
    const left = await found(`${maintained}\n`);
    expect(left).toContain('baked-secret');
    expect(left).not.toContain('maintainer');
    settings.rules = { maintainer: 'error' };
    await session.settingsChanged();
    expect(await found(maintained)).toContain('maintainer');
    delete settings.rules;
  });
});

describe('configurations', () => {
  const uri = 'file:///ws/.bakelint.yaml';
  const open = async (options: object, text = 'rules:\n  \n'): Promise<void> => {
    session = await Session.start({ engine: { languages, rules }, ...options });
    await session.open(uri, text, 'yaml');
  };
  const completions = () =>
    ask('completion', { position: { line: 1, character: 2 } }, uri) as Promise<unknown[] | null>;

  it('are completed and explained from their schema', async () => {
    await open({});
    expect(await completions()).toHaveLength(rules.length);
    await session.change(uri, [{ text: 'rules:\n  latest-tag: off\n' }]);
    expect(await session.hover(uri, 1, 4)).toMatchObject({
      contents: { value: expect.stringContaining('docs/rules/latest-tag.md') },
      range: range(1, 2, 12),
    });
  });

  it('are left to the YAML extension where it is installed', async () => {
    await open({ initializationOptions: { otherExtensions: { docker: false, yaml: true } } });
    expect(await completions()).toBeNull();
    await session.client.sendNotification('bakelint/otherExtensions', { docker: false, yaml: false });
    expect(await completions()).toHaveLength(rules.length);
  });
});
