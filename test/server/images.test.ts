/** The images of a workspace, asked for by the view of our own client. */
import { afterEach, describe, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver-protocol';
import { languages } from '../../languages/index.ts';
import {
  BUILT_ON,
  type BuiltOn,
  type DirectoryAnswer,
  IMAGES,
  IMAGES_CHANGED,
  IMAGES_PROGRESS,
  type ImagesAnswer,
  LIST_DIRECTORY,
} from '../../server/protocol.ts';
import { Session } from './session.ts';

const VM =
  'source "amazon-ebs" "vm" {\n  ami_name = "host-${var.v}"\n  source_ami = "ami-0123456789abcdef0"\n}\nbuild {\n  sources = ["source.amazon-ebs.vm"]\n  provisioner "shell" {\n    script = "setup.sh"\n  }\n}\n';
const WORKSPACE = {
  'base/Dockerfile': 'FROM node:16\nLABEL team=platform\n',
  'app/Dockerfile': 'ARG X=1\nFROM x/base:1\nCOPY --from=busybox /a /b\n',
  'job/Dockerfile': 'FROM x/app\n',
  'build.sh': 'docker build -t x/base:1 base\ndocker build -t x/app app\n',
  'host/user-data': '#cloud-config\nruncmd:\n  - docker run -d x/app\n',
  'host/vm.pkr.hcl': VM,
  'host/vars.pkr.hcl': 'variable "v" {\n  default = "7"\n}\n',
  'host/setup.sh': 'true\n',
  'out/Dockerfile': 'FROM a\n',
  '.gitignore': 'out/\n',
  '.bakelint.yaml': 'images: { purpose: Everything }\n',
  'secret/a': '',
};

let session: Session;
let files: Map<string, string>;
afterEach(() => session.stop());

async function start(workspace: Record<string, string> = WORKSPACE, refused?: string): Promise<void> {
  files = new Map(Object.entries(workspace).map(([name, text]) => [`file:///ws/${name}`, text]));
  session = await Session.start({ engine: { languages, rules: [] }, files });
  session.client.onRequest(LIST_DIRECTORY, ({ uri }: { uri: string }): DirectoryAnswer => {
    if (uri === refused) return { refused: 'unreadable', reason: 'permission denied' };
    const names = new Map<string, 'file' | 'directory'>();
    for (const file of files.keys()) {
      if (!file.startsWith(`${uri}/`)) continue;
      const [name = '', ...rest] = file.slice(uri.length + 1).split('/');
      names.set(name, rest.length > 0 ? 'directory' : 'file');
    }
    return { entries: [...names].map(([name, kind]) => ({ name, kind })) };
  });
}

const list = (): Promise<ImagesAnswer> => session.client.sendRequest(IMAGES);
const place = (name: string, line = 0, character = 0) => ({ uri: `file:///ws/${name}`, line, character });
const builtOn = (...args: Parameters<typeof place>): Promise<BuiltOn | null> =>
  session.client.sendRequest(BUILT_ON, place(...args));

describe('the images of a workspace', () => {
  test('are listed with their places, bases and support; ignored directories are not looked into', async () => {
    await start(WORKSPACE, 'file:///ws/secret');
    const progress: unknown[] = [];
    session.client.onNotification(IMAGES_PROGRESS, one => void progress.push(one));
    const { images, unread } = await list();
    expect(unread).toBe(1);
    expect(images.map(({ name, layer, owner, purpose }) => [name, layer, owner, purpose])).toEqual([
      ['x/base:1', 'application', 'platform', 'Everything'],
      ['x/app', 'application', undefined, 'Everything'],
      ['job/Dockerfile', 'application', undefined, 'Everything'],
      ['host-7', 'machine', undefined, 'Everything'],
    ]);
    const [base, app, , vm] = images;
    expect(base).toMatchObject({ ...place('base/Dockerfile', 0, 5), usedBy: [app!.id] });
    expect(base!.bases).toEqual([
      {
        name: 'node:16',
        certain: true,
        use: 'base',
        tag: 'tag',
        supportEnds: '2023-09-11',
        ...place('base/Dockerfile', 0, 5),
      },
    ]);
    expect(app!.bases).toMatchObject([
      { image: base!.id, tag: 'tag' },
      { name: 'busybox', use: 'copy', tag: 'latest' },
    ]);
    expect(app!.startedBy).toEqual([{ name: 'x/app', certain: true, ...place('host/user-data', 2, 18) }]);
    expect(vm!.bases[0]).toMatchObject({ name: 'ami-0123456789abcdef0', line: 2 });
    expect(session.questions).not.toContain('file:///ws/out');
    expect(progress.at(-1)).toMatchObject({ done: expect.any(Number) });
  });

  test('are read again where something has changed, and nowhere else', async () => {
    await start();
    await list();
    let told = 0;
    session.client.onNotification(IMAGES_CHANGED, () => void told++);
    session.questions.length = 0;
    files.set('file:///ws/job/Dockerfile', 'FROM x/base:1\n');
    files.set('file:///ws/new/Dockerfile', 'FROM x/app\n');
    files.delete('file:///ws/host/vm.pkr.hcl');
    await session.fileChanged('file:///ws/job/Dockerfile', 2);
    await session.fileChanged('file:///ws/new/Dockerfile', 1);
    const { images } = await list();
    expect(images.map(({ name }) => name)).toEqual(['x/base:1', 'x/app', 'job/Dockerfile', 'new/Dockerfile']);
    expect(images[2]!.bases[0]!.name).toBe('x/base:1');
    expect(told).toBe(1);
    const read = session.questions.filter(uri => /Dockerfile|\.sh$|user-data/.test(uri));
    expect(new Set(read)).toEqual(new Set(['file:///ws/job/Dockerfile', 'file:///ws/new/Dockerfile']));
  });

  test('follow the text of an open document', async () => {
    await start();
    await list();
    await session.open('file:///ws/job/Dockerfile', 'FROM x/other\n');
    await session.settled('file:///ws/job/Dockerfile');
    await session.change('file:///ws/job/Dockerfile', [{ text: 'FROM x/third\n' }]);
    const { images } = await list();
    expect(images.find(({ uri }) => uri.endsWith('job/Dockerfile'))!.bases[0]!.name).toBe('x/third');
  });

  test('follow the file again once a document is closed without being saved', async () => {
    await start();
    await session.open('file:///ws/job/Dockerfile', 'FROM x/other\n');
    await list();
    await session.close('file:///ws/job/Dockerfile');
    const { images } = await list();
    expect(images.find(({ uri }) => uri.endsWith('job/Dockerfile'))!.bases[0]!.name).toBe('x/app');
  });

  test('have the names of a Makefile that includes another one, as that is now', async () => {
    await start({
      'app/Dockerfile': 'FROM alpine:3\n',
      'app/Makefile': 'include ../common.mk\n',
      'common.mk': 'include names.mk\nbuild:\n\tdocker build -t x/$(NAME) .\n',
      'app/names.mk': 'NAME = app\n',
    });
    const names = async () => (await list()).images[0]!.tags.map(({ name }) => name);
    expect(await names()).toEqual(['x/app']);
    files.set('file:///ws/app/names.mk', 'NAME = web\n');
    await session.fileChanged('file:///ws/app/names.mk', 2);
    expect(await names()).toEqual(['x/web']);
  });

  test('are started by Compose with the variables beside it, and by manifests', async () => {
    const compose = 'services:\n  app:\n    image: x/app:${TAG:?}\n';
    await start({
      'app/Dockerfile': 'FROM alpine:3\n',
      'build.sh': 'docker build -t x/app:1 app\n',
      'deploy/compose.yaml': compose,
      'deploy/.env': 'TAG=1\n',
      'deploy/app.yaml': 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: x/app:1\n',
    });
    const starts = async () => (await list()).images[0]!.startedBy.map(({ uri, line, name }) => [uri, line, name]);
    const manifest = ['file:///ws/deploy/app.yaml', 4, 'x/app:1'];
    expect(await starts()).toEqual([['file:///ws/deploy/compose.yaml', 2, 'x/app:1'], manifest]);
    files.set('file:///ws/deploy/.env', 'TAG=2\n');
    await session.fileChanged('file:///ws/deploy/.env', 2);
    expect(await starts()).toEqual([['file:///ws/deploy/compose.yaml', 2, 'x/app:2'], manifest]);
    files.delete('file:///ws/deploy/.env');
    await session.fileChanged('file:///ws/deploy/.env', 3);
    expect(await starts()).toEqual([['file:///ws/deploy/compose.yaml', 2, 'x/app:{TAG}'], manifest]);
    expect((await builtOn('app/Dockerfile'))?.places).toHaveLength(2);
  });

  test('are given up when nobody waits for them, and searched for again', async () => {
    await start();
    const stop = new CancellationTokenSource();
    const answer = session.client.sendRequest<ImagesAnswer | null>(IMAGES, stop.token);
    stop.cancel();
    expect(await answer.catch(() => null)).toBe(null);
    expect((await list()).images).toHaveLength(4);
  });

  test('are none where nothing can be listed', async () => {
    await start(WORKSPACE, 'file:///ws');
    expect(await list()).toEqual({ images: [], unread: 1 });
  });

  test('what is built on an image, a base, a template and a script', async () => {
    await start();
    await session.open('file:///ws/app/Dockerfile', WORKSPACE['app/Dockerfile']);
    const names = async (...args: Parameters<typeof place>) => (await builtOn(...args))?.places.map(({ name }) => name);
    expect(await names('base/Dockerfile')).toEqual(['x/app', 'job/Dockerfile', 'x/app']);
    expect(await builtOn('app/Dockerfile', 1, 8)).toMatchObject({
      of: 'x/base:1',
      places: [{ name: 'x/app' }, { name: 'job/Dockerfile' }, {}],
    });
    expect(await names('app/Dockerfile', 2, 14)).toEqual(['x/app', 'job/Dockerfile', 'x/app']);
    expect(await names('host/vm.pkr.hcl')).toEqual([]);
    expect(await names('host/setup.sh')).toEqual(['host-7']);
    expect(await builtOn('build.sh')).toBe(null);
  });
});
