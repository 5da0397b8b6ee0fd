/** What the editor shows of each language beside findings: one document each. */
import * as vscode from 'vscode';
import { equal, finding, findings, folder, rule, show, until } from './help.ts';

interface Opened {
  readonly document: vscode.TextDocument;
  /** The place of the first of these words, and so many characters further. */
  at(words: string, more?: number): vscode.Position;
}

async function opened(language: string, content: string): Promise<Opened> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document);
  return of(document);
}

const of = (document: vscode.TextDocument): Opened => ({
  document,
  at: (words, more = 0) => document.positionAt(document.getText().indexOf(words) + more),
});

/** Asks a provider until what it answers is as wanted. */
function ask<T, R>(command: string, args: readonly unknown[], wanted: (answer: T) => R | undefined): Promise<R> {
  return until(command, async () => {
    const answer = await vscode.commands.executeCommand<T | undefined>(command, ...args);
    return answer === undefined || answer === null ? undefined : wanted(answer);
  });
}

const hover = ({ document }: Opened, position: vscode.Position, part: string): Promise<string> =>
  ask<vscode.Hover[], string>('vscode.executeHoverProvider', [document.uri, position], hovers =>
    hovers
      .flatMap(({ contents }) => contents.map(one => (one as vscode.MarkdownString).value ?? String(one)))
      .find(text => text.includes(part)),
  );

const labels = ({ document }: Opened, position: vscode.Position, has: string): Promise<string[]> =>
  ask<vscode.CompletionList, string[]>(
    'vscode.executeCompletionItemProvider',
    [document.uri, position],
    ({ items }) => {
      const all = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      return all.includes(has) ? all : undefined;
    },
  );

const outline = ({ document }: Opened): Promise<string[]> =>
  ask<vscode.DocumentSymbol[], string[]>('vscode.executeDocumentSymbolProvider', [document.uri], all =>
    all.length > 0 ? all.map(({ name, detail }) => `${name} ${detail}`.trim()) : undefined,
  );

const TEMPLATE = `variable "release" {
  default = "7"
}
source "docker" "app" {
  image = "debian:13.1-slim"
  discard = true
}
build {
  name = "app-\${var.release}"
  sources = ["source.docker.app"]
  provisioner "shell" {
    only = ["docker.app"]
    inline = [join(",", ["a"])]
  }
}
`;

suite('What the editor shows', () => {
  test('formats, folds, colors and explains an untitled Packer template', async () => {
    const template = await opened('packer', TEMPLATE);
    const { document, at } = template;
    const uses = await ask<vscode.Location[], number[]>(
      'vscode.executeReferenceProvider',
      [document.uri, at('"app"', 1)],
      all => (all.length > 0 ? all.map(({ range }) => range.start.line).sort((a, b) => a - b) : undefined),
    );
    equal(uses, [3, 9, 11], 'the lines of the references of a source');
    const help = await ask<vscode.SignatureHelp, string>(
      'vscode.executeSignatureHelpProvider',
      [document.uri, at('join(', 5)],
      ({ signatures }) => signatures[0]?.label,
    );
    equal(help.startsWith('join(separator string'), true, `the signature: ${help}`);
    const folds = await ask<vscode.FoldingRange[], number[][]>(
      'vscode.executeFoldingRangeProvider',
      [document.uri],
      all => (all.length > 3 ? all.map(({ start, end }) => [start, end]) : undefined),
    );
    equal(
      folds.some(([start]) => start === 10),
      true,
      'the provisioner folds',
    );
    const legend = await ask<vscode.SemanticTokensLegend, readonly string[]>(
      'vscode.provideDocumentSemanticTokensLegend',
      [document.uri],
      ({ tokenTypes }) => (tokenTypes.includes('class') ? tokenTypes : undefined),
    );
    const kinds = await ask<vscode.SemanticTokens, string[]>(
      'vscode.provideDocumentSemanticTokens',
      [document.uri],
      ({ data }) => {
        const found = Array.from(data).flatMap((kind, i) => (i % 5 === 3 ? legend[kind]! : []));
        return found.length > 0 ? found : undefined;
      },
    );
    equal(kinds.slice(0, 2), ['variable', 'property'], 'the first colors');
    const edits = await ask<vscode.TextEdit[], vscode.TextEdit[]>(
      'vscode.executeFormatDocumentProvider',
      [document.uri, { tabSize: 2, insertSpaces: true }],
      all => (all.length > 0 ? all : undefined),
    );
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, edits);
    await vscode.workspace.applyEdit(edit);
    equal(document.getText().includes('  image   = "debian:13.1-slim"\n  discard = true\n'), true, 'formatted');
  });

  test('links to the script of a template, and shows what names and variables are', async () => {
    const directory = vscode.Uri.joinPath(folder(), 'linked');
    const text = TEMPLATE.replace('inline = [join(",", ["a"])]', 'script = "${path.root}/set-up.sh"');
    const bytes = (content: string) => new TextEncoder().encode(content);
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(directory, 'set-up.sh'), bytes('set -e\n'));
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(directory, 'app.pkr.hcl'), bytes(text));
    const template = of(await show('linked/app.pkr.hcl'));
    const { uri } = template.document;
    const target = await ask<vscode.DocumentLink[], vscode.Uri>('vscode.executeLinkProvider', [uri], links =>
      links.map(link => link.target).find(one => one?.path.endsWith('.sh')),
    );
    equal(target.path, `${directory.path}/set-up.sh`, 'the target of the link');
    const settings = vscode.workspace.getConfiguration('bakelint');
    await settings.update('packer.inlayHints', true, vscode.ConfigurationTarget.Global);
    try {
      const whole = new vscode.Range(0, 0, template.document.lineCount, 0);
      const hint = await ask<vscode.InlayHint[], string>('vscode.executeInlayHintProvider', [uri, whole], ([first]) =>
        first && typeof first.label === 'string' ? first.label : first?.label.toString(),
      );
      equal(hint, '= app-7', 'the hint');
    } finally {
      await settings.update('packer.inlayHints', undefined, vscode.ConfigurationTarget.Global);
    }
    await hover(template, template.at('var.release', 5), 'release = "7"');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.workspace.fs.delete(directory, { recursive: true });
  });

  test('completes, explains and lists the keys of cloud-init', async () => {
    const data = await opened('yaml', '#cloud-config\npower_state:\n  mode: reboot\n  \n');
    const { document, at } = data;
    equal((await labels(data, new vscode.Position(3, 2), 'delay')).includes('mode'), false, 'a key that is there');
    await labels(data, at('reboot'), 'poweroff');
    await hover(data, at('mode', 1), '`mode`: ');
    await hover(data, at('reboot', 1), '`mode`: ');
    equal(await outline(data), ['power_state'], `the outline of ${document.uri}`);
  });

  test('explains an image of a Dockerfile, goes to stages, renames them and lists them', async () => {
    const file = await opened(
      'dockerfile',
      'ARG V=24\nFROM node:${V} AS build\nFROM debian\nCOPY --from=build /a /b\n',
    );
    const { document, at } = file;
    await hover(file, at('node', 1), 'docker.io/library/node:24');
    const place = await ask<(vscode.Location | vscode.LocationLink)[], vscode.Range>(
      'vscode.executeDefinitionProvider',
      [document.uri, at('--from=build', 8)],
      ([first]) => first && ('range' in first ? first.range : first.targetRange),
    );
    equal(document.getText(place), 'build', 'the definition of a stage');
    const lines = await ask<vscode.WorkspaceEdit, number[]>(
      'vscode.executeDocumentRenameProvider',
      [document.uri, at('--from=build', 8), 'made'],
      edit => edit.get(document.uri).map(({ range }) => range.start.line),
    );
    equal(lines.sort(), [1, 3], 'the lines of a rename');
    equal(await outline(file), ['ARG V', 'build node:${V}', 'FROM debian'], 'outline');
    await labels(file, at('--from=build', 7), 'build');
  });

  test('completes a configuration', async () => {
    const config = of(await show('configured/.bakelint.yaml'));
    const { document } = config;
    const line = document
      .getText()
      .split('\n')
      .findIndex(text => text.startsWith('  '));
    await labels(config, new vscode.Position(line, 2), 'unpinned-base-image');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  test('tells what a change brings from what was there', async () => {
    const before = 'FROM debian:latest\n';
    const provider = vscode.workspace.registerTextDocumentContentProvider('changed', {
      provideTextDocumentContent: ({ query }) => (query === 'old' ? before : `${before}RUN apt-get install curl\n`),
    });
    try {
      const [old, current] = ['old', 'new'].map(query =>
        vscode.Uri.from({ scheme: 'changed', path: '/some/Dockerfile', query }),
      ) as [vscode.Uri, vscode.Uri];
      await vscode.commands.executeCommand('vscode.diff', old, current);
      await finding(current, 'package-install-prompts');
      const sources = await until('the source of a new finding', () => {
        const found = findings(current).map(one => [rule(one), one.source]);
        return found.some(([, source]) => source === 'bakelint (new)') ? found : undefined;
      });
      const sourceOf = (id: string) => sources.find(([name]) => name === id)?.[1];
      equal(sourceOf('latest-tag'), 'bakelint', 'the source of an old finding');
      equal(sourceOf('package-install-prompts'), 'bakelint (new)', 'the source of a new one');
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      provider.dispose();
    }
  });
});
