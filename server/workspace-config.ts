/** Which configuration holds for a document: the nearest file up to the repository's root, or the one that the settings name. */
import type { URI } from 'vscode-uri';
import { CONFIG_NAMES, type ReadConfig, readConfig } from '../core/config/read.ts';
import { type Config, NO_CONFIG, type Settings, settingsFor } from '../core/config/resolve.ts';
import { matchesGlob } from '../core/glob.ts';
import { folderOf, joinPath, nameOf } from '../core/path.ts';
import type { Rule } from '../core/rule.ts';
import { comparable, type FileCache, isInside } from './files.ts';
import type { EditorSettings } from './settings.ts';

/** What holds for one document. */
export interface Resolved {
  readonly settings: Settings;
  /** The configuration says that this file is not linted. */
  readonly ignored: boolean;
  /** The file it comes from, with what it says; `undefined` when there is none. */
  readonly file: ConfigFile | undefined;
}
export interface ConfigFile extends ReadConfig {
  readonly uri: string;
  readonly text: string;
}

export class WorkspaceConfig {
  /** By URI; a text that has not changed is not read again. */
  private readonly read = new Map<string, ConfigFile>();

  constructor(
    private readonly files: FileCache,
    private readonly rules: readonly Rule[],
  ) {}

  /**
   * What holds for a document. `folder` is the workspace folder that its path is in, in whatever file system the
   * document itself lives: the other side of a diff has the configuration of the folder it is compared in.
   */
  async resolve(document: URI, folder: URI | undefined, editor: EditorSettings, asker: string): Promise<Resolved> {
    const file = await this.find(document, folder, editor, asker);
    const config = file?.config ?? NO_CONFIG;
    const home = file ? folderOf(comparable(file.uri).path) : (folder?.path ?? folderOf(document.path));
    const path = relative(home, document.path);
    return {
      settings: settingsFor(this.withEditorRules(config, editor), path, this.rules, editor.preset),
      ignored: config.ignore.some(glob => matchesGlob(glob, path)),
      file,
    };
  }

  /** What the text of a configuration file says. */
  readText(uri: string, text: string): ConfigFile {
    const known = this.read.get(uri);
    if (known?.text === text) return known;
    const fresh: ConfigFile = { ...readConfig(text, this.rules), uri, text };
    this.read.set(uri, fresh);
    return fresh;
  }

  /** Drops what was read from files that nobody uses any more. */
  keep(uris: ReadonlySet<string>): void {
    for (const uri of this.read.keys()) if (!uris.has(uri)) this.read.delete(uri);
  }

  private async find(
    document: URI,
    folder: URI | undefined,
    editor: EditorSettings,
    asker: string,
  ): Promise<ConfigFile | undefined> {
    if (editor.config !== undefined) {
      const base = folder ?? (document.query === '' ? document : undefined);
      if (!base) return undefined;
      const path = joinPath(folder ? folder.path : folderOf(base.path), posix(editor.config));
      return await this.at(base.with({ path }), asker);
    }
    const home = folder ?? (document.query === '' && document.path.startsWith('/') ? document : undefined);
    if (!home) return undefined;
    const root = await this.repositoryOf(startOf(document, folder?.path ?? folderOf(document.path)), home, asker);
    const top = root ?? (folder ? folder.path : folderOf(document.path));
    for (let at = startOf(document, top); ; at = folderOf(at)) {
      for (const name of CONFIG_NAMES) {
        const found = await this.at(home.with({ path: joinPath(at, name) }), asker);
        if (found) return found;
      }
      if (at === top || at === '/') return undefined;
    }
  }

  /** The nearest folder with `.git` in it (a folder, or the file of a worktree); only a disk is asked. */
  private async repositoryOf(folder: string, home: URI, asker: string): Promise<string | undefined> {
    if (home.scheme !== 'file') return undefined;
    for (let at = folder; ; at = folderOf(at)) {
      for (const name of ['.git/HEAD', '.git'])
        if (typeof (await this.files.text(home.with({ path: joinPath(at, name) }).toString(), asker)) === 'string')
          return at;
      if (folderOf(at) === at || at === '.') return undefined;
    }
  }

  private async at(uri: URI, asker: string): Promise<ConfigFile | undefined> {
    const text = await this.files.text(uri.toString(), asker);
    return typeof text === 'string' ? this.readText(uri.toString(), text) : undefined;
  }

  /** The editor's rule settings are read by the same reader as a configuration's, so that they mean the same. */
  private withEditorRules(config: Config, editor: EditorSettings): Config {
    if (Object.keys(editor.rules).length === 0) return config;
    const { rules } = this.readText('settings:bakelint.rules', JSON.stringify({ rules: editor.rules })).config;
    return { ...config, overrides: [...config.overrides, { files: ['**'], rules, images: {} }] };
  }
}

/** Whether a document is a configuration file itself. */
export function isConfig(uri: URI): boolean {
  return CONFIG_NAMES.includes(nameOf(uri.path));
}

/** The path of a setting as URIs write it: forward slashes, and a slash before a drive letter. */
function posix(path: string): string {
  const slashes = path.replaceAll('\\', '/');
  return /^[A-Za-z]:/.test(slashes) ? `/${slashes}` : slashes;
}

/** Where the search starts: the document's folder, or the workspace folder for a document outside it. */
function startOf(document: URI, top: string): string {
  const folder = folderOf(document.path);
  return isInside(top, folder) ? folder : top;
}

function relative(folder: string, path: string): string {
  if (folder === '/') return path.slice(1);
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : nameOf(path);
}
