/** Findings that show only across files, in an editor: silent until the files are read, and renewed with them. */
import { afterEach, expect, test } from 'vitest';
import { languages } from '../../languages/index.ts';
import baseVersionDrift from '../../rules/dockerfile/base-version-drift/rule.ts';
import unbuiltBase from '../../rules/dockerfile/unbuilt-base/rule.ts';
import { Session, wait } from './session.ts';

const API = 'file:///ws/api/Dockerfile';
const WEB = 'file:///ws/web/Dockerfile';
const FILES = {
  '.git': '',
  'compose.yaml': 'services:\n  api: {build: api}\n  web: {build: web}\n',
  'api/Dockerfile': 'FROM alpine:3.21\n',
  'web/Dockerfile': 'FROM alpine:3.23\n',
};

let session: Session;
let files: Map<string, string>;
afterEach(() => session.stop());

async function start(more: Record<string, string> = {}, settings: Record<string, unknown> = {}): Promise<void> {
  files = new Map(Object.entries({ ...FILES, ...more }).map(([name, text]) => [`file:///ws/${name}`, text]));
  session = await Session.start({
    engine: { languages, rules: [baseVersionDrift, unbuiltBase] },
    files,
    settings: { preset: 'strict', ...settings },
  });
}

const change = (name: string, text: string): Promise<void> => {
  files.set(`file:///ws/${name}`, text);
  return session.fileChanged(`file:///ws/${name}`, 2);
};

test('come once the workspace is read, with their places', async () => {
  await start();
  await session.open(API, FILES['api/Dockerfile']);
  const [found] = await session.until(API, ([one]) => one?.relatedInformation !== undefined);
  expect(found).toMatchObject({
    code: 'base-version-drift',
    range: { start: { line: 0, character: 5 } },
    relatedInformation: [{ location: { uri: WEB, range: { start: { line: 0, character: 5 } } } }],
  });
});

test('come and go when another file changes, on disk or in the editor', async () => {
  await start();
  await session.open(API, FILES['api/Dockerfile']);
  await session.until(API, found => found.length === 1);
  await change('web/Dockerfile', 'FROM alpine:3.21\n');
  await session.until(API, found => found.length === 0);
  await session.open(WEB, 'FROM alpine:3.21\n');
  await session.settled(WEB);
  await session.change(WEB, [{ text: 'FROM alpine:3.22\n' }]);
  await session.save(WEB);
  const [found] = await session.until(API, found => found.length === 1);
  expect(found!.message).toContain('3.22');
});

test('follow the document itself at once', async () => {
  await start();
  await session.open(API, FILES['api/Dockerfile']);
  await session.until(API, found => found.length === 1);
  await session.change(API, [{ text: '# Above.\nFROM alpine:3.21\n' }]);
  await session.until(API, ([one]) => one?.range.start.line === 1);
  await session.change(API, [{ text: 'FROM alpine:3.23\n' }]);
  await session.until(API, found => found.length === 0);
});

test('nothing is read for rules that are off', async () => {
  await start({}, { preset: 'recommended' });
  await session.open(API, FILES['api/Dockerfile']);
  await session.settled(API);
  await wait(50);
  expect(session.questions).not.toContain(WEB);
});

test('what is missing in a folder that may be a part of a repository is not', async () => {
  const build = { 'build.sh': 'docker build -t shop api\n' };
  await start(build);
  await session.open(API, 'FROM shop-base\n');
  await session.save(API);
  await session.until(API, ([one]) => one?.code === 'unbuilt-base');
  await session.stop();
  await start(build);
  files.delete('file:///ws/.git');
  await session.open(API, 'FROM shop-base\nFROM alpine:3.21\n');
  await session.until(API, found => found.length > 0);
  expect(session.last(API)!.diagnostics.map(({ code }) => code)).toEqual(['base-version-drift']);
});
