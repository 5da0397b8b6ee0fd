/** What each of the four promises has as a quick fix: pin it, move it on, take the secret out, move the application. */
import * as vscode from 'vscode';
import { action, apply, equal, finding, folder, quiet, shot, show, until } from './help.ts';

const DOCKERFILE = `FROM node:latest AS build
RUN npm ci

FROM python:3.9-slim
COPY --from=build /app /app
`;

/** A value that no scanner of this repository takes for a secret. */
const PASSWORD = ['kV7', 'pQ2x', 'Zr9m'].join('_');
const TEMPLATE = `source "amazon-ebs" "shop" {
  ami_name      = "shop-1.4.2"
  source_ami    = "ami-0123456789abcdef0"
  ssh_username  = "packer"
  ssh_password  = "${PASSWORD}"
}

build {
  sources = ["source.amazon-ebs.shop"]

  provisioner "file" {
    source      = "app/"
    destination = "/opt/shop"
  }

  provisioner "shell" {
    inline = ["cd /opt/shop && npm ci"]
  }
}
`;

async function written(path: string, text: string): Promise<vscode.TextDocument> {
  const uri = vscode.Uri.joinPath(folder(), path);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return show(path);
}

/** The first action at a finding whose title begins so. */
function offered(uri: vscode.Uri, { range }: vscode.Diagnostic, start: string): Promise<vscode.CodeAction> {
  return until(`an action "${start}…"`, async () => {
    const all = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      range,
      'quickfix',
    );
    return all.find(({ title }) => title.startsWith(start));
  });
}

async function text(path: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder(), path)));
  } catch {
    return undefined;
  }
}

const CREATED = 'promises/shop/Containerfile.shop';

/** Checks so many files in the preview of changes, and applies them. */
async function confirm(files: number): Promise<void> {
  const run = (id: string) => vscode.commands.executeCommand(id);
  await run('refactorPreview.focus');
  await run('list.collapseAll');
  await run('list.focusFirst');
  for (let i = 0; i < files; i++) {
    if (i > 0) await run('list.focusDown');
    await run('refactorPreview.toggleCheckedState');
  }
  await shot('checked');
  await run('refactorPreview.apply');
}

suite('The four promises', () => {
  teardown(async () => {
    // Without the documents of other suites that have no file: saving or closing them would ask.
    await vscode.workspace.saveAll(false);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  test('pins a tag, and moves an ended base to its successor', async () => {
    const document = await written('promises/Dockerfile', DOCKERFILE);
    const { uri } = document;
    const pin = await offered(uri, await finding(uri, 'latest-tag'), 'Pin to `node:');
    await shot('pin');
    await apply(pin);
    equal(/^FROM node:\d+\.\d+\.\d+\S* AS build$/m.test(document.getText()), true, 'an exact tag');
    await quiet(uri, 'latest-tag');
    await apply(await offered(uri, await finding(uri, 'end-of-life-base'), 'Move to `python:'));
    equal(/^FROM python:3\.\d\d-slim$/m.test(document.getText()), true, 'a successor in the same variant');
    await quiet(uri, 'end-of-life-base');
    await shot('successor');
  });

  test('moves an ended base where the module has it, in another file', async () => {
    const variables = await written(
      'promises/module/variables.pkr.hcl',
      'variable "image" {\n  default = "python:3.9-slim"\n}\n',
    );
    const template = 'source "docker" "app" {\n  image  = var.image\n  commit = true\n}\n';
    const { uri } = await written('promises/module/image.pkr.hcl', template);
    await apply(await offered(uri, await finding(uri, 'end-of-life-base'), 'Move to `python:'));
    equal(/"python:3\.\d\d-slim"/.test(variables.getText()), true, 'the default is another');
    await quiet(uri, 'end-of-life-base');
    await shot('other-file');
  });

  test('takes a secret out of a template into a variable', async () => {
    const document = await written('promises/image.pkr.hcl', TEMPLATE);
    const { uri } = document;
    const found = await until('a secret', () =>
      vscode.languages.getDiagnostics(uri).find(one => document.getText(one.range).includes(PASSWORD)),
    );
    await apply(await offered(uri, found, 'Move it to the variable'));
    equal(document.getText().includes(PASSWORD), false, 'the value is in the file');
    equal(/sensitive\s*=\s*true/.test(document.getText()), true, 'the variable is sensitive');
    await shot('secret');
  });

  test('extracts an application, after a look, and overwrites nothing', async () => {
    const taken = 'FROM scratch\n';
    const there = vscode.Uri.joinPath(folder(), 'promises/shop/Containerfile');
    await vscode.workspace.fs.writeFile(there, new TextEncoder().encode(taken));
    const document = await written('promises/shop/image.pkr.hcl', TEMPLATE);
    const { uri } = document;
    const found = await finding(uri, 'app-code-in-machine-image');
    await action(uri, found.range, 'Extract the application into a Containerfile…');
    // Edits that create files come back incomplete from the API for actions: the command makes the same ones.
    let ended = false;
    const command = vscode.commands.executeCommand('bakelint.extractApplication', uri.toString());
    void command.then(() => (ended = true));
    await new Promise(resolve => setTimeout(resolve, 3000));
    equal([ended, await text(CREATED)], [false, undefined], 'the changes wait until they are confirmed');
    await shot('preview');
    await confirm(3);
    await until('the end of the command', () => ended || undefined);
    // The files are created empty, and have their text once they are saved.
    const saved = (path: string, part: string) =>
      until(`${part} in ${path}`, async () => {
        await vscode.workspace.saveAll();
        return (await text(path))?.includes(part) || undefined;
      });
    await saved(CREATED, 'RUN npm ci');
    await saved('promises/shop/compose.yaml', 'dockerfile: Containerfile.shop');
    equal(await text('promises/shop/Containerfile'), taken, 'the file that was there');
    equal(document.getText().includes('provisioner'), false, 'a provisioner is left');
    await quiet(uri, 'app-code-in-machine-image');
    await shot('extracted');
  });
});
