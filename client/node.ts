/** The extension where Node runs it. */
import type * as vscode from 'vscode';
import { type Extension, waitForOurs } from './extension.ts';

let extension: Extension | undefined;

export function activate(context: vscode.ExtensionContext): void {
  // A file of its own in `dist/`.
  extension = waitForOurs(context, () => import('./launch-node.ts'));
}

export function deactivate(): Promise<void> | undefined {
  return extension?.stop();
}
