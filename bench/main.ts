/** `npm run bench [-- lint | cli | size | server | peers | secrets | hostile]`: figures, never verdicts. */
import { benchCommandLine, benchSize } from './command-line.ts';
import { benchHostile } from './hostile.ts';
import { benchLint } from './lint.ts';
import { benchPeers } from './peers.ts';
import { benchSecrets } from './secrets.ts';
import { benchServer } from './server.ts';

const BENCHES: Readonly<Record<string, () => void | Promise<void>>> = {
  lint: benchLint,
  cli: benchCommandLine,
  size: benchSize,
  server: benchServer,
  peers: benchPeers,
  secrets: benchSecrets,
  hostile: () => benchHostile(),
};
/** What runs when nothing is named: everything that needs no other program. */
const USUAL = ['lint', 'cli', 'size', 'server'];

/** Runs the named measurements; resolves to the exit code. */
export async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter(name => !(name in BENCHES));
  if (unknown.length > 0) {
    process.stderr.write(
      `no measurement is called ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}\n`,
    );
    return 2;
  }
  for (const name of names.length > 0 ? names : USUAL) await BENCHES[name]!();
  return 0;
}
