/** The language client where Node runs it: the server is a process of its own. */
import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type { Server } from './extension.ts';
import { startClient } from './launch.ts';

export function launch(context: vscode.ExtensionContext): Promise<Server> {
  const module = context.asAbsolutePath('dist/vscode/server.js');
  return startClient(context, {
    create: options => new LanguageClient('bakelint', 'Bakelint', { module, transport: TransportKind.ipc }, options),
    realPath: async uri => vscode.Uri.file(await realpath(uri.fsPath)),
  });
}
