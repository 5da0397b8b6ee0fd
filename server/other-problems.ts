/**
 * Shows what was found in files that open documents name (the scripts of a template), in those files, whether they are
 * open or not. Files that are linted as documents of their own show what is found in them themselves.
 */
import type { Diagnostic } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Diagnostic as Found } from '../core/finding.ts';
import type { Checked } from './checker.ts';

export interface OtherProblemsParts {
  publish(uri: string, diagnostics: Diagnostic[]): void;
  toLsp(document: TextDocument, found: Found): Diagnostic;
  /** Whether a document is open and linted itself. */
  isLinted(uri: string): boolean;
}

export class OtherProblems {
  /** What is shown now, by URI: the findings as text, to see whether they changed. */
  private readonly shown = new Map<string, string>();

  constructor(private readonly parts: OtherProblemsParts) {}

  /** Brings what is shown in line with what the open documents say of the files that they name. */
  show(open: readonly Checked[]): void {
    if (this.shown.size === 0 && open.every(({ inOtherFiles }) => inOtherFiles.length === 0)) return;
    const found = new Map<string, Map<string, Diagnostic>>();
    for (const { uri, text, diagnostics } of open.flatMap(({ inOtherFiles }) => inOtherFiles)) {
      if (this.parts.isLinted(uri)) continue;
      const document = TextDocument.create(uri, '', 0, text);
      const ofFile = found.get(uri) ?? new Map<string, Diagnostic>();
      found.set(uri, ofFile);
      for (const one of diagnostics) {
        const key = `${one.rule} ${one.span.start} ${one.span.end} ${one.message}`;
        const known = ofFile.get(key);
        ofFile.set(key, known ? joined(known, this.parts.toLsp(document, one)) : this.parts.toLsp(document, one));
      }
    }
    for (const [uri, ofFile] of found) {
      const diagnostics = [...ofFile.values()];
      const text = JSON.stringify(diagnostics);
      if (this.shown.get(uri) === text) continue;
      this.shown.set(uri, text);
      this.parts.publish(uri, diagnostics);
    }
    for (const uri of [...this.shown.keys()].filter(uri => !found.has(uri))) {
      this.shown.delete(uri);
      // What a linted document shows is its own.
      if (!this.parts.isLinted(uri)) this.parts.publish(uri, []);
    }
  }
}

/** A finding that several documents lead to, with the places in all of them. */
function joined(known: Diagnostic, other: Diagnostic): Diagnostic {
  const places = [...(known.relatedInformation ?? []), ...(other.relatedInformation ?? [])];
  const seen = new Set<string>();
  const relatedInformation = places.filter(place => {
    const key = JSON.stringify(place);
    return !seen.has(key) && seen.add(key);
  });
  return relatedInformation.length > 0 ? { ...known, relatedInformation } : known;
}
