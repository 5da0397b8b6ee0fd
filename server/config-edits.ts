/** Changes the severity of a rule in the configuration file that holds for a document, or in a new one. */
import type { InitializeParams, WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { severityEdit } from '../core/config/edit.ts';
import { CONFIG_NAMES } from '../core/config/read.ts';
import type { Severity } from '../core/finding.ts';
import { isInside, nameOf, pathIn } from '../core/path.ts';
import type { Rule } from '../core/rule.ts';
import type { Edit } from '../core/text.ts';
import type { Directory } from '../workspace/directories.ts';
import { textEditOf } from './convert.ts';
import { uriAt } from './files.ts';
import type { DocumentLocation } from './location.ts';
import type { EditorSettings } from './settings.ts';

/** A configuration file and what becomes of its text. */
export interface ConfigEdit {
  readonly uri: string;
  /** `.bakelint.yaml` */
  readonly name: string;
  /** There is no such file yet. */
  readonly isNew: boolean;
  readonly text: string;
  readonly edit: Edit;
}

/** Writes the edit after which a rule has a severity; `undefined` where no edit of a configuration does that. */
export type ConfigEditor = (rule: string, severity: Severity | 'off') => ConfigEdit | undefined;

/** For a document in a place. What the editor's own settings say of a rule wins over every file. */
export function configEditor(
  place: DocumentLocation,
  { config, path, repository }: Directory,
  settings: EditorSettings,
  rules: readonly Rule[],
): ConfigEditor {
  const isInRepository = repository !== undefined && (place.base === undefined || isInside(place.base, repository));
  const directory = isInRepository ? repository : (place.base ?? path);
  const target = config?.path ?? pathIn(directory, CONFIG_NAMES[0]!);
  const uri = place.reach && uriAt(place.reach.home, target);
  const text = config?.text ?? '';
  // A file that is there and could not be read is not overwritten.
  const isUnread = config !== undefined && text === '' && config.problems.length > 0;
  return (id, severity) => {
    if (uri === undefined || isUnread || Object.hasOwn(settings.rules, id)) return undefined;
    const isJson = target.endsWith('.json');
    const edit = severityEdit(text, { id, severity, isJson }, rules);
    return edit && { uri, name: nameOf(target), isNew: config === undefined, text, edit };
  };
}

/** The edit for an editor; `undefined` for one that cannot make a new file. */
export function workspaceEditOf(
  { edit, isNew, text, uri }: ConfigEdit,
  client: InitializeParams['capabilities'],
): WorkspaceEdit | undefined {
  const can = client.workspace?.workspaceEdit;
  const edits = [textEditOf(TextDocument.create(uri, 'yaml', 0, text), edit)];
  if (!can?.documentChanges) return isNew ? undefined : { changes: { [uri]: edits } };
  if (isNew && !can.resourceOperations?.includes('create')) return undefined;
  const change = { textDocument: { uri, version: null }, edits };
  return {
    documentChanges: isNew ? [{ kind: 'create', uri, options: { ignoreIfExists: true } }, change] : [change],
  };
}
