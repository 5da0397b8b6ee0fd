import { PassThrough } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  createConnection,
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { LanguageId } from '../core/build.ts';
import { languages } from '../languages/index.ts';
import { loadShell } from '../node/shell.ts';
import { rules } from '../rules/index.ts';
import { serve } from '../server/server.ts';
import { documentOf } from './documents.ts';
import { quantile } from './statistics.ts';

const DOCUMENTS = 50;
const KEYSTROKES = 40;
const LANGUAGES: readonly LanguageId[] = ['dockerfile', 'packer', 'cloud-init'];
const MODES: Readonly<Record<LanguageId, string>> = {
  dockerfile: 'dockerfile',
  packer: 'packer',
  'cloud-init': 'yaml',
};

/** An editor that opens documents, types into them and hears of diagnostics, in the process of the server. */
class Editor {
  private readonly heard = new Map<string, { version: number; tell: () => void }>();
  private readonly versions = new Map<string, number>();
  private readonly client;

  constructor() {
    const toServer = new PassThrough();
    const toClient = new PassThrough();
    serve(createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)), {
      engine: { languages, rules },
      host: { today: () => '2026-11-21', loadShell: () => loadShell('.') },
    });
    this.client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
    this.client.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri, version }: { uri: string; version?: number }) => {
        const waiting = this.heard.get(uri);
        if (waiting && waiting.version === version) waiting.tell();
      },
    );
    this.client.listen();
  }

  async start(): Promise<void> {
    await this.client.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      capabilities: {},
      workspaceFolders: null,
    });
    await this.client.sendNotification('initialized', {});
  }

  /** Resolves when the diagnostics of the newest version have arrived. */
  diagnostics(uri: string): Promise<void> {
    return new Promise(tell => this.heard.set(uri, { version: this.versions.get(uri)!, tell }));
  }

  async open(uri: string, languageId: string, text: string): Promise<void> {
    this.versions.set(uri, 1);
    await this.client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  }

  /** Types at the start of a line, in place of the first `removed` characters there. */
  async type(uri: string, line: number, text: string, removed = 0): Promise<void> {
    const version = this.versions.get(uri)! + 1;
    this.versions.set(uri, version);
    const range = { start: { line, character: 0 }, end: { line, character: removed } };
    await this.client.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range, text }],
    });
  }

  stop(): void {
    this.client.dispose();
  }
}

/** From a keystroke to its diagnostics, and the heap after 1,000 and after 10,000 edits over 50 documents. */
export async function benchServer(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const editor = new Editor();
  await editor.start();
  const uris = Array.from(
    { length: DOCUMENTS },
    (_, i) => `file:///ws/p${i}/${documentOf(LANGUAGES[i % 3]!, 100).path}`,
  );
  for (const [i, uri] of uris.entries())
    await editor.open(uri, MODES[LANGUAGES[i % 3]!], documentOf(LANGUAGES[i % 3]!, 100).text);
  await editor.diagnostics(uris.at(-1)!);
  const waits: number[] = [];
  for (let i = 0; i < KEYSTROKES; i++) {
    const uri = uris[i % 3]!;
    const start = performance.now();
    await editor.type(uri, 5, '#');
    await editor.diagnostics(uri);
    waits.push(performance.now() - start);
  }
  process.stdout.write(
    `server: keystroke to diagnostics p50 ${quantile(waits, 0.5).toFixed(0)} ms, p99 ${quantile(waits, 0.99).toFixed(0)} ms (150 ms of it are the pause in typing)\n`,
  );
  const heapAfter = async (edits: number): Promise<number> => {
    for (let i = 0; i < edits; i++) {
      const uri = uris[i % DOCUMENTS]!;
      const taken = Math.floor(i / DOCUMENTS) % 2;
      // Typed and taken back, so that documents keep their length.
      await editor.type(uri, 3, taken ? '' : ' ', taken);
      if (i % 100 === 99) await editor.diagnostics(uri);
    }
    await new Promise(resolve => setTimeout(resolve, 500));
    collect();
    collect();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const early = await heapAfter(1_000);
  const late = await heapAfter(9_000);
  process.stdout.write(
    `server: heap after 1,000 edits ${early.toFixed(1)} MiB, after 10,000 ${late.toFixed(1)} MiB (${((late / early - 1) * 100).toFixed(1)}%)\n\n`,
  );
  editor.stop();
}
