import { afterEach, describe, expect, it } from 'vitest';
import { at, Session, type SessionOptions, wait } from './session.ts';
import { toyEngine } from './toy.ts';

const URI = 'file:///ws/Dockerfile';
let session: Session;
const start = async (options: Partial<SessionOptions> = {}): Promise<Session> =>
  (session = await Session.start({ engine: toyEngine, files: new Map(), ...options }));
afterEach(() => session.stop());

const codes = (diagnostics: readonly { code?: unknown }[]): unknown[] => diagnostics.map(({ code }) => code);

describe('a document', () => {
  it('is linted when it is opened, when it changes and no more once it is closed', async () => {
    await start();
    await session.open(URI, 'a bad word\n');
    const [found] = await session.until(URI, found => found.length === 1);
    expect(found).toMatchObject({ code: 'bad-word', source: 'bakelint', severity: 2, range: at(0, 2, 5) });
    expect(session.last(URI)!.version).toBe(1);
    await session.change(URI, [{ range: at(0, 2, 5), text: 'good' }]);
    await session.until(URI, found => found.length === 0, 'nothing after the change');
    expect(session.last(URI)!.version).toBe(2);
    await session.change(URI, [{ range: at(0, 0), text: 'ugly ' }]);
    await session.until(URI, found => found.length === 1);
    await session.close(URI);
    await session.until(URI, found => found.length === 0, 'nothing after closing');
    const before = session.published.length;
    await wait(250);
    expect(session.published.length).toBe(before);
  });

  it('of any scheme is linted', async () => {
    await start();
    const uris = [
      'untitled:Untitled-1',
      'git:/ws/Dockerfile?%7B%22ref%22%3A%22HEAD%22%7D',
      'vscode-vfs://github/a/b/Dockerfile',
    ];
    for (const uri of uris) await session.open(uri, 'bad');
    for (const uri of uris) expect(codes(await session.until(uri, found => found.length > 0))).toEqual(['bad-word']);
  });

  it('tells the help in the second line of the message, unless the client shows it itself', async () => {
    await start();
    await session.open(URI, 'bad');
    const [plain] = await session.until(URI, found => found.length === 1);
    expect(plain!.message).toBe('`bad` stands here.\nSay `good` instead of `bad`');
    await session.stop();
    await start({ initializationOptions: { messagesShown: true } });
    await session.open(URI, 'bad');
    const [own] = await session.until(URI, found => found.length === 1);
    expect(own!.message).toBe('`bad` stands here.');
  });

  it('in none of the languages is left alone', async () => {
    await start();
    await session.open('file:///ws/compose.yaml', 'bad', 'yaml');
    expect(await session.settled('file:///ws/compose.yaml')).toEqual([]);
  });

  it('survives changes with senseless ranges', async () => {
    await start();
    await session.open(URI, 'a bad word\n');
    await session.change(URI, [
      { range: { start: { line: 99, character: 3 }, end: { line: -4, character: -1 } }, text: 'bad' },
      { range: { start: { line: 0, character: 9999 }, end: { line: 0, character: 1 } }, text: ' bad ' },
    ]);
    await session.settled(URI);
    await session.change(URI, [{ text: 'bad bad' }]);
    expect(codes(await session.until(URI, found => found.length === 2))).toEqual(['bad-word', 'bad-word']);
  });

  it('is linted on save alone when the settings say so', async () => {
    await start({ settings: { run: 'onSave' } });
    await session.open(URI, 'fine');
    await session.settled(URI);
    await session.change(URI, [{ text: 'bad' }]);
    await wait(300);
    expect(session.last(URI)!.version).toBe(1);
    // A request in between lints the new text for its own use; the save must still publish.
    expect(await session.actions(URI, at(0, 0))).not.toEqual([]);
    await session.save(URI);
    expect(codes(await session.until(URI, found => found.length > 0))).toEqual(['bad-word']);
  });

  it('goes quiet when the extension is switched off, and speaks when it is on again', async () => {
    const settings: Record<string, unknown> = {};
    await start({ settings });
    await session.open(URI, 'bad');
    await session.until(URI, found => found.length === 1);
    settings.enable = false;
    await session.settingsChanged();
    await session.until(URI, found => found.length === 0);
    settings.enable = true;
    await session.settingsChanged();
    await session.until(URI, found => found.length === 1);
  });

  it('has its other findings when a rule fails, which is a finding too; neither quotes it', async () => {
    await start();
    await session.open(URI, 'explode bad quoted-text');
    const [failure, ...others] = await session.until(URI, found => found.length > 0);
    expect(failure).toMatchObject({
      code: 'internal-error',
      severity: 1,
      range: at(0, 0),
      message: 'Rule `broken` failed on this file (Error)\nReport it as a bug; other rules are not affected',
    });
    expect(codes(others)).toEqual(['bad-word']);
    await wait(20);
    expect(session.logged.join()).toContain('broken');
    expect(session.sent).not.toContain('quoted-text');
  });

  it('never looks clean because it could not be linted', async () => {
    await start();
    await session.open(URI, 'parser-crash bad quoted-text');
    const found = await session.until(URI, found => found.length > 0);
    expect(found.map(({ code, message }) => [code, message])).toEqual([
      ['internal-error', 'Bakelint failed on this file (TypeError)\nReport it as a bug; the file is not linted'],
    ]);
    const actions = await session.actions(URI, at(0, 0, 20));
    expect(actions.map(({ title }) => title)).toEqual(['Show documentation for `internal-error`']);
    expect((await session.hover(URI, 0, 0))!.contents).toMatchObject({
      value: expect.stringContaining('Bakelint failed, so findings may be missing.'),
    });
    await session.change(URI, [{ text: 'bad' }]);
    expect(codes(await session.settled(URI))).toEqual(['bad-word']);
    expect(session.sent).not.toContain('quoted-text');
  });

  it.each([
    ['is binary', 'bad \0', 'File is not linted: it contains NUL bytes'],
    ['is too large', `bad ${'ß'.repeat(5_300_000)}`, 'File is not linted: it is larger than 10 MB'],
  ])('that %s says so', async (_, text, message) => {
    await start();
    await session.open(URI, text);
    const found = await session.until(URI, found => found.length > 0);
    expect(found.map(({ code, severity, message }) => [code, severity, message])).toEqual([
      ['unreadable-file', 2, message],
    ]);
    await session.open('file:///ws/notes.txt', text, 'plaintext');
    expect(await session.settled('file:///ws/notes.txt')).toEqual([]);
  });
});

describe('bad input', () => {
  const notify = (method: string, params: object): Promise<void> => session.client.sendNotification(method, params);

  it('a document whose URI is no string is left alone, and the server goes on', async () => {
    await start();
    for (const uri of [7, null, { a: 1 }, ['x']]) {
      await notify('textDocument/didOpen', {
        textDocument: { uri, languageId: 'dockerfile', version: 1, text: 'bad' },
      });
      await notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text: 'bad' }] });
      await notify('textDocument/didSave', { textDocument: { uri } });
      await notify('textDocument/didClose', { textDocument: { uri } });
    }
    await notify('workspace/didChangeWatchedFiles', { changes: [{ uri: 7, type: 1 }] });
    await session.open(URI, 'bad');
    expect(codes(await session.settled(URI))).toEqual(['bad-word']);
    expect(await session.hover(URI, 0, 1)).not.toBeNull();
  });

  it.each([
    'file:////ws/app/Dockerfile',
    'untitled://a:b/Dockerfile',
    '1:/Dockerfile',
    'Dockerfile',
    'no://%%%/Dockerfile',
  ])('a document at %s is linted, if need be without what is around it', async uri => {
    await start({ files: new Map([['file:///ws/.bakelint.yaml', 'rules: { ugly-word: off }']]) });
    await session.open(uri, 'bad', 'dockerfile');
    expect(codes(await session.settled(uri))).toEqual(['bad-word']);
    await session.close(uri);
  });

  it('a document without a text is no clean document, and the server goes on', async () => {
    await start();
    await notify('textDocument/didOpen', {
      textDocument: { uri: URI, languageId: 'dockerfile', version: 1, text: null },
    });
    await session.open('file:///ws/b/Dockerfile', 'bad');
    expect(codes(await session.settled('file:///ws/b/Dockerfile'))).toEqual(['bad-word']);
    expect(codes(session.last(URI)!.diagnostics)).toEqual(['internal-error']);
  });

  it('workspace folders that are none do not stop it', async () => {
    await start({ workspaceFolders: ['file:////x', 'file:///ws'] });
    await session.open(URI, 'bad');
    expect(codes(await session.settled(URI))).toEqual(['bad-word']);
  });
});

describe('pulling', () => {
  const capabilities = {
    workspace: { configuration: true, diagnostics: { refreshSupport: true } },
    textDocument: { diagnostic: {} },
  };
  const pull = (uri: string, previousResultId?: string): Promise<{ kind: string; resultId: string; items: object[] }> =>
    session.client.sendRequest('textDocument/diagnostic', { textDocument: { uri }, previousResultId });

  it('answers for the current version, knows what has not changed, and pushes nothing', async () => {
    await start({ capabilities });
    expect((await session.initialized).capabilities.diagnosticProvider).toBeDefined();
    await session.open(URI, 'bad');
    const first = await pull(URI);
    expect(codes(first.items)).toEqual(['bad-word']);
    expect(await pull(URI, first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
    await session.change(URI, [{ text: 'bad bad' }]);
    const second = await pull(URI, first.resultId);
    expect(codes(second.items)).toEqual(['bad-word', 'bad-word']);
    await wait(200);
    expect(session.published).toEqual([]);
  });

  it('is asked for again when the settings change', async () => {
    const settings: Record<string, unknown> = {};
    await start({ capabilities, settings });
    let refreshed = 0;
    session.client.onRequest('workspace/diagnostic/refresh', () => {
      refreshed++;
      return null;
    });
    await session.open(URI, 'bad');
    const first = await pull(URI);
    settings.rules = { 'bad-word': 'off' };
    await session.settingsChanged();
    expect((await pull(URI, first.resultId)).items).toEqual([]);
    expect(refreshed).toBeGreaterThan(0);
  });

  it('is not offered to an editor that asks for pushes', async () => {
    await start({ capabilities, initializationOptions: { push: true } });
    expect((await session.initialized).capabilities.diagnosticProvider).toBeUndefined();
    await session.open(URI, 'bad');
    await session.until(URI, found => found.length === 1);
  });
});

describe('hover', () => {
  it('says what and why on a finding, and nothing beside it', async () => {
    await start();
    await session.open(URI, 'a bad word');
    const hover = await session.hover(URI, 0, 3);
    expect(hover!.range).toEqual(at(0, 2, 5));
    const { value } = hover!.contents as { value: string };
    expect(value).toContain('`bad` stands here.');
    expect(value).toContain('`bad` is not good');
    expect(value).toContain('Policy: [Secrets](');
    expect(value).toContain('docs/rules/bad-word.md');
    expect(value).toContain('**When it is fine:** In a quotation.');
    expect(value).toContain('**Instead, for example:**\n\n```dockerfile\ngood\n```');
    expect(await session.hover(URI, 0, 9)).toBeNull();
  });

  it('leaves the message out where the editor shows it anyway', async () => {
    await start({ initializationOptions: { messagesShown: true } });
    await session.open(URI, 'a bad word');
    const { value } = (await session.hover(URI, 0, 3))!.contents as { value: string };
    expect(value).not.toContain('stands here');
    expect(value).toContain('Say `good` instead of `bad`');
    expect(value).toContain('`bad` is not good');
  });
});
