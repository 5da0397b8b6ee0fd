/** The extension in the browser. */
import type * as vscode from 'vscode';
import { type Extension, waitForOurs } from './extension.ts';

let extension: Extension | undefined;

export function activate(context: vscode.ExtensionContext): void {
  // VS Code in the browser loads one file only: this part is in it, but runs when it is needed.
  extension = waitForOurs(context, () => import('./launch-browser.ts'));
}

export function deactivate(): Promise<void> | undefined {
  return extension?.stop();
}
