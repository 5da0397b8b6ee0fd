/** Reads files for the server through the editor, so that it can lint what no disk has: remote and virtual workspaces. */
import * as vscode from 'vscode';
import type { FileAnswer, FolderAnswer } from '../server/protocol.ts';

/** What may be read. */
export interface FileLimits {
  /** In bytes. */
  readonly largest: number;
  /** The place that a file really has behind symbolic links; `undefined` when that cannot be told. */
  readonly realPath: ((uri: vscode.Uri) => Promise<vscode.Uri>) | undefined;
}

/** Answers the server's questions and tells it when an answer has changed. */
export class FileServer implements vscode.Disposable {
  /** What the server was told about, so that only changes of that are reported. */
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

  async read(uri: vscode.Uri): Promise<FileAnswer> {
    this.files.add(uri.toString());
    try {
      const stat = await vscode.workspace.fs.stat(uri);
      if (!(stat.type & vscode.FileType.File) || stat.size > this.limits.largest) return {};
      if (!(await this.isAllowed(uri))) return {};
      const bytes = await vscode.workspace.fs.readFile(uri);
      if (bytes.includes(0)) return {};
      return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
    } catch (error) {
      return isMissing(error) ? { text: null } : {};
    }
  }

  async list(uri: vscode.Uri): Promise<FolderAnswer> {
    this.folders.add(uri.toString());
    try {
      const entries = await vscode.workspace.fs.readDirectory(uri);
      if (!(await this.isAllowed(uri))) return {};
      return { names: entries.filter(([, type]) => type & vscode.FileType.File).map(([name]) => name) };
    } catch (error) {
      return isMissing(error) ? { names: null } : {};
    }
  }

  /**
   * A file in the workspace must really stand in it. Outside (a loose file's neighbours) nothing is read until the
   * workspace is trusted.
   */
  private async isAllowed(uri: vscode.Uri): Promise<boolean> {
    const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri;
    if (!folder) return vscode.workspace.isTrusted;
    const { realPath } = this.limits;
    if (!realPath || uri.scheme !== 'file') return true;
    const [home, real] = await Promise.all([realPath(folder), realPath(uri)]);
    return real.path === home.path || real.path.startsWith(home.path.endsWith('/') ? home.path : `${home.path}/`);
  }

  private report(uri: vscode.Uri, kind: 'created' | 'changed' | 'deleted'): void {
    const inAskedFolder = kind !== 'changed' && this.folders.has(vscode.Uri.joinPath(uri, '..').toString());
    if (inAskedFolder || this.files.has(uri.toString())) this.onChange(uri, kind);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}
