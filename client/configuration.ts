/** The command that opens or creates a configuration. */
import * as vscode from 'vscode';
import type { CommandParts } from './commands.ts';
import { isReadOnly } from './read-only.ts';

const CONFIG_NAMES = ['.bakelint.yaml', '.bakelint.yml', '.bakelint.json'];

const NEW_CONFIGURATION = `# https://github.com/bakelint/bakelint/blob/main/docs/configuration.md
extends: recommended
rules: {}
`;

/**
 * Opens the configuration in force for the active file, or a new one where it is looked for, which is there once it is saved:
 * the one that the setting names, or one in the workspace folder.
 */
export async function openConfiguration(running: CommandParts['running']): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const folder = (uri && vscode.workspace.getWorkspaceFolder(uri)) ?? vscode.workspace.workspaceFolders?.[0];
  if (!folder) {
    void vscode.window.showInformationMessage('Open a folder to configure Bakelint for it.');
    return;
  }
  // The server knows those above the workspace folder.
  const known = uri && (await running()?.catch(() => undefined))?.configuration(uri);
  if (known && (await exists(known))) {
    await vscode.window.showTextDocument(known);
    return;
  }
  const named = namedIn(folder, uri);
  if (named && (await exists(named))) {
    await vscode.window.showTextDocument(named);
    return;
  }
  for (const directory of named ? [] : directoriesUp(uri, folder.uri))
    for (const name of CONFIG_NAMES) {
      const candidate = vscode.Uri.joinPath(directory, name);
      if (!(await exists(candidate))) continue;
      await vscode.window.showTextDocument(candidate);
      return;
    }
  if (isReadOnly(folder.uri)) {
    void vscode.window.showInformationMessage(`${folder.name} is read-only and has no configuration of Bakelint.`);
    return;
  }
  const fresh = (named ?? vscode.Uri.joinPath(folder.uri, CONFIG_NAMES[0]!)).with({ scheme: 'untitled' });
  const editor = await vscode.window.showTextDocument(fresh);
  if (editor.document.getText() === '')
    await editor.edit(edit => edit.insert(new vscode.Position(0, 0), NEW_CONFIGURATION));
}

/** The file that the setting names, which is read in trusted workspaces only. */
function namedIn(folder: vscode.WorkspaceFolder, uri: vscode.Uri | undefined): vscode.Uri | undefined {
  const path =
    vscode.workspace
      .getConfiguration('bakelint', uri ?? folder.uri)
      .get<string>('config')
      ?.trim() ?? '';
  if (path === '' || !vscode.workspace.isTrusted) return undefined;
  return /^(?:[/\\]|[a-z]:)/i.test(path)
    ? folder.uri.with({ path: vscode.Uri.file(path).path })
    : vscode.Uri.joinPath(folder.uri, path);
}

/** The directories from a file up to its workspace folder; the folder alone for what is not in it. */
function directoriesUp(uri: vscode.Uri | undefined, folder: vscode.Uri): readonly vscode.Uri[] {
  const directories: vscode.Uri[] = [];
  // The folder of a virtual workspace may be the root.
  if (uri?.path.startsWith(folder.path === '/' ? '/' : `${folder.path}/`))
    for (let at = vscode.Uri.joinPath(uri, '..'); at.path !== folder.path; at = vscode.Uri.joinPath(at, '..'))
      directories.push(at);
  return [...directories, folder];
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
