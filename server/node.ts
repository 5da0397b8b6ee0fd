/** The language server as a process: `--node-ipc` for VS Code, `--stdio` for other editors. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { languages } from '../languages/index.ts';
import { findProgram } from '../node/find-program.ts';
import { shellCheckBeside } from '../node/shellcheck.ts';
import { optimizeLate } from '../node/tiering.ts';
import { rules } from '../rules/index.ts';
import whenFine from '../rules/when-fine.json';
import { shellParser } from '../shell/parser.ts';
import { diskSource } from './disk.ts';
import { serve } from './server.ts';

optimizeLate();
serve(createConnection(ProposedFeatures.all), {
  engine: { languages, rules, shell: shellParser },
  whenFine,
  host: {
    today: () => new Date().toISOString().slice(0, 10),
    checkScripts: (answered, folders) =>
      shellCheckBeside(answered, findProgram('shellcheck', process.env.PATH ?? '', folders)),
  },
  disk: diskSource,
});
