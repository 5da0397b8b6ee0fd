import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { diskSource } from '../../server/disk.ts';
import { temporaryFolder } from '../host.ts';
import { at, Session, type SessionOptions, wait } from './session.ts';
import { toyEngine } from './toy.ts';

const URI = 'file:///ws/app/Dockerfile';
const NEIGHBOUR = 'file:///ws/app/neighbor.txt';
let session: Session;
const start = async (options: Partial<SessionOptions> = {}): Promise<Session> =>
  (session = await Session.start({ engine: toyEngine, files: new Map(), ...options }));
afterEach(() => session.stop());

const says =
  (text: string) =>
  (found: readonly { message: unknown }[]): boolean =>
    found.some(({ message }) => message === text);

describe('files that the editor serves', () => {
  it('are linted with once they arrive, and again when they change, come or go', async () => {
    const files = new Map([[NEIGHBOUR, '123']]);
    await start({ files });
    await session.open(URI, 'with-neighbor');
    await session.until(URI, says('Neighbor: 3.'));
    files.set(NEIGHBOUR, '12345');
    await session.fileChanged(NEIGHBOUR, 2);
    await session.until(URI, says('Neighbor: 5.'));
    files.delete(NEIGHBOUR);
    await session.fileChanged(NEIGHBOUR, 3);
    await session.until(URI, says('No neighbor.'));
    files.set(NEIGHBOUR, '1');
    await session.fileChanged(NEIGHBOUR, 1);
    await session.until(URI, says('Neighbor: 1.'));
  });

  it('that a document does not ask for do not make it be linted twice', async () => {
    await start();
    await session.open(URI, 'bad');
    await session.settled(URI);
    await wait(200);
    expect(session.published.filter(({ uri }) => uri === URI)).toHaveLength(1);
  });

  it('give way to open documents, saved or not', async () => {
    await start({ files: new Map([[NEIGHBOUR, '123']]) });
    await session.open(URI, 'with-neighbor');
    await session.until(URI, says('Neighbor: 3.'));
    await session.open(NEIGHBOUR, '1234', 'plaintext');
    await session.until(URI, says('Neighbor: 4.'));
    await session.change(NEIGHBOUR, [{ text: '12345' }]);
    await session.until(URI, says('Neighbor: 5.'));
    await session.close(NEIGHBOUR);
    await session.until(URI, says('Neighbor: 3.'));
  });

  it('are asked for once, whoever asks, and never again when nothing changes', async () => {
    await start({ files: new Map([[NEIGHBOUR, '123']]) });
    await session.open(URI, 'with-neighbor');
    await session.until(URI, says('Neighbor: 3.'));
    await session.change(URI, [{ text: 'with-neighbor bad' }]);
    await session.settled(URI);
    await session.open('file:///ws/app/other.toy', 'with-neighbor');
    await session.until('file:///ws/app/other.toy', says('Neighbor: 3.'));
    expect(session.questions.filter(uri => uri === NEIGHBOUR)).toHaveLength(1);
  });

  it('outside the workspace folder are not asked for, and of old versions none are', async () => {
    await start({ files: new Map([['file:///neighbor.txt', '1']]), workspaceFolders: ['file:///ws/app'] });
    await session.open('git:/ws/app/Dockerfile?%7B%7D', 'with-neighbor');
    await session.settled('git:/ws/app/Dockerfile?%7B%7D');
    await session.open('untitled:Untitled-1', 'with-neighbor');
    await session.settled('untitled:Untitled-1');
    expect(session.questions.filter(uri => uri.endsWith('.txt'))).toEqual([]);
  });

  it('are asked of the file system that the document is in', async () => {
    const folder = 'vscode-vfs://github/owner/name';
    await start({ files: new Map([[`${folder}/neighbor.txt`, '12']]), workspaceFolders: [folder] });
    await session.open(`${folder}/Dockerfile`, 'with-neighbor');
    await session.until(`${folder}/Dockerfile`, says('Neighbor: 2.'));
    expect(session.questions.every(uri => uri.startsWith(folder))).toBe(true);
  });

  it.each(['file:///c%3A/ws/app/Dockerfile', 'file:///C:/ws/app/Dockerfile'])(
    'are found on a drive of Windows: %s',
    async uri => {
      const neighbor = 'file:///c%3A/ws/app/neighbor.txt';
      const config = 'file:///c%3A/ws/.bakelint.yaml';
      const files = new Map([
        [neighbor, '12'],
        [config, 'rules:\n  bad-word: off\n'],
      ]);
      await start({ files, workspaceFolders: ['file:///c%3A/ws'] });
      await session.open(uri, 'with-neighbor bad');
      const found = await session.until(uri, says('Neighbor: 2.'));
      expect(found.map(({ code }) => code)).not.toContain('bad-word');
      files.set(neighbor, '123');
      await session.fileChanged(neighbor, 2);
      await session.until(uri, says('Neighbor: 3.'));
    },
  );

  it('are looked for in the workspace folder by an untitled document, however little path that has', async () => {
    const folder = 'vscode-test-web://mount/';
    await start({ files: new Map([[`${folder}neighbor.txt`, '12']]), workspaceFolders: [folder] });
    await session.open('untitled:Untitled-1', 'with-neighbor');
    await session.until('untitled:Untitled-1', says('Neighbor: 2.'));
  });

  it('that are open before anybody asks for them matter all the same', async () => {
    await start();
    await session.open(NEIGHBOUR, '1', 'plaintext');
    await session.open(URI, 'with-neighbor');
    await session.until(URI, says('Neighbor: 1.'));
    await session.change(NEIGHBOUR, [{ text: '12' }]);
    await session.until(URI, says('Neighbor: 2.'));
    await session.close(NEIGHBOUR);
    await session.until(URI, says('No neighbor.'));
  });

  it('make the server ask the disk for nothing', async () => {
    const asked = () => {
      throw new Error('the disk was asked');
    };
    const disk = { read: asked, list: asked };
    await start({ files: new Map([[NEIGHBOUR, '123']]), disk });
    await session.open(URI, 'with-neighbor');
    await session.until(URI, says('Neighbor: 3.'));
  });
});

describe('files from the disk', () => {
  it('serve an editor that serves none, and links do not lead out of the workspace', async () => {
    const folder = temporaryFolder('server');
    try {
      for (const name of ['ws', 'ws/linked']) mkdirSync(join(folder, name));
      writeFileSync(join(folder, 'ws/neighbor.txt'), '1234567');
      writeFileSync(join(folder, 'secret.txt'), 'secret');
      symlinkSync(join(folder, 'secret.txt'), join(folder, 'ws/linked/neighbor.txt'));
      const uri = (path: string): string => pathToFileURL(join(folder, path)).toString();
      await start({ files: undefined, disk: diskSource, workspaceFolders: [uri('ws')] });
      await session.open(uri('ws/Dockerfile'), 'with-neighbor');
      await session.until(uri('ws/Dockerfile'), says('Neighbor: 7.'));
      await session.open(uri('ws/linked/Dockerfile'), 'with-neighbor');
      await session.settled(uri('ws/linked/Dockerfile'));
      await wait(50);
      expect(session.last(uri('ws/linked/Dockerfile'))!.diagnostics).toEqual([]);
      writeFileSync(join(folder, 'ws/neighbor.txt'), '12');
      await session.fileChanged(uri('ws/neighbor.txt'), 2);
      await session.until(uri('ws/Dockerfile'), says('Neighbor: 2.'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the configuration', () => {
  const CONFIG = 'file:///ws/.bakelint.yaml';

  it('of the nearest file holds, and documents are linted again when it changes', async () => {
    const files = new Map([
      [CONFIG, 'rules:\n  bad-word: off\n'],
      ['file:///ws/app/.bakelint.yaml', 'rules:\n  bad-word: error\n'],
    ]);
    await start({ files });
    await session.open(URI, 'bad ugly');
    const found = await session.until(URI, found => found.length > 0);
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([
      ['bad-word', 1],
      ['ugly-word', 2],
    ]);
    files.delete('file:///ws/app/.bakelint.yaml');
    await session.fileChanged('file:///ws/app/.bakelint.yaml', 3);
    await session.until(URI, found => found.length === 1 && found[0]!.code === 'ugly-word');
    // Never was a finding shown that the configuration had switched off.
    const shown = session.published.flatMap(({ diagnostics }) => diagnostics);
    expect(shown.filter(({ code, severity }) => code === 'bad-word' && severity !== 1)).toEqual([]);
  });

  it('of each workspace folder holds in it', async () => {
    const folders = ['file:///one', 'file:///two'];
    await start({
      files: new Map([
        ['file:///one/.bakelint.yaml', 'rules:\n  bad-word: off\n'],
        ['file:///two/.bakelint.yaml', 'rules:\n  ugly-word: off\n'],
      ]),
      workspaceFolders: folders,
    });
    const uris = folders.map(folder => `${folder}/app/Dockerfile`);
    for (const uri of uris) await session.open(uri, 'bad ugly');
    const of = async (uri: string, code: string): Promise<unknown> =>
      session.until(uri, found => found.length === 1 && found[0]!.code === code, code);
    await of(uris[0]!, 'ugly-word');
    await of(uris[1]!, 'bad-word');
  });

  it('holds for the other side of a diff too', async () => {
    await start({ files: new Map([[CONFIG, 'rules:\n  bad-word: off\n']]) });
    const uri = 'git:/ws/app/Dockerfile?%7B%7D';
    await session.open(uri, 'bad ugly');
    expect((await session.settled(uri)).map(({ code }) => code)).toEqual(['ugly-word']);
  });

  it('has its own problems shown in its file while it is used, edited or not', async () => {
    await start({ files: new Map([[CONFIG, 'rules:\n  bad-wrd: off\n']]) });
    await session.open(URI, 'bad');
    const [problem] = await session.until(CONFIG, found => found.length === 1);
    expect(problem).toMatchObject({ source: 'bakelint', range: { start: { line: 1, character: 2 } } });
    await session.until(URI, found => found.length === 1);
    await session.open(CONFIG, 'rules:\n  bad-word: off\n', 'yaml');
    await session.until(CONFIG, found => found.length === 0, 'no problem in the open text');
    await session.until(URI, found => found.length === 0, 'the open text holds');
    await session.change(CONFIG, [{ text: 'rulez: {}' }]);
    await session.until(CONFIG, found => found.length === 1, 'a problem in the edited text');
    await session.until(URI, found => found.length === 1);
    await session.close(URI);
    await wait(50);
    expect(session.last(CONFIG)!.diagnostics).toHaveLength(1);
    await session.close(CONFIG);
    await session.until(CONFIG, found => found.length === 0, 'nobody uses it any more');
  });

  it('has a fix for a misspelled name, in any editor', async () => {
    const text = 'rules:\n  bad-wrd: off\n  ugly-word: "errr"\n  nothing-like-it: off\n';
    await start({ files: new Map([[CONFIG, text]]) });
    await session.open(CONFIG, text, 'yaml');
    const found = await session.until(CONFIG, ({ length }) => length === 3);
    expect(found.map(({ message }) => message)).toEqual([
      'Unknown rule `bad-wrd`\nDid you mean `bad-word`?',
      'Invalid value `errr` for `ugly-word`\nDid you mean `error`?',
      'Unknown rule `nothing-like-it`\nRun `bakelint rules` for the list',
    ]);
    const [first, ...others] = await session.actions(CONFIG, found[0]!.range);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ title: 'Change it to `bad-word`', kind: 'quickfix', diagnostics: [found[0]] });
    expect(session.applied(CONFIG, first!)).toBe(text.replace('bad-wrd', 'bad-word'));
    const [second] = await session.actions(CONFIG, found[1]!.range);
    expect(session.applied(CONFIG, second!)).toBe(text.replace('errr', 'error'));
    expect(await session.actions(CONFIG, found[2]!.range)).toEqual([]);
    expect(await session.actions(CONFIG, found[0]!.range, { only: ['source.fixAll'] })).toEqual([]);
    const twice = 'rules:\n  bad-wrd: off\n  bad-word: off\n';
    await session.change(CONFIG, [{ text: twice }]);
    await session.until(CONFIG, ({ length }) => length === 1);
    expect(await session.actions(CONFIG, at(1, 2, 9))).toEqual([]);
  });

  it('in JSON, and one that the settings name, have fixes too', async () => {
    const uri = 'file:///ws/conf/lint.json';
    const text = '{ "rules": { "bad-wrd": "off" } }';
    await start({ files: new Map([[uri, text]]), settings: { config: 'conf/lint.json' } });
    await session.open(URI, 'bad');
    await session.open(uri, text, 'json');
    const [problem] = await session.until(uri, ({ length }) => length === 1);
    const [action] = await session.actions(uri, problem!.range);
    expect(session.applied(uri, action!)).toBe(text.replace('bad-wrd', 'bad-word'));
  });

  it('can be named by the settings, and laid over by them', async () => {
    const settings: Record<string, unknown> = { config: 'conf/lint.yaml' };
    await start({ files: new Map([['file:///ws/conf/lint.yaml', 'rules:\n  bad-word: off\n']]), settings });
    await session.open(URI, 'bad ugly');
    await session.until(URI, found => found.length === 1 && found[0]!.code === 'ugly-word');
    settings.rules = { 'bad-word': 'hint', 'ugly-word': 'off' };
    await session.settingsChanged();
    await session.until(URI, found => found.length === 1 && found[0]!.severity === 4);
  });

  it('that the settings name and that is not there is a problem', async () => {
    await start({ settings: { config: 'conf/lint.yaml' } });
    await session.open(URI, 'bad');
    const [problem] = await session.until('file:///ws/conf/lint.yaml', found => found.length > 0);
    expect(problem).toMatchObject({
      code: 'invalid-config',
      message: expect.stringMatching(/^Configuration is ignored: no such file or directory\n/),
    });
    expect(await session.settled(URI)).toHaveLength(1);
  });

  it('above the workspace folder holds, and so does .gitignore, up to the repository', async () => {
    const files = new Map([
      ['file:///.git', 'gitdir: elsewhere'],
      ['file:///.bakelint.yaml', 'rules: { bad-word: error }'],
      ['file:///ws/.gitignore', '/ignored/\n'],
    ]);
    await start({ files });
    await session.open(URI, 'bad');
    expect((await session.settled(URI))[0]!.severity).toBe(1);
    const ignored = 'file:///ws/ignored/Dockerfile';
    await session.open(ignored, 'bad');
    expect(await session.settled(ignored)).toEqual([]);
    expect((await session.hover(ignored, 0, 0))!.contents).toMatchObject({
      value: 'Bakelint does not lint this file: `.gitignore` ignores it.',
    });
    files.set('file:///ws/.gitignore', '');
    await session.fileChanged('file:///ws/.gitignore', 2);
    await session.until(ignored, found => found.length === 1);
  });

  it('in another file system is not looked for above the workspace folder', async () => {
    const folder = 'vscode-vfs://github/owner/name';
    await start({ files: new Map(), workspaceFolders: [folder] });
    await session.open(`${folder}/a/Dockerfile`, 'bad');
    await session.settled(`${folder}/a/Dockerfile`);
    expect(session.questions.length).toBeGreaterThan(0);
    expect(session.questions.every(uri => uri.startsWith(`${folder}/`))).toBe(true);
  });

  it('is told to our client, with its presets, and why a file is left out', async () => {
    const config = 'file:///ws/.bakelint.yaml';
    const files = new Map([[config, 'extends: strict\n']]);
    await start({ files });
    const told: unknown[] = [];
    session.client.onNotification('bakelint/status', status => void told.push(status));
    await session.open(URI, 'bad');
    await session.until(URI, found => found.length === 1);
    await session.change(URI, [{ text: 'bad bad' }]);
    await session.until(URI, found => found.length === 2);
    files.set(config, 'extends: strict\nignore: [app]\n');
    await session.fileChanged(config, 2);
    await session.until(URI, found => found.length === 0);
    const status = { uri: URI, config, presets: ['strict'] };
    expect(told).toEqual([status, { ...status, leftOut: 'config' }]);
    files.set(config, 'extends: strict\nrulez: {}\n');
    await session.fileChanged(config, 2);
    await session.until(URI, found => found.length === 2);
    expect(told.at(-1)).toEqual({ ...status, isConfigBroken: true });
  });

  it('can leave files out', async () => {
    await start({ files: new Map([[CONFIG, 'ignore: ["app/**"]\n']]) });
    await session.open(URI, 'bad');
    expect(await session.settled(URI)).toEqual([]);
    expect(await session.actions(URI, at(0, 0, 3))).toEqual([]);
    expect((await session.hover(URI, 0, 0))!.contents).toMatchObject({
      value: 'Bakelint does not lint this file: `ignore` in its configuration matches it.',
    });
  });
});
