/** The server with every language and rule, on the host that the connection is from. */
import type { Connection } from 'vscode-languageserver';
import { languages } from '../languages/index.ts';
import { rules } from '../rules/index.ts';
import instead from '../rules/instead.json';
import whenFine from '../rules/when-fine.json';
import { shellParser } from '../shell/parser.ts';
import type { Host } from './checker.ts';
import { type ServerParts, serve } from './server.ts';

/** What a host can do beyond answering the editor. */
export interface Abilities extends Pick<Host, 'checkScripts' | 'prepareFor'>, Pick<ServerParts, 'disk'> {}

export type ServeAll = typeof serveAll;

export function serveAll(connection: Connection, { disk, ...abilities }: Abilities = {}): void {
  serve(connection, {
    engine: { languages, rules, shell: shellParser },
    pages: { whenFine, instead },
    host: { today: () => new Date().toISOString().slice(0, 10), ...abilities },
    ...(disk && { disk }),
  });
}
