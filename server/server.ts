/** The language server: connects the editor's requests to the linter. Runs wherever there is a connection. */
import {
  CodeActionTriggerKind,
  CodeLensRefreshRequest,
  type Connection,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  MarkupKind,
  type PublishDiagnosticsParams,
  ResponseError,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { URI } from 'vscode-uri';
import type { Diagnostic } from '../core/finding.ts';
import type { Engine } from '../core/linter.ts';
import { internalError } from '../workspace/findings.ts';
import { serveAnnotations } from './annotations.ts';
import { initializeResult, PARTIAL, watchFiles } from './capabilities.ts';
import { type Checked, Checker, type Host } from './checker.ts';
import { clientFiles } from './client-files.ts';
import { codeActions } from './code-actions.ts';
import { Comparisons } from './comparisons.ts';
import { workspaceEditOf } from './config-edits.ts';
import { ConfigHelp } from './config-help.ts';
import { ConfigProblems } from './config-problems.ts';
import { diagnosticOf, NEW_SOURCE, type OtherFile, SOURCE } from './convert.ts';
import { Diagnostics } from './diagnostics.ts';
import { offeredForDockerfile } from './dockerfile-features.ts';
import { type ExtractionContext, extracted, extractionActions } from './extraction.ts';
import { comparable, FileCache, type FileSource, folderUri, NO_SOURCE, normalized, uriAt } from './files.ts';
import { serveFormatting } from './formatting.ts';
import { hoverAt } from './hover.ts';
import { type ServedImages, serveImages } from './images.ts';
import { languageHover, serveFeatures } from './language-features.ts';
import { OtherProblems } from './other-problems.ts';
import {
  COMPARISONS,
  EXTRACT,
  type Extracted,
  FILES_CHANGED,
  type InitializationOptions,
  OTHER_EXTENSIONS,
  type OtherExtensions,
  SEVERITY_EDIT,
  type SeverityQuestion,
  type ShownComparisons,
} from './protocol.ts';
import { registerFeatures } from './registration.ts';
import { type EditorSettings, readSettings } from './settings.ts';
import { Models, Subjects } from './subjects.ts';

export interface ServerParts {
  readonly engine: Engine;
  readonly host: Host;
  /** When what a rule reports is fine, in Markdown, by rule. */
  readonly whenFine?: Readonly<Record<string, string>>;
  /** Reads files for editors that do not serve them themselves. */
  readonly disk?: FileSource;
}

/** Serves one editor until it disconnects. */
export function serve(connection: Connection, { engine, host, whenFine, disk }: ServerParts): void {
  const documents = new TextDocuments(TextDocument);
  let folders: readonly URI[] = [];
  let asked: InitializeParams['capabilities'] = {};
  let options: InitializationOptions = {};
  let source: FileSource = NO_SOURCE;
  /** What the editor last pushed, where it cannot be asked. */
  let pushedSettings: unknown;
  let trusted = true;
  let others: OtherExtensions = { docker: false, yaml: false };
  const settings = new Map<string, Promise<EditorSettings>>();

  /** Open documents by normalized URI; editors spell URIs in different ways. */
  const openTexts = new Map<string, TextDocument>();
  const files = new FileCache(
    { read: (uri, root) => source.read(uri, root), list: (uri, root) => source.list(uri, root) },
    uri => openTexts.get(uri)?.getText(),
    askers => invalidate(askers),
  );
  const models = new Models();
  let images: ServedImages | undefined;
  const comparisons = new Comparisons();
  const checker = new Checker({
    engine,
    host,
    files,
    settingsOf,
    folders: () => folders,
    log: message => connection.console.error(message),
    trusted: () => trusted,
    hasDockerExtension: () => others.docker,
    scriptsChecked: () => invalidate(),
    acrossFiles: path => images?.acrossFiles(path),
  });
  const pushes = (): boolean => options.push === true || asked.textDocument?.diagnostic === undefined;
  const publish = (params: PublishDiagnosticsParams): void => {
    try {
      connection.sendDiagnostics(params).catch(() => undefined);
    } catch {
      // The editor has gone away.
    }
  };
  const configProblems = new ConfigProblems((uri, diagnostics) =>
    publish({ uri: openTexts.get(uri)?.uri ?? uri, diagnostics }),
  );
  const otherProblems = new OtherProblems({
    publish: (uri, diagnostics) => publish({ uri: openTexts.get(uri)?.uri ?? uri, diagnostics }),
    // Where it is shown there is no hover of ours for the help.
    toLsp: (document, found) => diagnosticOf(document, found, relatedFrom(document.uri), true),
    isLinted: uri => {
      const checked = diagnostics.at(openTexts.get(uri)?.uri ?? uri);
      return checked !== undefined && (checked.language !== undefined || checked.isNamed);
    },
  });
  const showOthers = (): void => {
    configProblems.show(diagnostics.known);
    otherProblems.show(diagnostics.known);
  };
  const diagnostics = new Diagnostics({
    check: document => checker.check(document),
    failed: error => checker.logError('Publishing failed', error),
    publish(document, checked) {
      showOthers();
      if (!pushes() || configProblems.owns(document.uri)) return;
      publish({ uri: document.uri, version: checked.version, diagnostics: allToLsp(document, checked) });
    },
    closed(document) {
      openTexts.delete(normalized(document.uri));
      settings.delete(document.uri);
      files.forget(document.uri);
      files.openChanged(document.uri);
      showOthers();
      checker.keep(diagnostics.known.flatMap(one => one.config ?? []));
      if (pushes() && !configProblems.owns(document.uri)) publish({ uri: document.uri, diagnostics: [] });
    },
  });

  /** Something else than their text matters anew to these documents, or to all. */
  function invalidate(uris?: readonly string[]): void {
    diagnostics.invalidate(uris);
    if (!pushes() && asked.workspace?.diagnostics?.refreshSupport)
      void connection.languages.diagnostics.refresh().catch(() => undefined);
  }

  /** Settings decide what is shown beside the text. */
  function refreshAnnotations(): void {
    if (asked.workspace?.inlayHint?.refreshSupport)
      void connection.languages.inlayHint.refresh().catch(() => undefined);
    if (asked.workspace?.codeLens?.refreshSupport)
      void connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
  }

  function settingsOf(uri: string): Promise<EditorSettings> {
    let known = settings.get(uri);
    if (!known) settings.set(uri, (known = askSettings(uri)));
    return known;
  }

  async function askSettings(uri: string): Promise<EditorSettings> {
    if (!asked.workspace?.configuration) return readSettings(pushedSettings);
    try {
      return readSettings(await connection.workspace.getConfiguration({ scopeUri: uri, section: SOURCE }));
    } catch {
      return readSettings(pushedSettings);
    }
  }

  function toLsp(document: TextDocument, found: Diagnostic, checked: Checked): ReturnType<typeof diagnosticOf> {
    // Our own client shows the help in the hover.
    const shown = diagnosticOf(document, found, relatedFrom(document.uri), options.messagesShown !== true);
    return comparisons.isNew(document.uri, checked, found) ? { ...shown, source: NEW_SOURCE } : shown;
  }

  /** How places that findings of a document refer to are shown. */
  function relatedFrom(documentUri: string): { readonly supported: boolean; readonly otherFile: OtherFile } {
    const base = comparable(documentUri);
    const otherFile = (path: string): { uri: string; text: string } | undefined => {
      const uri = base && uriAt(base, path);
      const text = uri === undefined ? undefined : files.known(uri);
      return text === undefined ? undefined : { uri: uri!, text };
    };
    return { supported: asked.textDocument?.publishDiagnostics?.relatedInformation === true, otherFile };
  }

  /** What cannot be shown is a defect of ours: the document must not look clean because of it. */
  function allToLsp(document: TextDocument, checked: Checked): ReturnType<typeof toLsp>[] {
    try {
      return checked.diagnostics.map(one => toLsp(document, one, checked));
    } catch (error) {
      checker.logError('Findings could not be shown', error);
      return [diagnosticOf(TextDocument.create(document.uri, '', 0, ''), internalError(error))];
    }
  }

  connection.onInitialize((params): InitializeResult => {
    asked = params.capabilities;
    options = (params.initializationOptions as InitializationOptions | null | undefined) ?? {};
    trusted = options.trusted !== false;
    others = options.otherExtensions ?? others;
    pushedSettings = options.settings;
    const roots = params.workspaceFolders?.map(folder => folder.uri) ?? (params.rootUri ? [params.rootUri] : []);
    folders = roots.flatMap(uri => folderUri(uri) ?? []);
    if (options.servesFiles) source = clientFiles(connection);
    else if (disk) source = disk;
    return initializeResult(asked, pushes());
  });

  connection.onInitialized(() => {
    registerFeatures(connection, PARTIAL, asked);
    if (asked.workspace?.workspaceFolders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => folderUri(uri)?.toString()));
        const come = added.flatMap(({ uri }) => folderUri(uri) ?? []);
        folders = [...folders.filter(uri => !gone.has(uri.toString())), ...come];
        images?.changed();
        invalidate();
      });
    if (!options.servesFiles) watchFiles(connection, asked);
  });

  connection.onShutdown(() => {
    diagnostics.stopAll();
    images?.stop();
  });

  connection.onDidChangeConfiguration(({ settings: pushed }) => {
    const section = (pushed as Record<string, unknown> | null | undefined)?.[SOURCE];
    if (section !== undefined) pushedSettings = section;
    settings.clear();
    invalidate();
    refreshAnnotations();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    files.changed(changes.map(({ uri, type }) => ({ uri, listed: type !== FileChangeType.Changed })));
    const isForAll = changes.some(({ uri }) => /\/\.(?:gitignore|bakelint\.(?:ya?ml|json))$/.test(uri));
    images?.changed(isForAll ? undefined : changes.map(({ uri }) => uri));
  });
  connection.onNotification(FILES_CHANGED, () => {
    trusted = true;
    files.allChanged();
    invalidate();
  });

  connection.onNotification(COMPARISONS, (shown: ShownComparisons) => {
    const changed = comparisons.show(shown).flatMap(uri => openTexts.get(uri)?.uri ?? []);
    if (changed.length > 0) invalidate(changed);
  });
  connection.onNotification(OTHER_EXTENSIONS, (installed: OtherExtensions) => {
    others = installed;
    invalidate();
  });

  documents.onDidOpen(({ document }) => {
    if (!isNamed(document)) return;
    openTexts.set(normalized(document.uri), document);
    diagnostics.opened(document);
    files.openChanged(document.uri);
  });
  documents.onDidChangeContent(({ document }) => {
    if (!isNamed(document)) return;
    if (!diagnostics.isFresh(document)) diagnostics.edited(document.uri);
    files.openChanged(document.uri);
    images?.edited(document.uri);
  });
  documents.onDidSave(({ document }) => {
    diagnostics.saved(document.uri);
    images?.saved();
  });
  documents.onDidClose(({ document }) => {
    diagnostics.closed(document.uri);
    // What was not saved is gone, and nothing changes on disk.
    images?.changed([document.uri]);
  });

  connection.languages.diagnostics.on(async ({ textDocument, previousResultId }, token) => {
    const now = await diagnostics.current(textDocument.uri);
    if (token.isCancellationRequested) return cancelled();
    if (!now || configProblems.owns(textDocument.uri)) return { kind: 'full', items: [] };
    showOthers();
    if (now.resultId === previousResultId) return { kind: 'unchanged', resultId: now.resultId };
    return {
      kind: 'full',
      resultId: now.resultId,
      items: allToLsp(now.document, now.checked),
    };
  });

  connection.onCodeAction(async (params, token) => {
    if (token.isCancellationRequested) return cancelled();
    // The light bulb asks at every move of the cursor; where nothing is marked yet there is nothing to offer.
    const automatic = params.context.triggerKind === CodeActionTriggerKind.Automatic;
    const now = await diagnostics.current(params.textDocument.uri);
    if (token.isCancellationRequested) return cancelled();
    if (!now || (automatic && now.checked.diagnostics.length === 0)) return [];
    const names = now.checked.diagnostics.some(({ extractable }) => extractable)
      ? await checker.namesBeside(now.document)
      : undefined;
    if (token.isCancellationRequested) return cancelled();
    return (
      codeActions(now.document, now.checked, params, {
        versionedEdits: asked.workspace?.workspaceEdit?.documentChanges === true,
        openAt: uri => openTexts.get(normalized(uri)),
        isOurClient: options.servesFiles === true,
        configEdit: change => workspaceEditOf(change, asked),
        cancelled: () => token.isCancellationRequested,
        extractions(here) {
          const model = here.some(({ extractable }) => extractable) ? models.of(now.checked) : undefined;
          if (!model) return [];
          const subject = { document: now.document, ...model };
          return extractionActions(
            subject,
            here,
            found => toLsp(now.document, found, now.checked),
            extractionContext(names),
          );
        },
        toLsp: (document, found) => toLsp(document, found, now.checked),
      }) ?? cancelled()
    );
  });

  connection.onRequest(SEVERITY_EDIT, async ({ uri, rule, severity }: SeverityQuestion) => {
    const change = (await diagnostics.current(uri))?.checked.configEdit(rule, severity);
    return (change && workspaceEditOf(change, asked)) ?? null;
  });

  const extractionContext = (names: readonly string[] | undefined): ExtractionContext => ({
    client: asked.workspace?.workspaceEdit,
    canShow: options.servesFiles === true,
    names,
  });

  connection.onRequest(EXTRACT, async (uri: string): Promise<Extracted> => {
    const now = await diagnostics.current(uri);
    const model = now && models.of(now.checked);
    if (!model) return { refusal: 'This file is not linted.' };
    const names = await checker.namesBeside(now.document);
    return extracted({ document: now.document, ...model }, extractionContext(names));
  });

  connection.onHover(async ({ textDocument, position }, token) => {
    const help = configHelp.hover(textDocument.uri, position);
    if (help) return help;
    const now = await diagnostics.current(textDocument.uri);
    if (!now || token.isCancellationRequested) return undefined;
    const language = await subjects.at({ textDocument, position }, (subject, at) =>
      languageHover(subject, at, host.today()),
    );
    const markdown = asked.textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) === true;
    const offset = now.document.offsetAt(position);
    const style = { markdown, messagesShown: options.messagesShown === true };
    return hoverAt(now.document, offset, now.checked, engine.rules, style, {
      whenFine,
      language: language ?? undefined,
    });
  });

  // VS Code reads the schema of JSON itself, and its YAML extension that of YAML.
  const configHelp = new ConfigHelp(engine.rules, {
    document: uri => openTexts.get(normalized(uri)),
    isServed: isJson => (isJson ? options.servesFiles !== true : !others.yaml),
  });
  const subjects = new Subjects({
    models,
    current: uri => diagnostics.current(uri),
    offered: async (uri, { language }, editor) =>
      language === 'dockerfile' ? offeredForDockerfile(editor, await settingsOf(uri), others.docker) : editor,
    open: () => [...openTexts.values()].map(({ uri }) => uri),
    known: uri => files.known(uri),
  });
  serveFeatures(connection, subjects, configHelp);
  serveFormatting(connection, subjects);
  images = serveImages(connection, {
    engine,
    source: () => source,
    openText: uri => openTexts.get(uri)?.getText(),
    document: uri => openTexts.get(uri),
    folders: () => folders,
    news: uris => {
      const open = uris.flatMap(uri => openTexts.get(normalized(uri))?.uri ?? []);
      if (open.length > 0) invalidate(open);
    },
  });
  serveAnnotations(connection, { subjects, settingsOf, canShowReferences: () => options.servesFiles === true });

  documents.listen(connection);
  connection.listen();
}

function cancelled(): ResponseError<never> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was canceled.');
}

/** A document whose URI is not a string has no name to report anything under. */
function isNamed({ uri }: TextDocument): boolean {
  return typeof uri === 'string';
}
