/** The language server in a web worker, for VS Code in the browser. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { languages } from '../languages/index.ts';
import { rules } from '../rules/index.ts';
import { loadShell } from '../shell/bash/index.ts';
import { type AssetQuestion, READ_ASSET } from './protocol.ts';
import { serve } from './server.ts';

const worker = self as unknown as Worker;
const connection = createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker));

/** A worker does not know its own address when the editor starts it from a blob, so the client reads what ships with it. */
const asset = (name: AssetQuestion['name']): Promise<Uint8Array> =>
  connection.sendRequest<Uint8Array>(READ_ASSET, { name } satisfies AssetQuestion);

serve(connection, {
  engine: { languages, rules },
  host: {
    today: () => new Date().toISOString().slice(0, 10),
    async loadShell() {
      const [treeSitter, bash] = await Promise.all([asset('web-tree-sitter.wasm'), asset('tree-sitter-bash.wasm')]);
      return loadShell({ treeSitter, bash });
    },
  },
});
