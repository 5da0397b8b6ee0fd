import type { Readable, Writable } from 'node:stream';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';

/** An editor that opens documents, types into them and hears of diagnostics. */
export class Editor {
  private readonly versions = new Map<string, number>();
  private readonly heard = new Map<string, number>();
  private readonly waiting = new Map<string, () => void>();
  private readonly client;

  /** Talks to a server that writes to `from` and reads `to`. */
  constructor(from: Readable, to: Writable) {
    this.client = createProtocolConnection(new StreamMessageReader(from), new StreamMessageWriter(to));
    this.client.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri, version }: { uri: string; version?: number }) => {
        // A server that does not say which version it is about answers the newest: only one edit is under way.
        this.heard.set(uri, version ?? this.versions.get(uri)!);
        this.waiting.get(uri)?.();
      },
    );
    this.client.listen();
  }

  async start(): Promise<void> {
    const capabilities = { textDocument: { publishDiagnostics: { versionSupport: true } } };
    await this.client.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      capabilities,
      workspaceFolders: null,
    });
    await this.client.sendNotification('initialized', {});
  }

  /** Resolves when the diagnostics of the newest version have arrived. */
  diagnostics(uri: string): Promise<void> {
    return new Promise(resolve => {
      const tell = () => {
        if (this.heard.get(uri) === this.versions.get(uri)) resolve();
      };
      this.waiting.set(uri, tell);
      tell();
    });
  }

  async open(uri: string, languageId: string, text: string): Promise<void> {
    this.versions.set(uri, 1);
    await this.client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  }

  /** Types into a line in place of the `removed` characters after a column. */
  async type(uri: string, text: string, line: number, column = 0, removed = 0): Promise<void> {
    const version = this.versions.get(uri)! + 1;
    this.versions.set(uri, version);
    const range = { start: { line, character: column }, end: { line, character: column + removed } };
    await this.client.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range, text }],
    });
  }

  stop(): void {
    this.client.dispose();
  }
}
