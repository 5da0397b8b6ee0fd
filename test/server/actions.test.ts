import { afterEach, describe, expect, it } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { at, Session, type SessionOptions } from './session.ts';
import { toyEngine } from './toy.ts';

const URI = 'file:///ws/Dockerfile';
let session: Session;
const start = async (options: Partial<SessionOptions> = {}): Promise<Session> =>
  (session = await Session.start({ engine: toyEngine, files: new Map(), ...options }));
afterEach(() => session.stop());

const titles = (actions: readonly { title: string }[]): string[] => actions.map(({ title }) => title);

describe('code actions', () => {
  it('at a finding: its fix, its page, ignoring it', async () => {
    await start();
    await session.open(URI, 'fine\nugly bad');
    const actions = await session.actions(URI, at(1, 6));
    expect(titles(actions)).toEqual([
      'Write `good` for `bad`',
      'Show documentation for `bad-word`',
      'Ignore `bad-word` here',
      'Ignore `bad-word` in this file',
    ]);
    const [fix, page, here, inFile] = actions;
    expect(fix!.diagnostics![0]).toMatchObject({ code: 'bad-word', range: at(1, 5, 8) });
    expect(fix!.edit!.documentChanges![0]).toMatchObject({ textDocument: { uri: URI, version: 1 } });
    expect(session.applied(URI, fix!)).toBe('fine\nugly good');
    expect(session.applied(URI, here!)).toBe('fine\n# bakelint ignore bad-word: \nugly bad');
    expect(session.applied(URI, inFile!)).toBe('# bakelint ignore-file bad-word: \nfine\nugly bad');
    expect(page!.command!.arguments).toEqual([expect.stringMatching(/^https:.*bad-word\.md$/)]);
    expect(await session.actions(URI, at(0, 1))).toEqual([]);
  });

  it('ask for the reason of an ignore comment where the client can', async () => {
    await start({ initializationOptions: { asksWhy: true } });
    await session.open(URI, 'fine\r\nugly bad');
    const [here, inFile] = (await session.actions(URI, at(1, 6))).filter(({ title }) => title.startsWith('Ignore'));
    expect(here).toMatchObject({
      command: {
        command: 'bakelint.ignore',
        arguments: [
          {
            uri: URI,
            version: 1,
            rule: 'bad-word',
            position: { line: 1, character: 0 },
            before: '# bakelint ignore bad-word: ',
            after: '\r\n',
          },
        ],
      },
    });
    expect(inFile!.command!.arguments![0]).toMatchObject({ before: '# bakelint ignore-file bad-word: ' });
  });

  it('put the cursor where the reason goes where the client takes snippets', async () => {
    const capabilities = { workspace: { workspaceEdit: { documentChanges: true, snippetEditSupport: true } } };
    await start({ files: undefined, capabilities });
    await session.open(URI, 'bad');
    const [here] = (await session.actions(URI, at(0, 1))).filter(({ title }) => title.startsWith('Ignore'));
    const value = '# bakelint ignore bad-word: ${1:reason}\n';
    expect(here!.edit).toEqual({
      documentChanges: [
        { textDocument: { uri: URI, version: 1 }, edits: [{ range: at(0, 0), snippet: { kind: 'snippet', value } }] },
      ],
    });
  });

  it('preferred are safe fixes alone', async () => {
    await start();
    await session.open(URI, 'ugly bad');
    const preferred = (await session.actions(URI, at(0, 0, 8))).filter(({ isPreferred }) => isPreferred);
    expect(titles(preferred)).toEqual(['Write `good` for `bad`']);
  });

  it('on request fix all that is safe and nothing else', async () => {
    await start();
    await session.open(URI, 'bad ugly 😀 bad\r\nbad\r\n');
    for (const kind of ['source', 'source.fixAll', 'source.fixAll.bakelint']) {
      const actions = await session.actions(URI, at(0, 0), { only: [kind] });
      expect(actions.map(({ kind }) => kind)).toEqual(['source.fixAll.bakelint']);
      expect(session.applied(URI, actions[0]!)).toBe('good ugly 😀 good\r\ngood\r\n');
      expect(JSON.stringify(actions)).not.toContain('ugly');
    }
    expect(await session.actions(URI, at(0, 0), { only: ['refactor'] })).toEqual([]);
    expect(titles(await session.actions(URI, at(0, 0)))).toContain('Apply all safe fixes in this file');
  });

  it('for all findings of a rule are offered where there are several, and not on save', async () => {
    await start();
    await session.open(URI, 'bad ugly bad\nugly\nbad');
    const all = await session.actions(URI, at(0, 0));
    expect(titles(all)).toContain('Apply all 3 safe fixes of `bad-word` in this file');
    const only = await session.actions(URI, at(0, 0), { only: ['quickfix.bakelint.rule'] });
    expect(only.map(one => session.applied(URI, one))).toEqual(['good ugly good\nugly\ngood']);
    // A suggested fix says what it does.
    const [suggested] = await session.actions(URI, at(0, 4), { only: ['quickfix.bakelint.rule'] });
    expect(suggested!.title).toBe('Write `good` for `ugly`, for all 2 findings of `ugly-word` in this file');
    expect(session.applied(URI, suggested!)).toBe('bad good bad\ngood\nbad');
    await session.change(URI, [{ text: 'bad ugly' }]);
    expect(await session.actions(URI, at(0, 0, 8), { only: ['quickfix.bakelint.rule'] })).toEqual([]);
  });

  it('are for the text as it is now, linted or not', async () => {
    await start();
    await session.open(URI, 'bad');
    await session.change(URI, [{ range: at(0, 0), text: 'well 😀 ' }]);
    const [fix] = await session.actions(URI, at(0, 9));
    expect(fix!.edit!.documentChanges![0]).toMatchObject({ textDocument: { version: 2 } });
    expect(session.applied(URI, fix!)).toBe('well 😀 good');
  });

  it('that are cancelled end as cancelled', async () => {
    const slow = <T>(answer: T): Promise<T> => new Promise(resolve => setTimeout(resolve, 300, answer));
    await start({ files: undefined, disk: { read: () => slow({}), list: () => slow({}) } });
    await session.open(URI, 'with-neighbor bad');
    const source = new CancellationTokenSource();
    const answer = session.client.sendRequest(
      'textDocument/codeAction',
      { textDocument: { uri: URI }, range: at(0, 16), context: { diagnostics: [] } },
      source.token,
    );
    setTimeout(() => source.cancel(), 20);
    await expect(answer).rejects.toMatchObject({ code: -32800 });
    await session.until(URI, found => found.length > 0);
    expect(titles(await session.actions(URI, at(0, 16)))).toContain('Write `good` for `bad`');
  });

  it('for editors without versioned edits are plain changes, and there is no command that they lack', async () => {
    await start({ files: undefined, capabilities: {} });
    await session.open(URI, 'bad');
    const actions = await session.actions(URI, at(0, 1));
    expect(Object.keys(actions[0]!.edit!)).toEqual(['changes']);
    expect(titles(actions)).not.toContain('Show documentation for `bad-word`');
  });
});

describe('a rule in the configuration', () => {
  const CONFIG = 'file:///ws/.bakelint.yaml';
  const capabilities = {
    workspace: { configuration: true, workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } },
  };
  const offered = async (uri = URI) =>
    (await session.actions(uri, at(0, 1))).filter(({ title }) => /Disable|severity/.test(title));

  it('is disabled in the file that holds, whose comments stay', async () => {
    const text = '# ours\nrules:\n  other: off # why\n';
    await start({ files: new Map([[CONFIG, text]]), capabilities });
    await session.open(URI, 'bad');
    const [disable, change] = await offered();
    expect(disable).toMatchObject({
      title: 'Disable `bad-word` in .bakelint.yaml',
      edit: {
        documentChanges: [
          { textDocument: { uri: CONFIG, version: null }, edits: [{ range: at(2, 18), newText: '\n  bad-word: off' }] },
        ],
      },
    });
    expect(change!.command).toMatchObject({
      command: 'bakelint.changeSeverity',
      arguments: [URI, 'bad-word', 'warning'],
    });
    const edit = await session.client.sendRequest('bakelint/severityEdit', {
      uri: URI,
      rule: 'bad-word',
      severity: 'hint',
    });
    expect(JSON.stringify(edit)).toContain('bad-word: hint');
  });

  it('is disabled in a new file where there is none', async () => {
    await start({ capabilities });
    await session.open('file:///ws/deep/Dockerfile', 'bad');
    expect((await offered('file:///ws/deep/Dockerfile'))[0]!.edit!.documentChanges).toEqual([
      { kind: 'create', uri: CONFIG, options: { ignoreIfExists: true } },
      {
        textDocument: { uri: CONFIG, version: null },
        edits: [{ range: at(0, 0), newText: 'rules:\n  bad-word: off\n' }],
      },
    ]);
  });

  it('is not offered where that would do nothing or cannot be done', async () => {
    await start({ capabilities, settings: { rules: { 'bad-word': 'error' } } });
    await session.open(URI, 'bad');
    expect(await offered()).toEqual([]);
    await session.stop();
    await start({ capabilities, files: new Map([[CONFIG, 'rules: [']]) });
    await session.open(URI, 'bad');
    expect(await offered()).toEqual([]);
    await session.stop();
    // A client that cannot make files.
    await start({ capabilities: {} });
    await session.open(URI, 'bad');
    expect(await offered()).toEqual([]);
  });
});
