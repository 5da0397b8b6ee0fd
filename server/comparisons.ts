/** The comparisons that the editor shows, and the findings that the changes in them bring. */
import type { Diagnostic } from '../core/finding.ts';
import { newFindings } from '../workspace/new-findings.ts';
import type { Checked } from './checked.ts';
import { normalized } from './files.ts';
import type { ShownComparisons } from './protocol.ts';

export class Comparisons {
  /** The old text by the normalized URI of the document on the new side. */
  private originals = new Map<string, string>();
  private readonly known = new WeakMap<
    Checked,
    { readonly original: string; readonly found: ReadonlySet<Diagnostic> }
  >();

  /** Takes over what is shown now. @returns the normalized URIs of the documents for which that is something else */
  show({ comparisons }: ShownComparisons): readonly string[] {
    const originals = new Map(comparisons.map(({ uri, original }) => [normalized(uri), original]));
    const uris = new Set([...this.originals.keys(), ...originals.keys()]);
    const changed = [...uris].filter(uri => this.originals.get(uri) !== originals.get(uri));
    this.originals = originals;
    return changed;
  }

  /** Whether a change brought a finding; false for a document that is not compared. The old text is linted once. */
  isNew(uri: string, checked: Checked, found: Diagnostic): boolean {
    const original = this.originals.get(normalized(uri));
    if (original === undefined) return false;
    let known = this.known.get(checked);
    if (known?.original !== original) {
      const before = { text: original, diagnostics: checked.again(original)?.diagnostics ?? [] };
      known = { original, found: newFindings(checked, before) };
      this.known.set(checked, known);
    }
    return known.found.has(found);
  }
}
