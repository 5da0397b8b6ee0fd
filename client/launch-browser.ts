/** The language client in the browser: the server is a web worker. */
import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import type { Server } from './extension.ts';
import { startClient } from './launch.ts';

export function launch(context: vscode.ExtensionContext): Promise<Server> {
  const address = vscode.Uri.joinPath(context.extensionUri, 'dist/vscode/server.js').toString(true);
  return startClient(context, {
    create: options => new LanguageClient('bakelint', 'Bakelint', new Worker(address), options),
  });
}
