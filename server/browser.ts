/** The language server in a web worker, for VS Code in the browser. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { languages } from '../languages/index.ts';
import { rules } from '../rules/index.ts';
import whenFine from '../rules/when-fine.json';
import { shellParser } from '../shell/parser.ts';
import { serve } from './server.ts';

const worker = self as unknown as Worker;
const connection = createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker));

serve(connection, {
  engine: { languages, rules, shell: shellParser },
  whenFine,
  host: {
    today: () => new Date().toISOString().slice(0, 10),
  },
});
