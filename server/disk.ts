/** Files from the disk, for editors that do not serve them to the server. */
import { decode } from '../node/decode.ts';
import { DiskFiles } from '../node/files.ts';
import { isRefused } from '../workspace/files.ts';
import { comparable, type FileSource } from './files.ts';

/** So long the server may read without a look at what the editor asks. In milliseconds. */
const LONGEST_TURN = 10;
let turnBegan = 0;

/** The disk answers at once: who asks for many files would keep the editor waiting for all of them. */
async function turn(): Promise<void> {
  if (performance.now() - turnBegan < LONGEST_TURN) return;
  await new Promise(resolve => setImmediate(resolve));
  turnBegan = performance.now();
}

/** Nothing is remembered here: a question means that the cache of the server wants to know anew. */
export const diskSource: FileSource = {
  async read(uri, root, largest) {
    const path = pathOf(uri);
    if (path === undefined) return {};
    await turn();
    const files = new DiskFiles();
    const content = files.read(path, root === undefined ? undefined : pathOf(root));
    if (largest !== undefined && content && isRefused(content) && content.refused === 'too-large') {
      const bytes = files.bytes(path, largest);
      if (typeof bytes === 'string') return { refused: bytes };
      const decoded = decode(bytes);
      return 'problem' in decoded ? { refused: decoded.problem } : decoded;
    }
    return content ?? { text: null };
  },
  async list(uri, root) {
    const path = pathOf(uri);
    if (path === undefined) return {};
    await turn();
    const listing = new DiskFiles().list(path, root === undefined ? undefined : pathOf(root));
    return listing && isRefused(listing) ? listing : { entries: listing };
  },
};

/** `/c:/x` in a URI is `c:/x` on disk. */
function pathOf(uri: string): string | undefined {
  const parsed = comparable(uri);
  if (parsed?.scheme !== 'file') return undefined;
  return /^\/[A-Za-z]:/.test(parsed.path) ? parsed.path.slice(1) : parsed.path;
}
