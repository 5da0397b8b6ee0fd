/** Files from the disk, for editors that do not serve them to the server. */
import { decode } from '../node/decode.ts';
import { DiskFiles } from '../node/files.ts';
import { isRefused } from '../workspace/files.ts';
import { comparable, type FileSource } from './files.ts';

/** Nothing is remembered here: a question means that the cache of the server wants to know anew. */
export const diskSource: FileSource = {
  async read(uri, root, largest) {
    const path = pathOf(uri);
    if (path === undefined) return {};
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
