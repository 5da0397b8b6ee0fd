/** What the extension does in a real editor; the same in the extension host of Node and in that of the browser. */
import * as vscode from 'vscode';
import { action, apply, equal, finding, findings, folder, quiet, revert, rule, show, until } from './help.ts';

/** Put in by the bundler from `cases.mjs`, which the test of the user interface shares. */
declare const CASES: readonly {
  readonly file: string;
  readonly mode: string;
  readonly steps: readonly { readonly rule: string; readonly action: string; readonly after: string }[];
}[];

suite('Bakelint in the editor', () => {
  for (const { file, mode, steps } of CASES) {
    test(`finds, explains and fixes in ${file}`, async () => {
      const document = await show(file);
      equal(document.languageId, mode, 'language mode');
      for (const { rule: id, action: title, after } of steps) {
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
        equal(said.join('\n').includes(`docs/rules/${id}.md`), true, 'the hover leads to the page of the rule');
        equal(said.join('\n').includes(found.message), false, 'the hover repeats what the editor shows above it');
        await apply(await action(document.uri, found.range, title));
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

  test('lints what has no file: the other side of a comparison', async () => {
    const content = 'FROM debian:latest\n';
    const provider = vscode.workspace.registerTextDocumentContentProvider('review', {
      provideTextDocumentContent: () => content,
    });
    try {
      const left = vscode.Uri.from({ scheme: 'review', path: '/old/Dockerfile', query: 'ref=1' });
      const right = vscode.Uri.joinPath(folder(), 'Dockerfile');
      await vscode.commands.executeCommand('vscode.diff', left, right);
      await finding(left, 'latest-tag');
      await finding(right, 'latest-tag');
    } finally {
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

  test('forgets a document that is closed', async () => {
    // Not through the API, which keeps what it has opened for minutes.
    const uri = vscode.Uri.joinPath(folder(), 'closing/Dockerfile');
    await vscode.commands.executeCommand('vscode.open', uri);
    await finding(uri, 'latest-tag');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await quiet(uri, 'latest-tag');
  });
});
