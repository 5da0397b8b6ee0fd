/**
 * Shows what was found in files that are not open and linted themselves: those that open documents name (the scripts of
 * a template), open or not, and all files of the workspace once they were linted on request.
 */
import type { Diagnostic } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Diagnostic as Found } from '../core/finding.ts';
import type { Checked, CheckedOther } from './checked.ts';
import type { NamedFindings } from './closed-results.ts';

export interface OtherProblemsParts {
  publish(uri: string, diagnostics: Diagnostic[]): void;
  toLsp(document: TextDocument, found: Found): Diagnostic;
  /** Whether a document is open and linted itself. */
  isLinted(uri: string): boolean;
  /** Whether the findings of such a document are published too, so that they replace what is shown of it. */
  pushes(): boolean;
  /** What closed files say of a file. */
  ofClosed(uri: string): readonly NamedFindings[];
}

export class OtherProblems {
  /** What open documents say, by URI. */
  private fromOpen: ReadonlyMap<string, readonly NamedFindings[]> = new Map();
  /** What is shown now, by URI: the findings as text, to see whether they changed. */
  private readonly shown = new Map<string, string>();

  constructor(private readonly parts: OtherProblemsParts) {}

  /** Brings what is shown in line with what the open documents say of the files that they name. */
  show(open: readonly Checked[]): void {
    const before = this.fromOpen;
    if (before.size === 0 && open.every(({ inOtherFiles }) => inOtherFiles.length === 0)) return;
    const found = new Map<string, NamedFindings[]>();
    for (const one of open.flatMap(({ inOtherFiles }) => inOtherFiles)) {
      const ofFile = found.get(one.uri) ?? [];
      found.set(one.uri, ofFile);
      ofFile.push(namedFindings(one, this.parts.toLsp));
    }
    this.fromOpen = found;
    this.renew([...new Set([...found.keys(), ...before.keys()])]);
  }

  /** Other things are known of these files. */
  renew(uris: readonly string[]): void {
    for (const uri of uris) {
      // What a linted document shows is its own.
      if (this.parts.isLinted(uri)) {
        if (this.shown.delete(uri) && !this.parts.pushes()) this.parts.publish(uri, []);
        continue;
      }
      const diagnostics = together([...this.parts.ofClosed(uri), ...(this.fromOpen.get(uri) ?? [])]);
      const text = diagnostics.length === 0 ? undefined : JSON.stringify(diagnostics);
      if (this.shown.get(uri) === text) continue;
      if (text === undefined) this.shown.delete(uri);
      else this.shown.set(uri, text);
      this.parts.publish(uri, diagnostics);
    }
  }

  /** What was shown of a file is gone, without a word from here. */
  forget(uri: string): void {
    this.shown.delete(uri);
  }
}

export function namedFindings(
  { uri, text, diagnostics }: CheckedOther,
  toLsp: OtherProblemsParts['toLsp'],
): NamedFindings {
  const document = TextDocument.create(uri, '', 0, text);
  return byPlace(diagnostics, one => toLsp(document, one));
}

/** Findings by what makes them the same from wherever they come. */
export function byPlace(found: readonly Found[], toLsp: (one: Found) => Diagnostic): NamedFindings {
  return new Map(
    found.map(one => [`${one.rule} ${one.span.start} ${one.span.end} ${one.message}`, toLsp(one)] as const),
  );
}

/** Each finding once, in the order of the file. */
function together(all: readonly NamedFindings[]): Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  for (const [key, one] of all.flatMap(own => [...own])) {
    const known = found.get(key);
    found.set(key, known ? joined(known, one) : one);
  }
  const start = ({ range }: Diagnostic): number => range.start.line * 2 ** 20 + range.start.character;
  return [...found.values()].sort((a, b) => start(a) - start(b));
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
