/** Reads files for the server through the editor, so that it can lint what no disk has: remote and virtual workspaces. */
import * as vscode from 'vscode';
import type { DirectoryAnswer, DirectoryEntry, FileAnswer, RefusedAnswer } from '../server/protocol.ts';

/** What may be read. */
export interface FileLimits {
  /** In bytes. */
  readonly largest: number;
  /** The place that a file really has behind symbolic links; `undefined` when that is unknown. */
  readonly realPath: ((uri: vscode.Uri) => Promise<vscode.Uri>) | undefined;
}

/** Answers the server's questions and notifies it when an answer has changed. */
export class FileServer implements vscode.Disposable {
  /** What the server asked for: only changes of that are reported. */
  private readonly files = new Set<string>();
  private readonly folders = new Set<string>();
  private readonly watcher = vscode.workspace.createFileSystemWatcher('**/*');

  constructor(
    private readonly limits: FileLimits,
    private readonly onChange: (uri: vscode.Uri, kind: 'created' | 'changed' | 'deleted') => void,
  ) {
    this.watcher.onDidCreate(uri => this.report(uri, 'created'));
    this.watcher.onDidChange(uri => this.report(uri, 'changed'));
    this.watcher.onDidDelete(uri => this.report(uri, 'deleted'));
  }

  dispose(): void {
    this.watcher.dispose();
  }

  /** `root` is the directory that the file must really be in. */
  async read(uri: vscode.Uri, root: vscode.Uri | undefined, largest = this.limits.largest): Promise<FileAnswer> {
    this.files.add(uri.toString());
    try {
      const { type, size } = await vscode.workspace.fs.stat(uri);
      const place = await this.placeOf(uri, root);
      if (place !== 'inside') return place === 'outside' ? { refused: place } : {};
      if (!(type & vscode.FileType.File)) return { refused: 'not-plain' };
      if (size > largest) return { refused: 'too-large' };
      return decode(await vscode.workspace.fs.readFile(uri));
    } catch (error) {
      return isMissing(error) ? { text: null } : refusal(error);
    }
  }

  async list(uri: vscode.Uri, root: vscode.Uri | undefined): Promise<DirectoryAnswer> {
    this.folders.add(uri.toString());
    try {
      const entries = await vscode.workspace.fs.readDirectory(uri);
      const place = await this.placeOf(uri, root);
      if (place !== 'inside') return place === 'outside' ? { refused: place } : {};
      return { entries: await Promise.all(entries.map(([name, type]) => this.entryOf(uri, name, type))) };
    } catch (error) {
      return isMissing(error) ? { entries: null } : refusal(error);
    }
  }

  private async entryOf(directory: vscode.Uri, name: string, type: vscode.FileType): Promise<DirectoryEntry> {
    const { realPath } = this.limits;
    if (!(type & vscode.FileType.SymbolicLink) || !realPath || directory.scheme !== 'file')
      return { name, kind: kindOf(type) };
    try {
      const { path } = await realPath(vscode.Uri.joinPath(directory, name));
      return { name, kind: kindOf(type), target: path };
    } catch {
      return { name, kind: 'other', target: '' };
    }
  }

  /**
   * Until the workspace is trusted, nothing is read that is not really in it. A file must also really be in its root.
   * Where links cannot be resolved there are none.
   */
  private async placeOf(uri: vscode.Uri, root: vscode.Uri | undefined): Promise<'inside' | 'outside' | 'not-allowed'> {
    const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
    const { isTrusted } = vscode.workspace;
    const { realPath } = this.limits;
    if (!realPath || uri.scheme !== 'file') return folder || isTrusted ? 'inside' : 'not-allowed';
    const real = await realPath(uri);
    if (root && !isInside(await realPath(root), real)) return 'outside';
    return isTrusted || (folder && isInside(await realPath(folder), real)) ? 'inside' : 'not-allowed';
  }

  private report(uri: vscode.Uri, kind: 'created' | 'changed' | 'deleted'): void {
    const inAskedFolder = kind !== 'changed' && this.folders.has(vscode.Uri.joinPath(uri, '..').toString());
    if (inAskedFolder || this.files.has(uri.toString())) this.onChange(uri, kind);
  }
}

function isInside({ path: folder }: vscode.Uri, { path }: vscode.Uri): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** A symbolic link has the kind of what it leads to. */
function kindOf(type: vscode.FileType): DirectoryEntry['kind'] {
  if (type & vscode.FileType.File) return 'file';
  return type & vscode.FileType.Directory ? 'directory' : 'other';
}

/** As the command line decodes files: strictly, with a byte order mark left in. */
function decode(bytes: Uint8Array): FileAnswer {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return { refused: 'utf-16' };
  if (bytes.includes(0)) return { refused: isGitCrypt(bytes) ? 'encrypted' : 'binary' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { refused: 'invalid' };
  }
}

/** https://github.com/AGWA/git-crypt */
function isGitCrypt(bytes: Uint8Array): boolean {
  return [...'\0GITCRYPT\0'].every((character, i) => bytes[i] === character.charCodeAt(0));
}

function isMissing(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}

/** A file that is there and cannot be opened; other errors (a file system that is not at hand) mean "not known". */
function refusal(error: unknown): RefusedAnswer {
  const isDenied = error instanceof vscode.FileSystemError && error.code === 'NoPermissions';
  return isDenied ? { refused: 'unreadable', reason: 'permission denied' } : {};
}
