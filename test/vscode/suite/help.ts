import * as vscode from 'vscode';

/** Asks until there is an answer: an editor does most things when it comes to them. */
export async function until<T>(what: string, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 30_000;
  for (;;) {
    // VS Code cancels what is under way whenever a provider registers, as its own do at the start.
    const answer = await Promise.resolve(ask()).catch(error => {
      if (!/cancell?ed/i.test(String(error))) throw error;
      return undefined;
    });
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`never came: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

export function equal<T>(actual: T, expected: T, what: string): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: expected ${b}, got ${a}`);
}

export function folder(): vscode.Uri {
  const first = vscode.workspace.workspaceFolders?.[0];
  if (!first) throw new Error('no folder is open');
  return first.uri;
}

export function show(path: string): Promise<vscode.TextDocument> {
  return until(`an editor for ${path}`, async () => {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder(), path));
    await vscode.window.showTextDocument(document);
    return document;
  });
}

/** Our findings in a document, in the order of its text. */
export function findings(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'bakelint' || source === 'bakelint (new)')
    .sort((a, b) => a.range.start.compareTo(b.range.start));
}

/** All that Problems shows of us for paths that begin so: document and rules, in the order of the documents. */
export function problems(path: string): [uri: string, rules: string[]][] {
  return vscode.languages
    .getDiagnostics()
    .filter(([uri]) => uri.path.startsWith(path) && findings(uri).length > 0)
    .map(([uri]) => [uri.toString(), findings(uri).map(rule)] as [string, string[]])
    .sort();
}

export const rule = ({ code }: vscode.Diagnostic): string =>
  String(typeof code === 'object' ? code.value : (code ?? ''));

/** Waits for a finding of a rule. */
export function finding(uri: vscode.Uri, id: string): Promise<vscode.Diagnostic> {
  return until(`${id} in ${uri.path}`, () => findings(uri).find(found => rule(found) === id));
}

/** Waits until a rule has nothing to say about a document that has been linted. */
export async function quiet(uri: vscode.Uri, id: string): Promise<void> {
  await until(`no ${id} in ${uri.path}`, () => (findings(uri).some(found => rule(found) === id) ? undefined : true));
}

/** Waits until the server has had its turn: it has linted a document that opened after all others. */
export async function turn(): Promise<void> {
  const last = await vscode.workspace.openTextDocument({ language: 'dockerfile', content: 'FROM debian:latest\n' });
  await finding(last.uri, 'latest-tag');
}

/** Waits until an action is offered; a request that VS Code has cancelled may also be answered with none. */
export function action(
  uri: vscode.Uri,
  range: vscode.Range,
  title: string,
  kind = 'quickfix',
): Promise<vscode.CodeAction> {
  return until(`the action "${title}"`, async () => {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      range,
      kind,
    );
    return actions.find(one => one.title === title);
  });
}

export async function apply({ title, edit }: vscode.CodeAction): Promise<void> {
  if (!edit) throw new Error(`"${title}" has no edit`);
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`"${title}" could not be applied`);
}

export async function run({ title, command }: vscode.CodeAction): Promise<void> {
  if (!command) throw new Error(`"${title}" has no command`);
  await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
}

/** Gives an answer to what the user is asked for meanwhile; `undefined`: Escape. */
export async function answering(text: string | undefined, task: () => Promise<void>): Promise<void> {
  const { showInputBox } = vscode.window;
  vscode.window.showInputBox = (async () => text) as typeof showInputBox;
  try {
    await task();
  } finally {
    vscode.window.showInputBox = showInputBox;
  }
}

/** Asks the driver for a picture of the window, where somebody wants to look at them. */
export async function shot(name: string): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, 500));
  console.log(`[picture] ${name}`);
  await new Promise(resolve => setTimeout(resolve, 500));
}

export async function revert(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.files.revert');
}
