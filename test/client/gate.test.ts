import { expect, test } from 'vitest';
import type { TextDocument } from 'vscode';
import { Gate } from '../../client/gate.ts';

const document = (uri: string): TextDocument => ({ uri: { toString: () => uri } }) as unknown as TextDocument;

/** A gate with a client in front of it that writes down what comes through. */
function setUp() {
  const linted = new Set<string>();
  const said: string[] = [];
  const gate = new Gate(
    () =>
      ({ uri }) =>
        linted.has(uri.toString()),
  );
  const { didOpen, didChange, didSave, didClose, sendRequest } = gate.middleware;
  const say = (what: string) => async (about: TextDocument) => void said.push(`${what} ${about.uri}`);
  const tell = {
    open: (about: TextDocument) => didOpen!(about, say('open')),
    change: (about: TextDocument) => didChange!({ document: about } as never, event => say('change')(event.document)),
    save: (about: TextDocument) => didSave!(about, say('save')),
    close: (about: TextDocument) => didClose!(about, say('close')),
  };
  const ask = (param: unknown) =>
    sendRequest!('textDocument/hover', param, undefined, async () => {
      said.push('ask');
      return 'answer';
    });
  const client = {
    getFeature: (method: string) => ({
      getProvider: () => ({ send: method === 'textDocument/didOpen' ? tell.open : tell.close }),
    }),
    error: () => undefined,
  };
  return { linted, said, gate, tell, ask, review: (...all: TextDocument[]) => gate.review(all, client as never) };
}

const about = (uri: string) => ({ textDocument: { uri } });

test('nothing about a document that is not linted reaches the server', async () => {
  const { said, tell, ask } = setUp();
  for (const step of [tell.open, tell.change, tell.save, tell.close]) await step(document('git:a'));
  expect(await ask(about('git:a'))).toBe(null);
  expect(said).toEqual([]);
});

test('everything about a linted one does, and requests about none', async () => {
  const { linted, said, tell, ask } = setUp();
  linted.add('file:a');
  for (const step of [tell.open, tell.change, tell.save]) await step(document('file:a'));
  expect(await ask(about('file:a'))).toBe('answer');
  await tell.close(document('file:a'));
  expect(await ask(about('file:a'))).toBe(null);
  expect(await ask({ query: '' })).toBe('answer');
  expect(await ask(undefined)).toBe('answer');
  expect(said).toEqual(['open file:a', 'change file:a', 'save file:a', 'ask', 'close file:a', 'ask', 'ask']);
});

test('what gets a tab is opened later, what loses it is closed, each once', async () => {
  const { linted, said, tell, review } = setUp();
  const [a, b] = [document('git:a'), document('git:b')];
  await tell.open(a);
  await tell.open(b);
  linted.add('git:a');
  review(a, b);
  review(a, b);
  await tell.open(a);
  expect(said).toEqual(['open git:a']);
  linted.clear();
  review(a, b);
  review(a, b);
  await tell.change(a);
  await tell.close(a);
  expect(said).toEqual(['open git:a', 'close git:a']);
});

test('a server that starts again is sent everything again', async () => {
  const { linted, said, gate, tell } = setUp();
  linted.add('file:a');
  await tell.open(document('file:a'));
  gate.forget();
  await tell.change(document('file:a'));
  await tell.open(document('file:a'));
  expect(said).toEqual(['open file:a', 'open file:a']);
});
