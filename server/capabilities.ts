/** What the server tells an editor that it can, and what it asks the editor to watch. */
import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  PositionEncodingKind,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { CONFIG_NAMES } from '../core/config/read.ts';
import { ANNOTATIONS } from './annotations.ts';
import { CODE_ACTION_KINDS } from './code-actions.ts';
import { SOURCE } from './convert.ts';
import { FORMATTING } from './formatting.ts';
import { FEATURES } from './language-features.ts';
import { capabilitiesOf } from './registration.ts';
import { COMMANDS } from './workspace-commands.ts';

declare const BAKELINT_VERSION: string | undefined;

/** Features of Packer templates only. */
export const PARTIAL = [...FORMATTING, ...ANNOTATIONS];

/** `pushes`: diagnostics are sent without being asked for. `hasCommands`: the client has our commands itself. */
export function initializeResult(
  asked: InitializeParams['capabilities'],
  pushes: boolean,
  hasCommands: boolean,
): InitializeResult {
  const version = typeof BAKELINT_VERSION === 'string' ? BAKELINT_VERSION : undefined;
  return {
    serverInfo: { name: SOURCE, ...(version === undefined ? {} : { version }) },
    capabilities: {
      positionEncoding: PositionEncodingKind.UTF16,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      codeActionProvider: { codeActionKinds: [...CODE_ACTION_KINDS] },
      hoverProvider: true,
      ...FEATURES,
      ...capabilitiesOf(PARTIAL, asked),
      ...(hasCommands ? {} : { executeCommandProvider: { commands: [...COMMANDS] } }),
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      ...(pushes
        ? {}
        : { diagnosticProvider: { identifier: SOURCE, interFileDependencies: true, workspaceDiagnostics: false } }),
    },
  };
}

/** Files whose changes matter to others, for editors that watch by pattern. */
const WATCHED = [
  `**/{${CONFIG_NAMES.join(',')}}`,
  '**/{.gitignore,.dockerignore,*.dockerignore}',
  '**/*.{pkr.hcl,pkrvars.hcl,pkr.json,pkrvars.json,sh,bash,ps1,cfg,yaml,yml,tpl,pkrtpl,pkrtpl.hcl}',
  '**/{user-data,vendor-data,meta-data}',
  '**/{Dockerfile*,Containerfile*,*.Dockerfile,*.dockerfile,Makefile,docker-bake.*,.env}',
];

export function watchFiles(connection: Connection, asked: InitializeParams['capabilities']): void {
  if (asked.workspace?.didChangeWatchedFiles?.dynamicRegistration)
    void connection.client
      .register(DidChangeWatchedFilesNotification.type, { watchers: WATCHED.map(globPattern => ({ globPattern })) })
      .catch(() => undefined);
}
