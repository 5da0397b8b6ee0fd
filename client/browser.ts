/** The extension in the browser: the server is a web worker. */
import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { start } from './extension.ts';

let client: { stop(): Promise<void> } | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const address = vscode.Uri.joinPath(context.extensionUri, 'dist/server.browser.js').toString(true);
  client = await start(context, {
    create: options => new LanguageClient('bakelint', 'Bakelint', new Worker(address), options),
  });
}

export function deactivate(): Promise<void> | undefined {
  return client?.stop();
}
