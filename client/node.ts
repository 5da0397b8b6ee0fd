/** The extension where Node runs it: the server is a process of its own. */
import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { start } from './extension.ts';

let client: { stop(): Promise<void> } | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath('dist/server.node.cjs');
  client = await start(context, {
    create: options => new LanguageClient('bakelint', 'Bakelint', { module, transport: TransportKind.ipc }, options),
    realPath: async uri => vscode.Uri.file(await realpath(uri.fsPath)),
  });
}

export function deactivate(): Promise<void> | undefined {
  return client?.stop();
}
