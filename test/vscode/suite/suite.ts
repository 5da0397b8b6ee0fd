/** What the extension does in a real editor; the same in the extension host of Node and in that of the browser. */
import * as vscode from 'vscode';
import {
  action,
  answering,
  apply,
  equal,
  finding,
  findings,
  folder,
  problems,
  quiet,
  revert,
  rule,
  run,
  show,
  turn,
  until,
} from './help.ts';

/** Put in by the bundler from `cases.mjs`, which the test of the user interface shares. */
declare const CASES: readonly {
  readonly file: string;
  readonly mode: string;
  readonly steps: readonly {
    readonly rule: string;
    readonly action: string;
    readonly reason?: string;
    readonly after: string;
  }[];
}[];

const isOpen = (uri: string): boolean => vscode.workspace.textDocuments.some(one => one.uri.toString() === uri);

suite('Bakelint in the editor', () => {
  test('starts no server for YAML that is none of ours, and one when it becomes ours', async () => {
    // The command comes with the language client.
    const isStarted = async () => (await vscode.commands.getCommands(true)).includes('bakelint.openPage');
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: 'kind: Pod\n' });
    await vscode.window.showTextDocument(document);
    const extension = vscode.extensions.getExtension('bakelint.bakelint')!;
    await until('the extension', () => extension.isActive || undefined);
    equal(await isStarted(), false, 'started');
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, 1, 0), '#cloud-config\nruncmd: [docker pull nginx:latest]\n');
    await vscode.workspace.applyEdit(edit);
    await finding(document.uri, 'latest-tag');
    equal(await isStarted(), true, 'started');
  });

  for (const { file, mode, steps } of CASES) {
    test(`finds, explains and fixes in ${file}`, async () => {
      const document = await show(file);
      equal(document.languageId, mode, 'language mode');
      for (const { rule: id, action: title, reason, after } of steps) {
        const found = await finding(document.uri, id);
        const hovers = await until('a hover', async () => {
          const all = await vscode.commands.executeCommand<vscode.Hover[]>(
            'vscode.executeHoverProvider',
            document.uri,
            found.range.start,
          );
          return all.length > 0 ? all : undefined;
        });
        const said = hovers.flatMap(({ contents }) => contents.map(one => (one as vscode.MarkdownString).value ?? one));
        const address = `https://github.com/bakelint/bakelint/blob/main/docs/rules/${id}.md`;
        const page = `command:bakelint.openPage?${encodeURIComponent(JSON.stringify([address]))}`;
        equal(said.join('\n').includes(page), true, 'the hover leads to the page of the rule in the package');
        const { target } = found.code as { target: vscode.Uri };
        equal(target.path, 'bakelint.openPage', 'the finding leads to it');
        equal(target.query, JSON.stringify([address]), 'the finding leads to the page of its rule');
        equal(said.join('\n').includes(found.message), false, 'the hover repeats what the editor shows above it');
        const taken = await action(document.uri, found.range, title);
        if (reason === undefined) await apply(taken);
        else {
          await answering(undefined, () => run(taken));
          equal(document.getText().includes(`ignore ${id}`), false, 'a comment without an answer');
          await answering(reason, () => run(taken));
        }
        equal(document.getText(), after, `text after "${title}"`);
        await quiet(document.uri, id);
      }
      await revert();
      for (const { rule } of steps) await finding(document.uri, rule);
    });
  }

  test('reads scripts: the shell parser is there', async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'dockerfile',
      content: 'FROM debian:12.5-slim\nRUN true \\\n && docker pull redis:latest\n',
    });
    await vscode.window.showTextDocument(document);
    const found = await finding(document.uri, 'latest-tag');
    equal(found.range.start.line, 2, 'line');
  });

  test('takes a file named user-data for cloud-config', async () => {
    const document = await show('cloud/user-data');
    equal(document.languageId, 'cloud-config', 'language mode');
    await finding(document.uri, 'latest-tag');
  });

  test('leaves other YAML alone', async () => {
    const other = await vscode.workspace.openTextDocument({ language: 'yaml', content: 'image: nginx:latest\n' });
    await vscode.window.showTextDocument(other);
    // A document that is linted shows that the server has had its turn.
    await finding((await show('machine.yaml')).uri, 'latest-tag');
    equal(findings(other.uri), [], 'findings');
  });

  test('counts a finding once, whatever copies of the file are open without a tab', async () => {
    const document = await show('Dockerfile');
    // In the pure web there is no Git: a provider stands in for it.
    const provider = vscode.workspace.getConfiguration('git').get('enabled')
      ? undefined
      : vscode.workspace.registerTextDocumentContentProvider('git', {
          provideTextDocumentContent: () => document.getText(),
        });
    try {
      if (provider) await vscode.workspace.openTextDocument(document.uri.with({ scheme: 'git', query: 'HEAD' }));
      const copy = await until('a copy by Git', () =>
        vscode.workspace.textDocuments.find(
          ({ uri }) => uri.scheme === 'git' && uri.path.startsWith(document.uri.path),
        ),
      );
      equal(copy.languageId, 'dockerfile', 'language mode of the copy');
      await finding(document.uri, 'latest-tag');
      await turn();
      equal(problems(document.uri.path), [[document.uri.toString(), findings(document.uri).map(rule)]], 'problems');
      equal(findings(document.uri).filter(found => rule(found) === 'latest-tag').length, 1, 'count of one rule');
    } finally {
      provider?.dispose();
    }
  });

  test('lints the new side of a comparison and not the old one', async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider('review', {
      provideTextDocumentContent: () => 'FROM debian:latest\n',
    });
    try {
      const [old, current] = ['1', '2'].map(query =>
        vscode.Uri.from({ scheme: 'review', path: '/some/Dockerfile', query }),
      ) as [vscode.Uri, vscode.Uri];
      const file = vscode.Uri.joinPath(folder(), 'Dockerfile');
      await vscode.commands.executeCommand('vscode.diff', old, file);
      await finding(file, 'latest-tag');
      await turn();
      equal(findings(old), [], 'findings in an old side beside a file');
      await vscode.commands.executeCommand('vscode.diff', old, current);
      await finding(current, 'latest-tag');
      await turn();
      equal(findings(old), [], 'findings in an old side of the same scheme');
      // The tabs change, the documents stay open: the findings follow the tabs.
      await vscode.commands.executeCommand('vscode.diff', current, old);
      await finding(old, 'latest-tag');
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await quiet(current, 'latest-tag');
      await quiet(old, 'latest-tag');
      await vscode.window.showTextDocument(old);
      await finding(old, 'latest-tag');
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      provider.dispose();
    }
  });

  test('obeys the nearest configuration, shows what is wrong in it, and sees it change', async () => {
    const config = vscode.Uri.joinPath(folder(), 'configured/.bakelint.yaml');
    const document = await show('configured/Dockerfile');
    const problem = await until('a problem in the configuration', () => findings(config)[0]);
    equal(problem.range.start.line, 2, 'line of the problem');
    equal(findings(document.uri).map(rule).includes('latest-tag'), false, 'a rule that is off');
    const edit = new vscode.WorkspaceEdit();
    edit.replace(config, new vscode.Range(1, 0, 3, 0), '  latest-tag: hint\n');
    await vscode.workspace.applyEdit(edit);
    const found = await finding(document.uri, 'latest-tag');
    equal(found.severity, vscode.DiagnosticSeverity.Hint, 'severity');
    await until('no problem', () => (findings(config).length === 0 ? true : undefined));
    await vscode.window.showTextDocument(config);
    await revert();
    await quiet(document.uri, 'latest-tag');
  });

  test('obeys the settings at once', async () => {
    const document = await show('Dockerfile');
    await finding(document.uri, 'latest-tag');
    const settings = vscode.workspace.getConfiguration('bakelint');
    await settings.update('enable', false, vscode.ConfigurationTarget.Global);
    try {
      await until('silence', () => (findings(document.uri).length === 0 ? true : undefined));
    } finally {
      await settings.update('enable', undefined, vscode.ConfigurationTarget.Global);
    }
    await finding(document.uri, 'latest-tag');
  });

  test('completes, explains, goes and renames in a Packer template of two files', async () => {
    const document = await show('module/build.pkr.hcl');
    const text = document.getText();
    const at = (words: string, more = 0): vscode.Position => document.positionAt(text.indexOf(words) + more);
    const ask = <T>(command: string, position: vscode.Position, ...more: unknown[]): Promise<T[]> =>
      until(command, async () => {
        const all = await vscode.commands.executeCommand<T[]>(command, document.uri, position, ...more);
        return all?.length > 0 ? all : undefined;
      });
    const [place] = await ask<vscode.Location>('vscode.executeDefinitionProvider', at('var.release', 6));
    equal(place!.uri.path.endsWith('/module/variables.pkr.hcl'), true, 'the file of the declaration');
    const hovers = await ask<vscode.Hover>('vscode.executeHoverProvider', at('commit', 2));
    const said = hovers.flatMap(({ contents }) => contents.map(one => (one as vscode.MarkdownString).value ?? one));
    equal(said.join('\n').includes('`commit`: bool'), true, 'the type of an attribute in the hover');
    const items = await until('completions', async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        at('commit', 3),
      );
      const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      return labels.includes('export_path') ? labels : undefined;
    });
    equal(items.includes('image'), false, 'an attribute that is there already is offered');
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      at('var.release', 6),
      'version',
    );
    equal(
      edit.entries().map(([uri, edits]) => [uri.path.slice(uri.path.lastIndexOf('/') + 1), edits.length]),
      [
        ['variables.pkr.hcl', 1],
        ['build.pkr.hcl', 1],
      ],
      'the files that are renamed in',
    );
    const outline = await until('an outline', async () =>
      vscode.commands.executeCommand<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', document.uri),
    );
    equal(
      outline.map(({ name }) => name),
      ['packer', 'source docker app', 'build'],
      'outline',
    );
  });

  test('shows the page of a rule in the editor', async () => {
    await vscode.commands.executeCommand('bakelint.explainRule', 'latest-tag');
    await until('a tab with the page', () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label.includes('latest-tag')),
    );
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  test('opens the configuration of a file, and the server can be restarted', async () => {
    const document = await show('configured/Dockerfile');
    await vscode.commands.executeCommand('bakelint.openConfiguration');
    equal(
      vscode.window.activeTextEditor?.document.uri.path.endsWith('/configured/.bakelint.yaml'),
      true,
      'the configuration is shown',
    );
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    const other = await show('Dockerfile');
    await finding(other.uri, 'latest-tag');
    await vscode.commands.executeCommand('bakelint.restartServer');
    await finding(other.uri, 'latest-tag');
    equal(document.isClosed, false, 'a document is closed');
  });

  test('lints the whole workspace, closed files too, and takes it back', async () => {
    const closed = vscode.Uri.joinPath(folder(), 'closed/Dockerfile');
    const text = new TextEncoder().encode('FROM debian:latest\n');
    await vscode.workspace.fs.writeFile(closed, text);
    // Scripts that an open template names have findings while they are closed.
    const closedOnes = () => problems(folder().path).flatMap(([uri]) => (isOpen(uri) ? [] : [uri]));
    let before = new Set<string>();
    for (let calm = 0; calm < 20; calm++) {
      await new Promise(resolve => setTimeout(resolve, 100));
      const now = new Set(closedOnes());
      if (now.size !== before.size) calm = 0;
      before = now;
    }
    await vscode.commands.executeCommand('bakelint.lintWorkspace');
    await finding(closed, 'latest-tag');
    equal(isOpen(closed.toString()), false, 'the file is opened');
    await vscode.workspace.fs.writeFile(closed, new TextEncoder().encode('FROM debian:13\n'));
    await quiet(closed, 'latest-tag');
    await vscode.workspace.fs.writeFile(closed, text);
    await finding(closed, 'latest-tag');
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(closed, '..'), { recursive: true });
    await until('nothing in a deleted file', () => (findings(closed).length === 0 ? true : undefined));
    equal(
      closedOnes().some(uri => !before.has(uri)),
      true,
      'closed files have findings',
    );
    await vscode.commands.executeCommand('bakelint.clearWorkspaceFindings');
    const more = () => closedOnes().filter(uri => !before.has(uri));
    await until('nothing more in closed files', () => (more().length === 0 ? true : undefined)).catch(error => {
      throw new Error(`${error}: ${more().join()}`);
    });
  });

  test('finds names in files that are not open', async () => {
    const closed = vscode.Uri.joinPath(folder(), 'named/Dockerfile');
    await vscode.workspace.fs.writeFile(closed, new TextEncoder().encode('FROM debian:13 AS cellar\n'));
    const named = (query: string) =>
      vscode.commands.executeCommand<vscode.SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', query);
    const found = await until('the stage', async () => (await named('cellar')).find(({ name }) => name === 'cellar'));
    equal([found.containerName, found.location.range.start.character], ['stage', 18], 'the stage');
    equal(isOpen(closed.toString()), false, 'the file is opened');
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(closed, '..'), { recursive: true });
    await until('no stage', async () => ((await named('cellar')).length === 0 ? true : undefined));
  });

  test('says that a read-only file cannot be changed, and offers no edit of it', async () => {
    const text = new TextEncoder().encode('FROM debian:latest\nRUN apt-get update && apt-get install -y curl\n');
    const stat = { type: vscode.FileType.File, ctime: 0, mtime: 0, size: text.length };
    const refuse = (): never => {
      throw vscode.FileSystemError.NoPermissions();
    };
    const provider: vscode.FileSystemProvider = {
      onDidChangeFile: () => new vscode.Disposable(() => undefined),
      watch: () => new vscode.Disposable(() => undefined),
      stat({ path }) {
        if (path !== '/Dockerfile') throw vscode.FileSystemError.FileNotFound();
        return stat;
      },
      readFile: () => text,
      readDirectory: refuse,
      createDirectory: refuse,
      writeFile: refuse,
      delete: refuse,
      rename: refuse,
    };
    const registered = vscode.workspace.registerFileSystemProvider('frozen', provider, { isReadonly: true });
    const uri = vscode.Uri.parse('frozen:/Dockerfile');
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    const found = await finding(uri, 'latest-tag');
    await action(uri, found.range, 'Ignore `latest-tag` here');
    const offered = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      found.range,
    );
    equal(
      offered.filter(({ edit }) => edit?.entries().some(([{ scheme }]) => scheme === uri.scheme)).map(one => one.title),
      [],
      'actions that edit the file',
    );
    equal(
      offered.find(({ title }) => title.startsWith('Ignore'))?.command?.command,
      'bakelint.ignore',
      'what the action does',
    );
    // All that the editor shows comes through here.
    const { showInformationMessage } = vscode.window;
    const said: string[] = [];
    vscode.window.showInformationMessage = (async (message: string) => {
      said.push(message);
    }) as typeof showInformationMessage;
    try {
      const told = offered.find(({ title }) => title.startsWith('Ignore'))!.command!;
      await vscode.commands.executeCommand(told.command, ...told.arguments!);
      await vscode.commands.executeCommand('bakelint.fixAll');
    } finally {
      vscode.window.showInformationMessage = showInformationMessage;
    }
    const message = 'Dockerfile is read-only and cannot be changed here.';
    equal(said, [message, message], 'what the action and the command say');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    registered.dispose();
  });

  test('forgets a document that is closed', async () => {
    // Not through the API, which keeps what it has opened for minutes.
    const uri = vscode.Uri.joinPath(folder(), 'closing/Dockerfile');
    await vscode.commands.executeCommand('vscode.open', uri);
    await finding(uri, 'latest-tag');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await quiet(uri, 'latest-tag');
  });
});
