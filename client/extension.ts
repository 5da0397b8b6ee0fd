/** The extension, wherever it runs: starts the server and answers what only the editor can. */
import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import type { AssetQuestion, FileQuestion, InitializationOptions } from '../server/protocol.ts';
import { FILES_CHANGED, LARGEST_FILE, LIST_FOLDER, OPEN_PAGE, READ_ASSET, READ_FILE } from '../server/protocol.ts';
import { FileServer } from './files.ts';

export interface Surroundings {
  /** Creates the client, not started. */
  create(options: LanguageClientOptions): BaseLanguageClient;
  /** The place that a file really has behind symbolic links, where there can be any. */
  readonly realPath?: (uri: vscode.Uri) => Promise<vscode.Uri>;
}

/**
 * What is sent to the server, of any scheme: old versions in a diff, untitled documents and files that no disk has are
 * linted like any other. The server decides by name and content which YAML and which plain text is cloud-init.
 */
const SELECTOR: NonNullable<LanguageClientOptions['documentSelector']> = [
  { language: 'dockerfile' },
  { language: 'packer' },
  { language: 'cloud-config' },
  { language: 'yaml' },
  { pattern: '**/*.{pkr.hcl,pkrvars.hcl,pkr.json}' },
  { pattern: '**/{user-data,vendor-data}' },
  { pattern: '**/cloud.cfg.d/*.cfg' },
  { pattern: '**/.bakelint.{yaml,yml,json}' },
];

/** Starts the server; resolves when it answers. */
export async function start(context: vscode.ExtensionContext, surroundings: Surroundings): Promise<BaseLanguageClient> {
  const { subscriptions } = context;
  const initializationOptions: InitializationOptions = {
    servesFiles: true,
    push: true,
    trusted: vscode.workspace.isTrusted,
    messagesShown: true,
  };
  const client = surroundings.create({
    documentSelector: SELECTOR,
    initializationOptions,
    synchronize: { configurationSection: 'bakelint' },
  });
  const files = new FileServer({ largest: LARGEST_FILE, realPath: surroundings.realPath }, (uri, kind) => {
    const type = { created: 1, changed: 2, deleted: 3 }[kind];
    void client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uri.toString(), type }] });
  });
  client.onRequest(READ_FILE, ({ uri }: FileQuestion) => files.read(vscode.Uri.parse(uri)));
  client.onRequest(LIST_FOLDER, ({ uri }: FileQuestion) => files.list(vscode.Uri.parse(uri)));
  client.onRequest(READ_ASSET, ({ name }: AssetQuestion) =>
    vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, 'dist', name)),
  );
  subscriptions.push(
    files,
    vscode.commands.registerCommand(OPEN_PAGE, (address: unknown) =>
      typeof address === 'string' && address.startsWith('https://github.com/bakelint/')
        ? vscode.env.openExternal(vscode.Uri.parse(address))
        : undefined,
    ),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void client.sendNotification(FILES_CHANGED)),
  );
  await client.start();
  return client;
}
