/** A language server and an editor in one process, with nothing but two streams between them. */
import { PassThrough } from 'node:stream';
import { createConnection } from 'vscode-languageserver/node';
import {
  type CodeAction,
  type CodeActionContext,
  createProtocolConnection,
  type Diagnostic,
  type Hover,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type Registration,
  type RegistrationParams,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Host } from '../../server/checker.ts';
import { type DirectoryAnswer, type FileAnswer, LIST_DIRECTORY, READ_FILE } from '../../server/protocol.ts';
import { type ServerParts, serve } from '../../server/server.ts';
import { shellParser } from '../../shell/parser.ts';

export interface SessionOptions {
  readonly engine: Pick<ServerParts['engine'], 'languages' | 'rules'>;
  readonly disk?: ServerParts['disk'];
  /** The files that the editor serves, by URI; `undefined`: the editor serves none. */
  readonly files?: Map<string, string> | undefined;
  /** `bakelint.*` settings without the prefix, in an object that tests may change. */
  readonly settings?: Record<string, unknown>;
  readonly capabilities?: object;
  readonly initializationOptions?: object;
  readonly workspaceFolders?: readonly string[];
  readonly checkScripts?: Host['checkScripts'];
}

const wait = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds));

export class Session {
  /** Everything that the server published, in order. */
  readonly published: PublishDiagnosticsParams[] = [];
  /** Every byte that the server sent. */
  sent = '';
  readonly logged: string[] = [];
  /** URIs that the server asked the editor for. */
  readonly questions: string[] = [];
  /** What the server registered after its start. */
  readonly registered: Registration[] = [];
  readonly initialized: Promise<InitializeResult>;
  readonly documents = new Map<string, TextDocument>();

  private constructor(
    readonly client: ProtocolConnection,
    initialized: Promise<InitializeResult>,
    private readonly streams: readonly PassThrough[],
  ) {
    this.initialized = initialized;
  }

  static async start(options: SessionOptions): Promise<Session> {
    const toServer = new PassThrough();
    const toClient = new PassThrough();
    const host: Host = {
      today: () => '2026-11-01',
      ...(options.checkScripts ? { checkScripts: options.checkScripts } : {}),
    };
    const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
    serve(server, {
      engine: { ...options.engine, shell: shellParser },
      pages: {
        whenFine: { 'bad-word': 'In a quotation.' },
        instead: { 'bad-word': { dockerfile: 'good', packer: 'other' } },
      },
      host,
      ...(options.disk ? { disk: options.disk } : {}),
    });
    const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
    const folders = options.workspaceFolders ?? ['file:///ws'];
    let session: Session | undefined;
    client.onNotification(
      'textDocument/publishDiagnostics',
      (params: PublishDiagnosticsParams) => void session?.published.push(params),
    );
    client.onNotification(
      'window/logMessage',
      ({ message }: { message: string }) => void session?.logged.push(message),
    );
    client.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => options.settings ?? {}),
    );
    client.onRequest('client/registerCapability', ({ registrations }: RegistrationParams) => {
      session?.registered.push(...registrations);
      return null;
    });
    const { files } = options;
    client.onRequest(READ_FILE, ({ uri }: { uri: string }): FileAnswer => {
      session?.questions.push(uri);
      return { text: files?.get(uri) ?? null };
    });
    client.onRequest(LIST_DIRECTORY, ({ uri }: { uri: string }): DirectoryAnswer => {
      session?.questions.push(uri);
      const below = [...(files?.keys() ?? [])].filter(file => file.startsWith(`${uri}/`));
      const inside = below.map(file => decodeURIComponent(file.slice(uri.length + 1)).split('/'));
      const kinds = new Map(inside.map(([name, ...rest]) => [name!, rest.length > 0 ? 'directory' : 'file'] as const));
      return { entries: [...kinds].map(([name, kind]) => ({ name, kind })) };
    });
    client.listen();
    const initialized = client.sendRequest<InitializeResult>('initialize', {
      processId: null,
      rootUri: null,
      workspaceFolders: folders.map(uri => ({ uri, name: uri })),
      capabilities: options.capabilities ?? {
        workspace: {
          configuration: true,
          workspaceFolders: true,
          workspaceEdit: { documentChanges: true },
          didChangeWatchedFiles: { dynamicRegistration: true },
        },
        textDocument: { publishDiagnostics: { relatedInformation: true }, hover: { contentFormat: ['markdown'] } },
      },
      initializationOptions: { ...(files ? { servesFiles: true } : {}), ...options.initializationOptions },
    });
    session = new Session(client, initialized, [toServer, toClient]);
    toClient.on('data', (chunk: Buffer) => {
      if (session) session.sent += chunk.toString('utf8');
    });
    await initialized;
    await client.sendNotification('initialized', {});
    return session;
  }

  async stop(): Promise<void> {
    await this.client.sendRequest('shutdown');
    this.client.dispose();
    for (const stream of this.streams) stream.destroy();
  }

  open(uri: string, text: string, languageId = 'dockerfile', version = 1): Promise<void> {
    this.documents.set(uri, TextDocument.create(uri, languageId, version, text));
    return this.client.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version, text },
    });
  }

  /** Changes a document as an editor does, and the copy here with it. */
  change(uri: string, changes: readonly { range?: Range; text: string }[]): Promise<void> {
    const document = this.documents.get(uri)!;
    const version = document.version + 1;
    TextDocument.update(document, [...changes], version);
    return this.client.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: changes,
    });
  }

  async close(uri: string): Promise<void> {
    this.documents.delete(uri);
    await this.client.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  save(uri: string): Promise<void> {
    return this.client.sendNotification('textDocument/didSave', { textDocument: { uri } });
  }

  async settingsChanged(): Promise<void> {
    await this.client.sendNotification('workspace/didChangeConfiguration', { settings: null });
  }

  fileChanged(uri: string, type: 1 | 2 | 3): Promise<void> {
    return this.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type }] });
  }

  /** The last diagnostics of a document. */
  last(uri: string): PublishDiagnosticsParams | undefined {
    return this.published.findLast(params => params.uri === uri);
  }

  /** Waits until what is published for a document is as asked for. */
  async until(uri: string, holds: (diagnostics: Diagnostic[]) => boolean, what = 'diagnostics'): Promise<Diagnostic[]> {
    for (let i = 0; i < 500; i++) {
      const last = this.last(uri);
      const version = this.documents.get(uri)?.version;
      if (last && (last.version === undefined || last.version === version) && holds(last.diagnostics))
        return last.diagnostics;
      await wait(10);
    }
    throw new Error(`never seen: ${what}; last: ${JSON.stringify(this.last(uri))}; log: ${this.logged.join('\n')}`);
  }

  /** What a document has once the server has had its say about its newest version. */
  settled(uri: string): Promise<Diagnostic[]> {
    return this.until(uri, () => this.last(uri)?.version === this.documents.get(uri)?.version);
  }

  actions(uri: string, range: Range, context: Partial<CodeActionContext> = {}): Promise<CodeAction[]> {
    return this.client.sendRequest('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics: [], ...context },
    });
  }

  hover(uri: string, line: number, character: number): Promise<Hover | null> {
    return this.client.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line, character } });
  }

  /** The text of a document after a code action. */
  applied(uri: string, { edit }: { edit?: WorkspaceEdit }): string {
    const document = this.documents.get(uri)!;
    const edits = [
      ...(edit?.changes?.[uri] ?? []),
      ...(edit?.documentChanges ?? []).flatMap(change => ('edits' in change ? (change.edits as TextEdit[]) : [])),
    ];
    return TextDocument.applyEdits(document, edits);
  }
}

export { wait };
export const at = (line: number, from: number, to = from): Range => ({
  start: { line, character: from },
  end: { line, character: to },
});
