/** The extension, wherever it runs: waits for a document of ours, then loads the language client and starts the server. */
import * as vscode from 'vscode';
import { isOurs } from './ours.ts';

/** The part that is loaded late: it brings the library of the language client, 99% of the code. */
export interface LatePart {
  /** Resolves when the server answers. */
  launch(context: vscode.ExtensionContext): Promise<{ stop(): Promise<void> }>;
}

export interface Extension {
  /** Ends the server, if it has been started. */
  stop(): Promise<void>;
}

/** Returns at once: activation does not wait for the server, and the server is not started for other documents. */
export function waitForOurs(context: vscode.ExtensionContext, load: () => Promise<LatePart>): Extension {
  let client: ReturnType<LatePart['launch']> | undefined;
  const waiting: vscode.Disposable[] = [];
  const look = (documents: readonly vscode.TextDocument[]): void => {
    if (client || !documents.some(isOurs)) return;
    for (const one of waiting) one.dispose();
    client = load().then(({ launch }) => launch(context));
    // The language client has shown what is wrong.
    client.catch(error => console.error('Bakelint failed to start:', error));
  };
  waiting.push(
    vscode.workspace.onDidOpenTextDocument(document => look([document])),
    vscode.workspace.onDidChangeTextDocument(({ document }) => look([document])),
  );
  context.subscriptions.push(...waiting);
  look(vscode.workspace.textDocuments);
  return {
    async stop() {
      await (await client?.catch(() => undefined))?.stop();
    },
  };
}
