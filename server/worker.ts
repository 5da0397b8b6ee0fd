/** The language server in a web worker, for VS Code in the browser. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import type { ServeAll } from './engine.ts';

export function start(serveAll: ServeAll): void {
  const worker = self as unknown as Worker;
  serveAll(createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker)));
}
