/** The language server as a process: `--node-ipc` for VS Code, `--stdio` for other editors. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { findProgram } from '../node/find-program.ts';
import { shellCheckBeside } from '../node/shellcheck.ts';
import { growYoungFor } from '../node/tiering.ts';
import { diskSource } from './disk.ts';
import type { ServeAll } from './engine.ts';

export function start(serveAll: ServeAll): void {
  serveAll(createConnection(ProposedFeatures.all), {
    checkScripts: (answered, folders) =>
      shellCheckBeside(answered, findProgram('shellcheck', process.env.PATH ?? '', folders)),
    prepareFor: growYoungFor,
    disk: diskSource,
  });
}
