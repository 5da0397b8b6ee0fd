/** An application that is taken out of a template, over the wire. */
import { afterEach, describe, expect, it } from 'vitest';
import type { CodeAction, CreateFile, TextDocumentEdit } from 'vscode-languageserver-protocol';
import { languages } from '../../languages/index.ts';
import { rules } from '../../rules/index.ts';
import { EXTRACT, type Extracted } from '../../server/protocol.ts';
import { Session } from './session.ts';

const URI = 'file:///ws/image.pkr.hcl';
const TEMPLATE = `source "amazon-ebs" "shop" {
  ami_name   = "shop-1.4.2"
  source_ami = "ami-0123456789abcdef0"
}

build {
  sources = ["source.amazon-ebs.shop"]

  provisioner "file" {
    source      = "dist/"
    destination = "/opt/shop"
  }
}
`;
const TITLE = 'Extract the application into a Containerfile…';
const SUPPORT = {
  documentChanges: true,
  resourceOperations: ['create'],
  changeAnnotationSupport: {},
};
const RANGE = { start: { line: 9, character: 20 }, end: { line: 9, character: 20 } };

let session: Session;
afterEach(() => session.stop());

async function start(workspaceEdit: object, files: Record<string, string> | null = {}, uri = URI): Promise<void> {
  session = await Session.start({
    engine: { languages, rules },
    capabilities: { workspace: { workspaceEdit }, textDocument: {} },
    files: files ? new Map(Object.entries(files)) : undefined,
  });
  await session.open(uri, TEMPLATE, 'packer');
  await session.until(uri, found => found.some(({ code }) => code === 'app-code-in-machine-image'));
}

const offered = async (uri = URI): Promise<CodeAction | undefined> =>
  (await session.actions(uri, RANGE)).find(({ title }) => title === TITLE);
const created = ({ edit }: CodeAction): string[] =>
  edit!.documentChanges!.flatMap(change => ('kind' in change ? (change as CreateFile).uri : []));

describe('the extraction of an application', () => {
  it('creates files that the user confirms, and edits the template', async () => {
    await start(SUPPORT);
    const action = (await offered())!;
    expect(created(action)).toEqual(['file:///ws/Containerfile', 'file:///ws/compose.yaml']);
    expect(action.edit!.documentChanges).toMatchObject([
      { kind: 'create', options: { overwrite: false, ignoreIfExists: false }, annotationId: 'extraction' },
      { textDocument: { uri: 'file:///ws/Containerfile', version: null } },
      { kind: 'create' },
      { textDocument: { uri: 'file:///ws/compose.yaml' } },
      { textDocument: { uri: URI, version: 1 } },
    ]);
    expect(action.edit!.changeAnnotations).toMatchObject({ extraction: { needsConfirmation: true } });
    const text = (action.edit!.documentChanges![1] as TextDocumentEdit).edits[0];
    expect(text).toMatchObject({ annotationId: 'extraction', newText: expect.stringContaining('COPY dist/ ./') });
  });

  it('comes before the actions that ignore the finding', async () => {
    await start(SUPPORT);
    const titles = (await session.actions(URI, RANGE)).map(({ title }) => title);
    expect(titles.indexOf(TITLE)).toBeLessThan(titles.findIndex(title => title.startsWith('Ignore')));
  });

  it('takes other names where files are there', async () => {
    await start(SUPPORT, { 'file:///ws/containerfile': '', 'file:///ws/docker-compose.yml': '' });
    expect(created((await offered())!)).toEqual(['file:///ws/Containerfile.shop', 'file:///ws/compose.shop.yaml']);
  });

  it('says who owns the template', async () => {
    await start(SUPPORT, { 'file:///ws/.github/CODEOWNERS': '* @acme/all\n/image.pkr.hcl @acme/shop\n' });
    expect(((await offered())!.edit!.documentChanges![1] as TextDocumentEdit).edits[0]).toMatchObject({
      newText: expect.stringContaining('org.opencontainers.image.authors="@acme/shop"'),
    });
  });

  it('is a command of our client where no file can be created, and nothing elsewhere', async () => {
    await start({ documentChanges: true });
    expect(await offered()).toMatchObject({ command: { command: EXTRACT, arguments: [URI] } });
    const answer = await session.client.sendRequest<Extracted>(EXTRACT, URI);
    expect(answer.edit).toBeUndefined();
    expect(answer.files!.map(({ name }) => name)).toEqual(['Containerfile', 'compose.yaml']);
    await session.stop();
    await start({ documentChanges: true }, null);
    expect(await offered()).toBeUndefined();
  });

  it('is shown for a text that is not saved', async () => {
    await start(SUPPORT, {}, 'untitled:image.pkr.hcl');
    expect(await offered('untitled:image.pkr.hcl')).toMatchObject({ command: { command: EXTRACT } });
  });

  it('says why there is nothing', async () => {
    await start(SUPPORT);
    await session.change(URI, [{ text: 'build {}\n' }]);
    expect(await session.client.sendRequest<Extracted>(EXTRACT, URI)).toEqual({
      refusal: 'There is no application in this file that could be extracted.',
    });
  });
});
