/** Findings in files that are not open, on request. */
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { diskSource } from '../../server/disk.ts';
import { LINT_WORKSPACE, type WorkspaceLinted } from '../../server/protocol.ts';
import { temporaryFolder } from '../host.ts';
import { Session, type SessionOptions, wait } from './session.ts';
import { toyEngine } from './toy.ts';

const ONE = 'file:///ws/one/Dockerfile';
const TWO = 'file:///ws/two/Dockerfile';
const NEIGHBOR = 'file:///ws/two/neighbor.txt';
let session: Session;
let files: Map<string, string>;
afterEach(() => session.stop());

async function start(content: Record<string, string>, options: Partial<SessionOptions> = {}): Promise<void> {
  files = new Map(Object.entries(content));
  session = await Session.start({ engine: toyEngine, files, ...options });
  session.client.onNotification('window/showMessage', ({ message }: { message: string }) => void said.push(message));
  said.length = 0;
}
const said: string[] = [];

const run = (command = LINT_WORKSPACE): Promise<WorkspaceLinted | null> =>
  session.client.sendRequest('workspace/executeCommand', { command });
const messages = (uri: string): unknown[] => session.last(uri)?.diagnostics.map(({ message }) => message) ?? [];
const isClean = (found: readonly unknown[]): boolean => found.length === 0;

describe('the files of the workspace', () => {
  it('are linted without being open, with what is beside them, and taken back on request', async () => {
    await start({ [ONE]: 'bad', [TWO]: 'with-neighbor', [NEIGHBOR]: '123', 'file:///ws/note.txt': 'bad' });
    expect(await run()).toEqual({ documents: 2, findings: 2, complete: true });
    expect(session.last(ONE)?.diagnostics).toMatchObject([{ code: 'bad-word', range: { start: { line: 0 } } }]);
    expect(messages(TWO)).toEqual(['Neighbor: 3.']);
    expect(said).toEqual(['2 findings in 2 closed files.']);
    await run('bakelint.clearWorkspaceFindings');
    expect([messages(ONE), messages(TWO)]).toEqual([[], []]);
  });

  it('are not linted where they are ignored or Bakelint is off', async () => {
    const settings = { enable: true };
    await start({ [ONE]: 'bad', [TWO]: 'bad', 'file:///ws/.bakelint.yaml': 'ignore: [two]\n' }, { settings });
    expect(await run()).toMatchObject({ documents: 1, findings: 1 });
    expect(session.last(TWO)).toBeUndefined();
    settings.enable = false;
    await session.settingsChanged();
    await session.until(ONE, isClean);
    expect(await run()).toBeNull();
    expect(said.at(-1)).toContain('bakelint.enable');
  });

  it('follow the disk: a file that changes, comes or goes, what it was linted with, and a directory that goes', async () => {
    await start({ [ONE]: 'bad', [TWO]: 'with-neighbor', [NEIGHBOR]: '123' });
    await run();
    files.set(ONE, 'fine');
    await session.fileChanged(ONE, 2);
    await session.until(ONE, isClean);
    files.set(NEIGHBOR, '1');
    await session.fileChanged(NEIGHBOR, 2);
    await session.until(TWO, ([one]) => one?.message === 'Neighbor: 1.');
    const three = 'file:///ws/three/Dockerfile';
    files.set(three, 'bad');
    await session.fileChanged(three, 1);
    await session.until(three, found => found.length === 1);
    for (const uri of [TWO, NEIGHBOR]) files.delete(uri);
    await session.fileChanged('file:///ws/two', 3);
    await session.until(TWO, isClean);
    files.delete(three);
    await session.fileChanged(three, 3);
    await session.until(three, isClean);
  });

  it('follow the configuration and what it ignores', async () => {
    const config = 'file:///ws/.bakelint.yaml';
    await start({ [ONE]: 'bad', [TWO]: 'bad', [config]: 'rules: {}\n' });
    await run();
    files.set(config, 'ignore: [one]\nrules: {nothing: off}\n');
    await session.fileChanged(config, 2);
    await session.until(ONE, isClean);
    await session.until(config, ([one]) => one?.code === 'invalid-config');
    files.set(config, 'rules: {bad-word: off}\n');
    await session.fileChanged(config, 2);
    await session.until(TWO, isClean);
    await session.until(config, isClean);
  });

  it('give way to open documents, and are those of the disk again when these close', async () => {
    await start({ [ONE]: 'bad', [TWO]: 'fine' });
    await session.open(ONE, 'bad bad');
    expect(await run()).toMatchObject({ documents: 1 });
    await session.until(ONE, found => found.length === 2);
    await session.open(TWO, 'bad');
    await session.until(TWO, found => found.length === 1);
    await session.close(TWO);
    await session.until(TWO, isClean);
    await session.close(ONE);
    await session.until(ONE, found => found.length === 1);
    expect(session.last(ONE)?.version).toBeUndefined();
  });

  it('are those of all workspace folders, of which some may go or not be there', async () => {
    const other = 'file:///other/Dockerfile';
    const config = { 'file:///other/.bakelint.yaml': 'rules: {bad-word: error}\n' };
    const workspaceFolders = ['file:///ws', 'file:///ws/one', 'file:///other', 'file:///gone'];
    await start({ [ONE]: 'bad', [TWO]: 'bad', [other]: 'bad', ...config }, { workspaceFolders });
    expect(await run()).toMatchObject({ documents: 3, findings: 3 });
    expect(session.last(other)?.diagnostics[0]?.severity).toBe(1);
    expect(session.last(ONE)?.diagnostics[0]?.severity).toBe(2);
    await session.client.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [], removed: [{ uri: 'file:///other', name: 'other' }] },
    });
    await session.until(other, isClean);
    expect(messages(ONE)).toHaveLength(1);
    await session.fileChanged('file:///ws', 3);
    for (const uri of [ONE, TWO]) await session.until(uri, isClean);
  });

  it('are pushed to editors that pull, and not for what these have open', async () => {
    const capabilities = { workspace: {}, textDocument: { diagnostic: {} } };
    await start({ [ONE]: 'bad', [TWO]: 'bad' }, { capabilities });
    await session.open(ONE, 'bad');
    await run();
    expect(session.last(ONE)).toBeUndefined();
    expect(messages(TWO)).toHaveLength(1);
    await session.open(TWO, 'bad');
    await session.until(TWO, isClean);
    const { executeCommandProvider } = (await session.initialized).capabilities;
    // A client that serves files is ours and has the commands itself.
    expect(executeCommandProvider).toBeUndefined();
  });
});

describe('a run', () => {
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`file:///ws/d${i}/Dockerfile`, 'bad']));

  it('is shown and can be cancelled; what was found until then stays', async () => {
    const capabilities = { workspace: {}, window: { workDoneProgress: true } };
    const progress: { kind: string; percentage?: number }[] = [];
    await start(many, { capabilities });
    session.client.onRequest('window/workDoneProgress/create', ({ token }: { token: string }) => {
      session.client.onNotification('$/progress', ({ value }: { value: (typeof progress)[number] }) => {
        progress.push(value);
        if (value.kind === 'report') void session.client.sendNotification('window/workDoneProgress/cancel', { token });
      });
      return null;
    });
    const done = await run();
    expect(done!.complete).toBe(false);
    expect(done!.documents).toBeGreaterThan(0);
    expect(done!.documents).toBeLessThan(300);
    expect(progress.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['begin', 'report', 'end']));
    expect(session.published.filter(({ diagnostics }) => diagnostics.length > 0)).toHaveLength(done!.documents);
  });

  it('answers what is asked meanwhile', async () => {
    await start(many);
    const done = run();
    await session.open('file:///ws/open.toy', 'bad');
    await session.until('file:///ws/open.toy', found => found.length === 1);
    await session.hover('file:///ws/open.toy', 0, 1);
    const linted = session.published.filter(({ uri }) => uri.endsWith('/Dockerfile')).length;
    expect(linted).toBeLessThan(300);
    expect(await done).toMatchObject({ documents: 300 });
  });

  it('leaves time for what is asked while it reads a disk', async () => {
    await start({});
    const uri = pathToFileURL(temporaryFolder('empty')).href;
    let hadTurn = false;
    setImmediate(() => (hadTurn = true));
    for (const began = performance.now(); performance.now() - began < 100; ) await diskSource.list(uri, undefined);
    expect(hadTurn).toBe(true);
  });

  it('ends where there are too many findings, and says so', async () => {
    await start({ [ONE]: 'bad '.repeat(20_000), [TWO]: 'bad' });
    expect(await run()).toMatchObject({ findings: 20_000, complete: false });
    expect(said).toEqual(['20000 findings in 1 closed file. 1 file left out: too many files or findings.']);
    expect(session.last(TWO)).toBeUndefined();
  });

  it('says what it cannot do', async () => {
    await start({}, { workspaceFolders: [] });
    expect(await run()).toBeNull();
    expect(said).toEqual(['Open a folder to lint its files.']);
    await session.stop();
    await start({}, { files: undefined });
    expect(await run()).toBeNull();
    expect(said).toEqual(['The files of this workspace cannot be read here.']);
    await wait(0);
  });
});
