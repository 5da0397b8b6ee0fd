/** What cannot be changed because its file system, or the file, is read-only: the user is told so. */
import * as vscode from 'vscode';
import type { CodeActionMiddleware } from 'vscode-languageclient';

/** The command that says that a file is read-only; its argument is the address of the file. */
export const SAY_READ_ONLY = 'bakelint.sayReadOnly';

/** Whether nothing in the file system of an address can be changed; one that is not known may be. */
export function isReadOnly({ scheme }: vscode.Uri): boolean {
  return vscode.workspace.fs.isWritableFileSystem(scheme) === false;
}

/** The same, and whether the file itself says so. */
export async function isReadOnlyFile(uri: vscode.Uri): Promise<boolean> {
  if (isReadOnly(uri)) return true;
  try {
    const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
    return (permissions & vscode.FilePermission.Readonly) !== 0;
  } catch {
    return false;
  }
}

export function sayReadOnly(address: string): void {
  const { path } = vscode.Uri.parse(address);
  const name = path.slice(path.lastIndexOf('/') + 1);
  void vscode.window.showInformationMessage(`${name} is read-only and cannot be changed here.`);
}

/** An action whose edit would be refused says why when it is chosen. */
export const readOnlyActions: CodeActionMiddleware = {
  async provideCodeActions(document, range, context, token, next) {
    const actions = await next(document, range, context, token);
    return actions?.map(one => (one instanceof vscode.CodeAction ? withoutVain(one) : one));
  },
};

function withoutVain(action: vscode.CodeAction): vscode.CodeAction {
  const target = action.edit?.entries().find(([uri]) => isReadOnly(uri))?.[0];
  if (!target) return action;
  const { diagnostics, kind, title } = action;
  const told = new vscode.CodeAction(title, kind);
  if (diagnostics) told.diagnostics = diagnostics;
  told.command = { title, command: SAY_READ_ONLY, arguments: [target.toString()] };
  return told;
}

/** Applies an edit, or says why it cannot be applied. */
export async function applyOrSay(edit: vscode.WorkspaceEdit): Promise<void> {
  const target = edit.entries().find(([uri]) => isReadOnly(uri))?.[0];
  if (target) sayReadOnly(target.toString());
  else if (!(await vscode.workspace.applyEdit(edit)))
    void vscode.window.showWarningMessage('Bakelint: the change could not be applied.');
}
