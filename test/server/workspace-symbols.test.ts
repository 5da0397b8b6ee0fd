/** Names of files that are not open. */
import { afterEach, describe, expect, it } from 'vitest';
import type { SymbolInformation } from 'vscode-languageserver-protocol';
import { CancellationTokenSource } from 'vscode-languageserver-protocol';
import { languages } from '../../languages/index.ts';
import { Session, type SessionOptions, wait } from './session.ts';

const PACKER = 'file:///ws/packer/web.pkr.hcl';
const DOCKER = 'file:///ws/app/Dockerfile';
const CLOUD = 'file:///ws/cloud/user-data';
const FILES = {
  [PACKER]: 'variable "region" {}\nsource "amazon-ebs" "web" {}\nbuild {\n  sources = ["source.amazon-ebs.web"]\n}\n',
  [DOCKER]: 'FROM debian:13 AS assets\nFROM debian:13\n',
  [CLOUD]: '#cloud-config\nusers:\n  - name: ada\n',
  'file:///ws/notes.yaml': 'users:\n  - name: nobody\n',
};

let session: Session;
let files: Map<string, string>;
afterEach(() => session.stop());

async function start(content: Record<string, string> = FILES, options: Partial<SessionOptions> = {}): Promise<void> {
  files = new Map(Object.entries(content));
  session = await Session.start({ engine: { languages, rules: [] }, files, ...options });
}

const found = async (query: string): Promise<string[]> => {
  const symbols = await session.client.sendRequest<SymbolInformation[]>('workspace/symbol', { query });
  return symbols.map(({ name, containerName, location: { uri, range } }) =>
    [name, containerName, uri.slice('file:///ws/'.length), `${range.start.line}:${range.start.character}`].join(' '),
  );
};

describe('the names of closed files', () => {
  it('are found in every language, and in no file of another program', async () => {
    await start();
    expect((await found('')).sort()).toEqual([
      'ada account cloud/user-data 2:10',
      'assets stage app/Dockerfile 0:18',
      'build build of amazon-ebs.web packer/web.pkr.hcl 2:0',
      'region variable packer/web.pkr.hcl 0:10',
      'users cloud-config cloud/user-data 1:0',
      'web source amazon-ebs packer/web.pkr.hcl 1:21',
    ]);
    expect(await found('rgn')).toHaveLength(1);
    expect(await found('xyz')).toEqual([]);
  });

  it('are found whatever a file is called that may be in a language of ours', async () => {
    await start({
      'file:///ws/my%20file.yaml': '#cloud-config\nusers:\n  - name: spaced\n',
      'file:///ws/init.tpl': '#cloud-config\nusers:\n  - name: template\n',
      'file:///ws/Dockerfile.caf%C3%A9': 'FROM debian:13 AS accent\n',
    });
    for (const name of ['spaced', 'template', 'accent']) expect(await found(name), name).toHaveLength(1);
    const uri = 'file:///ws/init.tpl';
    files.set(uri, '#cloud-config\nusers:\n  - name: renamed\n');
    await session.fileChanged(uri, 2);
    expect(await found('renamed')).toHaveLength(1);
  });

  it('are read once: another question asks for no file', async () => {
    await start();
    await found('a');
    const asked = session.questions.length;
    expect(asked).toBeGreaterThan(3);
    await found('as');
    expect(session.questions).toHaveLength(asked);
  });

  it('follow the disk: a file that changes, comes, goes, or is ignored', async () => {
    await start();
    await found('');
    files.set(DOCKER, 'FROM debian:13 AS build-env\n');
    await session.fileChanged(DOCKER, 2);
    expect(await found('assets')).toEqual([]);
    expect(await found('buildenv')).toHaveLength(1);
    files.set('file:///ws/b/Dockerfile', 'FROM debian:13 AS assets\n');
    await session.fileChanged('file:///ws/b/Dockerfile', 1);
    expect(await found('assets')).toEqual(['assets stage b/Dockerfile 0:18']);
    files.delete(PACKER);
    await session.fileChanged(PACKER, 3);
    expect(await found('region')).toEqual([]);
    files.set('file:///ws/.gitignore', 'b/\n');
    await session.fileChanged('file:///ws/.gitignore', 1);
    expect(await found('assets')).toEqual([]);
  });

  it('give way to open documents, saved or not', async () => {
    await start();
    await found('');
    await session.open(DOCKER, 'FROM debian:13 AS unsaved\n');
    expect(await found('assets')).toEqual([]);
    expect(await found('unsaved')).toEqual(['unsaved stage app/Dockerfile 0:18']);
    await session.open(PACKER, FILES[PACKER]!, 'packer');
    expect(await found('region')).toHaveLength(1);
    await session.close(DOCKER);
    expect(await found('assets')).toHaveLength(1);
  });

  it('are left out where Bakelint is off, and for Dockerfiles whose features are', async () => {
    const settings: Record<string, unknown> = { dockerfile: { languageFeatures: 'off' } };
    await start(FILES, { settings });
    expect(await found('assets')).toEqual([]);
    expect(await found('region')).toHaveLength(1);
    settings.enable = false;
    await session.settingsChanged();
    expect(await found('')).toEqual([]);
  });

  it('are those of the open documents where nothing can be listed', async () => {
    await start({}, { files: undefined, disk: { read: async () => ({}), list: async () => ({}) } });
    expect(await found('')).toEqual([]);
    await session.open(DOCKER, FILES[DOCKER]!);
    expect(await found('')).toHaveLength(1);
  });

  it('do not keep a question waiting that is taken back', async () => {
    const never = new Promise<never>(() => undefined);
    await start({}, { files: undefined, disk: { read: () => never, list: () => never } });
    const source = new CancellationTokenSource();
    const asked = session.client.sendRequest('workspace/symbol', { query: '' }, source.token);
    await wait(20);
    source.cancel();
    await expect(asked).resolves.toEqual([]);
  });
});
