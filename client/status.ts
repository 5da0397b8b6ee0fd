/** The language status item: the preset that the settings choose and how many findings the active document has. */
import * as vscode from 'vscode';
import { isNewFinding, isOurFinding } from './new-findings.ts';
import { SELECTOR } from './ours.ts';

export function showStatus(context: vscode.ExtensionContext): void {
  const item = vscode.languages.createLanguageStatusItem('bakelint', [...SELECTOR]);
  item.name = 'Bakelint';
  item.command = { title: 'Configure', command: 'bakelint.openConfiguration' };
  const update = (): void => {
    const settings = vscode.workspace.getConfiguration('bakelint');
    const preset = settings.get<string>('preset');
    const uri = vscode.window.activeTextEditor?.document.uri;
    const found = uri ? vscode.languages.getDiagnostics(uri).filter(isOurFinding) : [];
    const added = found.filter(isNewFinding).length;
    const count = `${found.length} finding${found.length === 1 ? '' : 's'}${added > 0 ? `, ${added} new` : ''}`;
    item.text = settings.get('enable') === false ? 'Bakelint is off' : `Bakelint: ${count}`;
    item.detail = preset ? `preset ${preset}` : 'preset of the configuration';
  };
  context.subscriptions.push(
    item,
    vscode.languages.onDidChangeDiagnostics(update),
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.workspace.onDidChangeConfiguration(event => event.affectsConfiguration('bakelint') && update()),
  );
  update();
}
