/** Findings as the editor gets them. */
import type { Diagnostic as LspDiagnostic } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Diagnostic } from '../core/finding.ts';
import { internalError } from '../workspace/findings.ts';
import type { Checked } from './checked.ts';
import type { Comparisons } from './comparisons.ts';
import { diagnosticOf, NEW_SOURCE, type OtherFile } from './convert.ts';
import { comparable, type FileCache, uriAt } from './files.ts';

export interface ShowingParts {
  readonly files: Pick<FileCache, 'known'>;
  readonly comparisons: Comparisons;
  /** The editor shows places that belong to a finding. */
  showsRelated(): boolean;
  /** The editor has a hover of ours for the help. */
  hasHover(): boolean;
  failed(error: unknown): void;
}

export class Showing {
  constructor(private readonly parts: ShowingParts) {}

  one(document: TextDocument, found: Diagnostic, checked: Checked): LspDiagnostic {
    const { comparisons, hasHover } = this.parts;
    // Our own client shows the help in the hover.
    const shown = diagnosticOf(document, found, this.relatedFrom(document.uri), !hasHover());
    return comparisons.isNew(document.uri, checked, found) ? { ...shown, source: NEW_SOURCE } : shown;
  }

  /** Where it is shown there is no hover of ours for the help. */
  closed(document: TextDocument, found: Diagnostic): LspDiagnostic {
    return diagnosticOf(document, found, this.relatedFrom(document.uri), true);
  }

  /** What cannot be shown is a defect of ours: the document must not look clean because of it. */
  all(document: TextDocument, checked: Checked): LspDiagnostic[] {
    try {
      return checked.diagnostics.map(one => this.one(document, one, checked));
    } catch (error) {
      this.parts.failed(error);
      return [diagnosticOf(TextDocument.create(document.uri, '', 0, ''), internalError(error))];
    }
  }

  /** How places that findings of a document refer to are shown. */
  private relatedFrom(documentUri: string): { readonly supported: boolean; readonly otherFile: OtherFile } {
    const { files, showsRelated } = this.parts;
    const base = comparable(documentUri);
    const otherFile = (path: string): { uri: string; text: string } | undefined => {
      const uri = base && uriAt(base, path);
      const text = uri === undefined ? undefined : files.known(uri);
      return text === undefined ? undefined : { uri: uri!, text };
    };
    return { supported: showsRelated(), otherFile };
  }
}
