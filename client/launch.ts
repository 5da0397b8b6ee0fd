/** Starts the server, wherever the extension runs, and answers what only the editor can. Loaded once it is needed. */
import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import type {
  BuiltOn,
  DocumentStatus,
  Extracted,
  FileQuestion,
  ImagesAnswer,
  ImagesProgress,
  InitializationOptions,
} from '../server/protocol.ts';
import {
  BUILT_ON,
  CHANGE_SEVERITY,
  COMPARISONS,
  EXTRACT,
  FILES_CHANGED,
  IGNORE,
  IMAGES,
  IMAGES_CHANGED,
  IMAGES_PROGRESS,
  LARGEST_FILE,
  LIST_DIRECTORY,
  OPEN_PAGE,
  OTHER_EXTENSIONS,
  READ_FILE,
  SHOW_REFERENCES,
  STATUS,
} from '../server/protocol.ts';
import { openPage } from './commands.ts';
import { ComparedTabs } from './comparisons.ts';
import type { Server } from './extension.ts';
import { FileServer } from './files.ts';
import { Gate } from './gate.ts';
import { ignore } from './ignore.ts';
import { lintedDocuments, type ShownTab } from './linted.ts';
import { markNewFindings } from './new-findings.ts';
import { onOtherExtensions, otherExtensions } from './other-extensions.ts';
import { SELECTOR } from './ours.ts';
import { pageLinks } from './page-links.ts';
import { readOnlyActions } from './read-only.ts';
import { showReferences } from './references.ts';
import { changeSeverity } from './severity.ts';
import { StatusItem } from './status.ts';

export interface ClientPlatform {
  /** Creates the client, not started. */
  create(options: LanguageClientOptions): BaseLanguageClient;
  /** The place that a file really has behind symbolic links, where there can be any. */
  readonly realPath?: (uri: vscode.Uri) => Promise<vscode.Uri>;
}

/** What a server that did not start has said; the next one goes on with it. */
let output: BaseLanguageClient['outputChannel'] | undefined;

/** Starts the server; resolves when it answers. */
export async function startClient(context: vscode.ExtensionContext, platform: ClientPlatform): Promise<Server> {
  // A server that is restarted is told anew.
  const initializationOptions = (): InitializationOptions => ({
    servesFiles: true,
    push: true,
    trusted: vscode.workspace.isTrusted,
    messagesShown: true,
    asksWhy: true,
    otherExtensions: otherExtensions(),
  });
  const gate = new Gate(linted);
  const client = platform.create({
    documentSelector: [...SELECTOR],
    middleware: { ...gate.middleware, ...readOnlyActions, ...pageLinks },
    initializationOptions,
    synchronize: { configurationSection: 'bakelint' },
    ...(output && { outputChannel: output }),
  });
  const files = new FileServer({ largest: LARGEST_FILE, realPath: platform.realPath }, (uri, kind) => {
    const type = { created: 1, changed: 2, deleted: 3 }[kind];
    void client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uri.toString(), type }] });
  });
  const asked = ({ uri, root }: FileQuestion): [vscode.Uri, vscode.Uri | undefined] => [
    vscode.Uri.parse(uri),
    root === undefined ? undefined : vscode.Uri.parse(root),
  ];
  client.onRequest(READ_FILE, (question: FileQuestion) => files.read(...asked(question), question.largest));
  client.onRequest(LIST_DIRECTORY, (question: FileQuestion) => files.list(...asked(question)));
  const compared = new ComparedTabs(shown => {
    if (client.isRunning()) void client.sendNotification(COMPARISONS, shown).catch(() => undefined);
  });
  const status = new StatusItem(uri => gate.isSent(uri));
  const review = (): void => gate.review(vscode.workspace.textDocuments, client);
  const own = vscode.Disposable.from(
    files,
    compared,
    status,
    client.onNotification(STATUS, (said: DocumentStatus) => status.set(said)),
    markNewFindings(),
    client.onDidChangeState(() => {
      if (client.isRunning()) compared.again();
      else {
        gate.forget();
        status.forget();
      }
    }),
    vscode.window.tabGroups.onDidChangeTabs(review),
    vscode.window.tabGroups.onDidChangeTabGroups(review),
    vscode.workspace.onDidChangeWorkspaceFolders(review),
    onOtherExtensions(installed => void client.sendNotification(OTHER_EXTENSIONS, installed).catch(() => undefined)),
    vscode.commands.registerCommand(OPEN_PAGE, openPage),
    vscode.commands.registerCommand(IGNORE, ignore),
    vscode.commands.registerCommand(SHOW_REFERENCES, showReferences),
    vscode.commands.registerCommand(CHANGE_SEVERITY, (uri: string, rule: string, severity: string) =>
      changeSeverity(client, uri, rule, severity),
    ),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void client.sendNotification(FILES_CHANGED)),
  );
  context.subscriptions.push(own);
  const dispose = async (): Promise<void> => {
    own.dispose();
    output = client.outputChannel;
    // A client that did not start has nothing to stop, and says so.
    await client.dispose().catch(() => undefined);
  };
  try {
    await client.start();
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    dispose,
    configuration: uri => status.configuration(uri),
    stop: () => client.stop(),
    async restart() {
      await client.stop();
      await client.start();
    },
    showOutput: () => client.outputChannel.show(),
    command: command => status.during(client.sendRequest('workspace/executeCommand', { command })),
    images: async (token, report) => {
      const reports = client.onNotification(IMAGES_PROGRESS, ({ done, total }: ImagesProgress) => report(done, total));
      try {
        return await client.sendRequest<ImagesAnswer | null>(IMAGES, token);
      } finally {
        reports.dispose();
      }
    },
    onImagesChanged: listener => client.onNotification(IMAGES_CHANGED, listener),
    builtOn: place => client.sendRequest<BuiltOn | null>(BUILT_ON, place),
    async extract(uri) {
      const { edit, ...rest } = await client.sendRequest<Extracted>(EXTRACT, client.code2ProtocolConverter.asUri(uri));
      return { ...rest, edit: edit && (await client.protocol2CodeConverter.asWorkspaceEdit(edit)) };
    },
  };
}

/** Decides by the tabs and workspace folders of this moment. */
function linted(): (document: vscode.TextDocument) => boolean {
  const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs.flatMap(({ input }) => shown(input)));
  const isLinted = lintedDocuments(tabs, vscode.workspace.workspaceFolders?.map(({ uri }) => uri) ?? []);
  return ({ uri }) => isLinted({ uri: uri.toString(), scheme: uri.scheme, authority: uri.authority });
}

function shown(input: unknown): ShownTab[] {
  if (input instanceof vscode.TabInputText) return [{ text: input.uri.toString() }];
  if (!(input instanceof vscode.TabInputTextDiff)) return [];
  return [{ original: input.original.toString(), modified: input.modified.toString() }];
}
