/** What was found in a document, for those who show it. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { LanguageId } from '../core/build.ts';
import type { Diagnostic } from '../core/finding.ts';
import type { OtherDialect } from '../languages/cloud-init/forms.ts';
import type { ConfigFile } from '../workspace/configuration.ts';
import type { LeftOut } from '../workspace/directories.ts';
import { internalError } from '../workspace/findings.ts';
import type { Linted } from '../workspace/lint.ts';
import type { ConfigEditor } from './config-edits.ts';
import type { EditorSettings } from './settings.ts';

/** What was found in one version of a document. */
export interface Checked {
  readonly version: number;
  readonly text: string;
  /** In the order of the document; empty for documents that are not ours, ignored or switched off. */
  readonly diagnostics: readonly Diagnostic[];
  /** What was found in files that the document names, without those that are left out. */
  readonly inOtherFiles: readonly CheckedOther[];
  /** Set where nothing is found because another program than cloud-init reads the document. */
  readonly dialect: OtherDialect | undefined;
  /** Set where nothing is found in a document of ours because it is ignored. */
  readonly leftOut: LeftOut | undefined;
  readonly run: EditorSettings['run'];
  /** The configuration that was used, or that the document itself is. */
  readonly config: UsedConfig | undefined;
  /** `undefined` for a document that is not linted or could not be read, and for one of no language of ours. */
  readonly language: LanguageId | undefined;
  /** Whether it is in no language of ours and linted for the documents that name it. */
  readonly isNamed: boolean;
  /** For a rule that reports something in the document. */
  readonly configEdit: ConfigEditor;
  /** A file around the document as it was read for it; `undefined` where a fix may not change it. */
  around(path: string): Pick<CheckedOther, 'uri' | 'text'> | undefined;
  /**
   * Lints another text as if it were this document's, with other texts of the files around it, by their paths;
   * `undefined` when the document is not linted.
   */
  again(text: string, others?: ReadonlyMap<string, string>): Linted | undefined;
}

/** A file that a document names, as it was read for it, and what was found in it. */
export interface CheckedOther {
  readonly uri: string;
  readonly text: string;
  /** In the order of the file; spans without a `file` are in it. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A configuration and its URI. */
export interface UsedConfig {
  readonly uri: string;
  readonly file: ConfigFile;
}

/** What is shown of a document that could not be linted. */
export function failed(document: TextDocument, error: unknown): Checked {
  return {
    version: document.version,
    text: document.getText(),
    diagnostics: [internalError(error)],
    inOtherFiles: [],
    dialect: undefined,
    leftOut: undefined,
    run: 'onType',
    config: undefined,
    configEdit: () => undefined,
    language: undefined,
    isNamed: false,
    around: () => undefined,
    again: () => undefined,
  };
}
