/** The language server: connects the editor's requests to the linter. Runs wherever there is a connection. */
import {
  CodeLensRefreshRequest,
  type Connection,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  MarkupKind,
  type PublishDiagnosticsParams,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { URI } from 'vscode-uri';
import type { Engine } from '../core/linter.ts';
import { serveActions } from './actions.ts';
import { serveAnnotations } from './annotations.ts';
import { cancelled } from './cancelled.ts';
import { initializeResult, PARTIAL, watchFiles } from './capabilities.ts';
import { Checker, type Host } from './checker.ts';
import { clientFiles } from './client-files.ts';
import { Comparisons } from './comparisons.ts';
import { ConfigHelp } from './config-help.ts';
import { ConfigProblems } from './config-problems.ts';
import { SOURCE } from './convert.ts';
import { Diagnostics } from './diagnostics.ts';
import { offeredForDockerfile } from './dockerfile-features.ts';
import { FileCache, type FileSource, folderUri, NO_SOURCE, normalized } from './files.ts';
import { serveFormatting } from './formatting.ts';
import { hoverAt, type PageExcerpts } from './hover.ts';
import { type ServedImages, serveImages } from './images.ts';
import { languageHover, serveFeatures } from './language-features.ts';
import { OtherProblems } from './other-problems.ts';
import {
  COMPARISONS,
  FILES_CHANGED,
  type InitializationOptions,
  OTHER_EXTENSIONS,
  type OtherExtensions,
  type ShownComparisons,
  STATUS,
} from './protocol.ts';
import { registerFeatures } from './registration.ts';
import { SettingsOf } from './settings-of.ts';
import { Showing } from './showing.ts';
import { StatusReports } from './status.ts';
import { Models, Subjects } from './subjects.ts';
import { SymbolIndex } from './symbol-index.ts';
import { decidesWhatIsIgnored } from './which-files.ts';
import { serveWorkspaceCommands } from './workspace-commands.ts';
import { folderOf, WorkspaceLint } from './workspace-lint.ts';
import { serveWorkspaceSymbols } from './workspace-symbols.ts';

export interface ServerParts {
  readonly engine: Engine;
  readonly host: Host;
  /** What pages of rules say. */
  readonly pages?: PageExcerpts;
  /** Reads files for editors that do not serve them themselves. */
  readonly disk?: FileSource;
}

/** Serves one editor until it disconnects. */
export function serve(connection: Connection, { engine, host, pages, disk }: ServerParts): void {
  const documents = new TextDocuments(TextDocument);
  let folders: readonly URI[] = [];
  let asked: InitializeParams['capabilities'] = {};
  let options: InitializationOptions = {};
  let source: FileSource = NO_SOURCE;
  let trusted = true;
  let others: OtherExtensions = { docker: false, yaml: false };
  /** Open documents by normalized URI; editors spell URIs in different ways. */
  const openTexts = new Map<string, TextDocument>();
  const settings = new SettingsOf({
    ask: uri =>
      asked.workspace?.configuration
        ? connection.workspace.getConfiguration({ scopeUri: uri, section: SOURCE })
        : undefined,
    scopeOf: uri => (openTexts.has(normalized(uri)) ? uri : (folderOf(folders, uri)?.toString() ?? uri)),
  });
  const files = new FileCache(
    { read: (uri, root) => source.read(uri, root), list: (uri, root) => source.list(uri, root) },
    uri => openTexts.get(uri)?.getText(),
    askers => {
      invalidate(askers);
      workspaceLint.newsFor(askers);
    },
  );
  const models = new Models();
  let images: ServedImages | undefined;
  const comparisons = new Comparisons();
  const showing = new Showing({
    files,
    comparisons,
    showsRelated: () => asked.textDocument?.publishDiagnostics?.relatedInformation === true,
    hasHover: () => options.messagesShown === true,
    failed: error => checker.logError('Findings could not be shown', error),
  });
  const checker = new Checker({
    engine,
    host,
    files,
    settingsOf: uri => settings.of(uri),
    folders: () => folders,
    log: message => connection.console.error(message),
    trusted: () => trusted,
    hasDockerExtension: () => others.docker,
    scriptsChecked: () => diagnosticsChanged(),
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
  const statusReports = new StatusReports(
    status => void connection.sendNotification(STATUS, status).catch(() => undefined),
  );
  const configProblems = new ConfigProblems((uri, diagnostics) =>
    publish({ uri: openTexts.get(uri)?.uri ?? uri, diagnostics }),
  );
  const otherProblems = new OtherProblems({
    publish: (uri, diagnostics) => publish({ uri: openTexts.get(uri)?.uri ?? uri, diagnostics }),
    toLsp: (document, found) => showing.closed(document, found),
    ofClosed: uri => workspaceLint.results.of(uri),
    isLinted: uri => {
      const checked = diagnostics.at(openTexts.get(uri)?.uri ?? uri);
      return checked !== undefined && (checked.language !== undefined || checked.isNamed);
    },
    pushes,
  });
  const showOthers = (): void => {
    configProblems.show([...workspaceLint.configs.map(config => ({ config })), ...diagnostics.known]);
    otherProblems.show(diagnostics.known);
  };
  const workspaceLint = new WorkspaceLint({
    engine,
    source: () => source,
    openText: uri => openTexts.get(uri)?.getText(),
    files,
    check: (document, closed) => checker.check(document, closed),
    folders: () => folders,
    settingsOf: uri => settings.of(uri),
    toLsp: (document, found) => showing.closed(document, found),
    show(uris) {
      otherProblems.renew(uris);
      showOthers();
    },
    acrossRead: async () => images?.acrossRead(),
  });
  const diagnostics = new Diagnostics({
    check: document => checker.check(document),
    failed: error => checker.logError('Publishing failed', error),
    publish(document, checked) {
      showOthers();
      if (options.servesFiles) statusReports.checked(document.uri, checked);
      if (!pushes() || configProblems.owns(document.uri)) return;
      publish({ uri: document.uri, version: checked.version, diagnostics: showing.all(document, checked) });
    },
    closed(document) {
      openTexts.delete(normalized(document.uri));
      statusReports.closed(document.uri);
      settings.forget(document.uri);
      files.forget(document.uri);
      files.openChanged(document.uri);
      // First: what other documents say of it is shown again.
      if (pushes() && !configProblems.owns(document.uri)) publish({ uri: document.uri, diagnostics: [] });
      showOthers();
      checker.keep([...workspaceLint.configs, ...diagnostics.known.flatMap(one => one.config ?? [])]);
      workspaceLint.onDisk(document.uri);
    },
  });

  /** Something else than their text matters anew to these documents, or to all, open or not. */
  function invalidate(uris?: readonly string[]): void {
    diagnosticsChanged(uris);
    if (!uris) workspaceLint.everythingChanged();
  }

  /** The same for open documents. */
  function diagnosticsChanged(uris?: readonly string[]): void {
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

  connection.onInitialize((params): InitializeResult => {
    asked = params.capabilities;
    options = (params.initializationOptions as InitializationOptions | null | undefined) ?? {};
    trusted = options.trusted !== false;
    others = options.otherExtensions ?? others;
    settings.pushed = options.settings;
    const roots = params.workspaceFolders?.map(folder => folder.uri) ?? (params.rootUri ? [params.rootUri] : []);
    folders = roots.flatMap(uri => folderUri(uri) ?? []);
    if (options.servesFiles) source = clientFiles(connection);
    else if (disk) source = disk;
    return initializeResult(asked, pushes(), options.servesFiles === true);
  });

  connection.onInitialized(() => {
    registerFeatures(connection, PARTIAL, asked);
    if (asked.workspace?.workspaceFolders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => folderUri(uri)?.toString()));
        const come = added.flatMap(({ uri }) => folderUri(uri) ?? []);
        folders = [...folders.filter(uri => !gone.has(uri.toString())), ...come];
        images?.changed();
        symbols.everythingChanged();
        invalidate();
      });
    if (!options.servesFiles) watchFiles(connection, asked);
  });

  connection.onShutdown(() => {
    diagnostics.stopAll();
    images?.stop();
    workspaceLint.clear();
  });

  connection.onDidChangeConfiguration(({ settings: pushed }) => {
    const section = (pushed as Record<string, unknown> | null | undefined)?.[SOURCE];
    if (section !== undefined) settings.pushed = section;
    settings.forgetAll();
    symbols.everythingChanged();
    invalidate();
    refreshAnnotations();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    files.changed(changes.map(({ uri, type }) => ({ uri, listed: type !== FileChangeType.Changed })));
    workspaceLint.changed(
      changes.map(({ uri, type }) => ({
        uri,
        listed: type !== FileChangeType.Changed,
        gone: type === FileChangeType.Deleted,
      })),
    );
    symbols.changed(changes.map(({ uri, type }) => ({ uri, listed: type !== FileChangeType.Changed })));
    const isForAll = changes.some(({ uri }) => decidesWhatIsIgnored(uri));
    images?.changed(isForAll ? undefined : changes.map(({ uri }) => uri));
  });
  connection.onNotification(FILES_CHANGED, () => {
    trusted = true;
    files.allChanged();
    symbols.everythingChanged();
    invalidate();
  });

  connection.onNotification(COMPARISONS, (shown: ShownComparisons) => {
    const changed = comparisons.show(shown).flatMap(uri => openTexts.get(uri)?.uri ?? []);
    if (changed.length > 0) invalidate(changed);
  });
  connection.onNotification(OTHER_EXTENSIONS, (installed: OtherExtensions) => {
    others = installed;
    symbols.everythingChanged();
    invalidate();
  });

  documents.onDidOpen(({ document }) => {
    if (!isNamed(document)) return;
    openTexts.set(normalized(document.uri), document);
    // What is pushed for the open document takes its place.
    if (pushes()) otherProblems.forget(normalized(document.uri));
    workspaceLint.opened(document.uri);
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
    symbols.changed([{ uri: document.uri, listed: false }]);
    workspaceLint.onDisk(document.uri);
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
    return { kind: 'full', resultId: now.resultId, items: showing.all(now.document, now.checked) };
  });

  serveActions(connection, {
    current: uri => diagnostics.current(uri),
    around: document => checker.around(document),
    models,
    toLsp: (document, found, checked) => showing.one(document, found, checked),
    openAt: uri => openTexts.get(normalized(uri)),
    client: () => asked,
    isOurClient: () => options.servesFiles === true,
    asksWhy: () => options.asksWhy === true,
    inConfig: (document, range) => configProblems.actions(document, range, engine.rules),
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
      pages,
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
      language === 'dockerfile' ? offeredForDockerfile(editor, await settings.of(uri), others.docker) : editor,
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
      workspaceLint.newsFor(uris);
      const open = uris.flatMap(uri => openTexts.get(normalized(uri))?.uri ?? []);
      if (open.length > 0) invalidate(open);
    },
  });
  const symbols = new SymbolIndex({
    engine,
    source: () => source,
    openText: uri => openTexts.get(uri)?.getText(),
    folders: () => folders,
    isWatched: () =>
      options.servesFiles === true || asked.workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    async offered(folder, language, editor) {
      const own = await settings.of(folder.toString());
      if (!own.enable) return undefined;
      return language === 'dockerfile' ? offeredForDockerfile(editor, own, others.docker) : editor;
    },
  });
  serveWorkspaceSymbols(connection, { subjects, index: symbols, isOpen: uri => openTexts.has(uri) });
  serveAnnotations(connection, {
    subjects,
    settingsOf: uri => settings.of(uri),
    canShowReferences: () => options.servesFiles === true,
  });

  serveWorkspaceCommands(connection, {
    lint: workspaceLint,
    createsProgress: () => asked.window?.workDoneProgress === true,
    async refusal() {
      if (folders.length === 0) return 'Open a folder to lint its files.';
      if (source === NO_SOURCE) return 'The files of this workspace cannot be read here.';
      const all = await Promise.all(folders.map(uri => settings.of(uri.toString())));
      return all.every(({ enable }) => !enable) ? 'Bakelint is off: see the setting `bakelint.enable`.' : undefined;
    },
  });

  documents.listen(connection);
  connection.listen();
}

/** A document whose URI is not a string has no name to report anything under. */
function isNamed({ uri }: TextDocument): boolean {
  return typeof uri === 'string';
}
