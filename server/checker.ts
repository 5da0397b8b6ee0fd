/** Lints one open document with everything that holds for it: settings, configuration, the files around it, the shell. */

import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { URI } from 'vscode-uri';
import type { LanguageId } from '../core/build.ts';
import type { Diagnostic } from '../core/finding.ts';
import { type Engine, type LintResult, lint } from '../core/linter.ts';
import type { ScriptChecker } from '../core/remarks.ts';
import type { ShellParser } from '../core/script.ts';
import { type OtherDialect, otherDialect } from '../languages/cloud-init/forms.ts';
import { comparable, type FileCache, isInside, type Place } from './files.ts';
import type { EditorSettings } from './settings.ts';
import { type ConfigFile, isConfig, type Resolved, type WorkspaceConfig } from './workspace-config.ts';

/** What the machine that the server runs on gives it. */
export interface Host {
  /** Today as `YYYY-MM-DD`. */
  today(): string;
  /** Loads the shell parser; called once, when the first script is met. May reject: then scripts are not understood. */
  loadShell(): Promise<ShellParser>;
  /** A checker of scripts that runs beside the server, where programs can be run; `answered` is called when it knows more. */
  checkScripts?(answered: () => void): ScriptChecker;
}

/** What was found in one version of a document. */
export interface Checked {
  readonly version: number;
  readonly text: string;
  /** In the order of the document; empty for documents that are not ours, ignored or switched off. */
  readonly diagnostics: readonly Diagnostic[];
  /** Set where nothing is found because another program than cloud-init reads the document. */
  readonly dialect: OtherDialect | undefined;
  readonly run: EditorSettings['run'];
  /** The configuration that was used, or that the document itself is. */
  readonly config: ConfigFile | undefined;
  /** Lints another text as if it were this document's; `undefined` when the document is not linted. */
  again(text: string): LintResult | undefined;
}

/** Longer documents are not linted, in UTF-16 code units; the command line's default is the same. */
const LONGEST_DOCUMENT = 10_000_000;

/** The language modes of editors that settle the language; for any other mode the path and the content decide. */
const LANGUAGE_MODES: Readonly<Record<string, LanguageId>> = {
  dockerfile: 'dockerfile',
  docker: 'dockerfile',
  packer: 'packer',
  'cloud-config': 'cloud-init',
};

export interface CheckerParts {
  readonly engine: Pick<Engine, 'languages' | 'rules'>;
  readonly host: Host;
  readonly config: WorkspaceConfig;
  readonly files: FileCache;
  settingsOf(uri: string): Promise<EditorSettings>;
  /** The workspace folder that contains a path, whatever scheme the document has. */
  folderOf(document: URI): URI | undefined;
  log(message: string): void;
  /** Whether programs may be run: not for a workspace that nobody trusts. */
  trusted(): boolean;
  /** More is known about scripts: what is open is linted again. */
  scriptsChecked(): void;
}

export class Checker {
  private shell: ShellParser | undefined;
  private loading: Promise<void> | undefined;
  /** Whether loading the shell parser has ended, well or not. */
  private loaded = false;
  private scripts: ScriptChecker | undefined;
  private readonly told = new Set<string>();

  constructor(private readonly parts: CheckerParts) {}

  /** Lints the text that the document has once everything else is at hand. Never rejects. */
  async check(document: TextDocument): Promise<Checked> {
    const uri = comparable(document.uri);
    const folder = this.parts.folderOf(uri);
    const editor = await this.parts.settingsOf(document.uri);
    const resolved = await this.parts.config.resolve(uri, folder, editor, document.uri);
    let checked = this.checkNow(document, uri, folder, editor, resolved);
    if (checked.wantsShell) {
      await (this.loading ??= this.loadShell());
      checked = this.checkNow(document, uri, folder, editor, resolved);
    }
    return checked.checked;
  }

  private checkNow(
    document: TextDocument,
    uri: URI,
    folder: URI | undefined,
    editor: EditorSettings,
    { settings, ignored, file }: Resolved,
  ): { readonly checked: Checked; readonly wantsShell: boolean } {
    const { engine, host, files } = this.parts;
    const text = document.getText();
    let wantsShell = false;
    const note: ShellParser = () => {
      wantsShell = true;
      return { commands: [], broken: false };
    };
    const again = (text: string): LintResult | undefined => {
      if (!editor.enable || ignored || isConfig(uri) || text.length > LONGEST_DOCUMENT) return undefined;
      try {
        const result = lint(
          { path: uri.path, text, language: LANGUAGE_MODES[document.languageId.toLowerCase()] },
          {
            engine: { ...engine, shell: this.shell ?? (this.loaded ? undefined : note) },
            settings,
            files: files.filesFor(document.uri, placeOf(uri, folder)),
            today: host.today(),
            checkScript: editor.shellcheck && this.parts.trusted() ? this.scriptChecker() : undefined,
          },
        );
        for (const { rule, error } of result?.failures ?? []) this.tell(`The rule ${rule} failed`, error);
        return result;
      } catch (error) {
        this.tell('Linting failed', error);
        return undefined;
      }
    };
    const result = again(text);
    const diagnostics = result?.diagnostics ?? [];
    const dialect = result && otherDialect(result.build);
    const config = isConfig(uri) ? this.parts.config.readText(uri.toString(), text) : file;
    return {
      checked: { version: document.version, text, diagnostics, dialect, run: editor.run, config, again },
      wantsShell,
    };
  }

  private scriptChecker(): ScriptChecker | undefined {
    return (this.scripts ??= this.parts.host.checkScripts?.(() => this.parts.scriptsChecked()));
  }

  private async loadShell(): Promise<void> {
    try {
      this.shell = await this.parts.host.loadShell();
    } catch (error) {
      this.tell('The shell parser could not be loaded, so scripts are not understood', error);
    } finally {
      this.loaded = true;
    }
  }

  /** Each failure once, and where it happened rather than the error's message, which may quote the document. */
  private tell(what: string, error: unknown): void {
    const name = error instanceof Error ? error.name : typeof error;
    const stack = error instanceof Error ? (error.stack ?? '') : '';
    const frames = stack.split('\n').filter(line => /^\s+at /.test(line));
    const message = [`${what} (${name}).`, ...frames.slice(0, 10)].join('\n');
    if (this.told.has(message)) return;
    this.told.add(message);
    this.parts.log(message);
  }
}

/**
 * Where a document may look for other files: its workspace folder, or its own folder when it is in none. Nowhere for
 * text without a place, and for old versions (`git:` and the like carry a query): their neighbours are not to be had.
 */
function placeOf(document: URI, folder: URI | undefined): Place | undefined {
  if (document.scheme === 'untitled' && folder) return { uri: folder, root: folder.path };
  if (document.query !== '' || !document.path.startsWith('/')) return undefined;
  const inFolder =
    folder && folder.scheme === document.scheme && folder.authority === document.authority ? folder.path : undefined;
  const own = document.path.slice(0, Math.max(1, document.path.lastIndexOf('/')));
  return { uri: document, root: inFolder !== undefined && isInside(inFolder, own) ? inFolder : own };
}
