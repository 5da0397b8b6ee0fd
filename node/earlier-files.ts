import { nameOf, parentDirectory } from '../core/path.ts';
import { type Content, type Entry, isRefused, LARGEST_FILE, type Refused } from '../workspace/files.ts';
import { decode } from './decode.ts';
import type { FileSource } from './files.ts';
import type { Change, Git } from './git.ts';

/** The files as they were before some changes: those that changed are read from Git, all others from where they are now. */
export class EarlierFiles implements FileSource {
  readonly answersAtOnce = true;
  /** What a path held, or `null` when it was not there. */
  private readonly objects = new Map<string, string | null>();
  private readonly contents = new Map<string, Content>();
  /** By directory, what was there and is not, and the other way round. */
  private readonly gone = new Map<string, Set<string>>();
  private readonly come = new Map<string, Set<string>>();

  constructor(
    private readonly now: FileSource,
    private readonly git: Pick<Git, 'bytes' | 'root'>,
    changes: readonly Change[],
  ) {
    for (const { path } of changes) if (path !== undefined) this.objects.set(path, null);
    for (const { before, object } of changes)
      if (before !== undefined && object !== undefined) this.objects.set(before, object);
    for (const { path, before } of changes) {
      if (path !== undefined && this.objects.get(path) === null) add(this.come, path);
      if (before !== undefined && path !== before) this.addGone(before);
    }
  }

  read(path: string, root?: string): Content | null {
    const object = this.objects.get(path);
    if (object === undefined) return this.now.read(path, root) ?? null;
    if (object === null) return null;
    let content = this.contents.get(path);
    if (!content) {
      content = this.contentOf(object);
      this.contents.set(path, content);
    }
    return content;
  }

  list(directory: string, root?: string): readonly Entry[] | Refused | null {
    const entries = this.now.list(directory, root) ?? null;
    const gone = this.gone.get(directory);
    const come = this.come.get(directory);
    if ((!gone && !come) || (entries && isRefused(entries))) return entries;
    const kept = (entries ?? []).filter(({ name }) => !come?.has(name) && !gone?.has(name));
    const back = [...(gone ?? [])].map((name): Entry => {
      const isFile = typeof this.objects.get(`${directory}/${name}`) === 'string';
      return { name, kind: isFile ? 'file' : 'directory' };
    });
    return [...kept, ...back];
  }

  beginning(path: string): string | null {
    if (!this.objects.has(path)) return this.now.beginning(path) ?? null;
    const content = this.read(path);
    return content && !isRefused(content) ? content.text.slice(0, 4000) : null;
  }

  bytes(path: string, most: number): Uint8Array | 'not-plain' | 'too-large' {
    const object = this.objects.get(path);
    if (object === undefined) return this.now.bytes(path, most);
    if (object === null) return 'not-plain';
    return this.git.bytes(object, most) ?? 'too-large';
  }

  /** Whether something may have been different before. */
  differs(kind: 'read' | 'list', path: string): boolean {
    return kind === 'read' ? this.objects.has(path) : this.gone.has(path) || this.come.has(path);
  }

  forget(): void {
    // Nothing of the past is ever written.
  }

  private contentOf(object: string): Content {
    const bytes = this.git.bytes(object, LARGEST_FILE);
    if (!bytes) return { refused: 'too-large' };
    const decoded = decode(bytes);
    return 'problem' in decoded ? { refused: decoded.problem } : decoded;
  }

  /** A file that is no more, and the directories that went with it. */
  private addGone(path: string): void {
    for (let at = path; at !== this.git.root && at !== '/' && at !== ''; at = parentDirectory(at)) {
      if (at !== path && this.now.list(at)) return;
      add(this.gone, at);
      if (parentDirectory(at) === at) return;
    }
  }
}

function add(byDirectory: Map<string, Set<string>>, path: string): void {
  const directory = parentDirectory(path);
  const names = byDirectory.get(directory) ?? new Set<string>();
  byDirectory.set(directory, names.add(nameOf(path)));
}
