/** The extension, wherever it runs: waits for a document of ours, then loads the language client and starts the server. */
import * as vscode from 'vscode';
import { type RunningServer, registerCommands } from './commands.ts';
import { showImages } from './images-view.ts';
import { isOurs, isScript, namesScripts } from './ours.ts';

/** A server that answers. */
export interface Server extends RunningServer {
  stop(): Promise<void>;
  /** Ends it for good, whatever state it is in. */
  dispose(): Promise<void>;
}

/** The part that is loaded late: it brings the library of the language client, 99% of the code. */
export interface LatePart {
  /** Resolves when the server answers. */
  launch(context: vscode.ExtensionContext): Promise<Server>;
}

export interface Extension {
  /** Ends the server, if it has been started. */
  stop(): Promise<void>;
}

/** Returns at once: activation does not wait for the server, and the server is not started for other documents. */
export function waitForOurs(context: vscode.ExtensionContext, load: () => Promise<LatePart>): Extension {
  let client: Promise<Server> | undefined;
  const waiting: vscode.Disposable[] = [];
  const start = (): Promise<Server> => {
    if (client) return client;
    for (const one of waiting) one.dispose();
    const started = load().then(({ launch }) => launch(context));
    client = started;
    started.catch(error => {
      // The language client has shown what is wrong. The next command tries again.
      console.error('Bakelint failed to start:', error);
      if (client === started) client = undefined;
    });
    return started;
  };
  const restart = async (): Promise<void> => {
    const running = await client?.catch(() => undefined);
    if (!running) {
      await start();
      return;
    }
    try {
      await running.restart();
    } catch {
      // It could not be stopped, or not started: another one takes its place.
      await running.dispose();
      client = undefined;
      await start();
    }
  };
  let searched: Promise<boolean> | undefined;
  const look = (documents: readonly vscode.TextDocument[]): void => {
    if (client) return;
    if (documents.some(isOurs)) void start();
    // Once: who writes the first template or Dockerfile has it open.
    else if (!searched && documents.some(isScript)) {
      searched = namesScripts();
      searched.then(found => (found ? start() : undefined)).catch(() => undefined);
    }
  };
  waiting.push(
    vscode.workspace.onDidOpenTextDocument(document => look([document])),
    vscode.workspace.onDidChangeTextDocument(({ document }) => look([document])),
  );
  context.subscriptions.push(...waiting);
  registerCommands({ context, server: start, restart, running: () => client });
  showImages(context, start);
  look(vscode.workspace.textDocuments);
  return {
    async stop() {
      await (await client?.catch(() => undefined))?.stop();
    },
  };
}
