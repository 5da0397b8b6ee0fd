/** Which findings of a text were not there in an older one, for the review of a change. */
import type { Diagnostic } from '../core/finding.ts';

/** A text and what was found in it. */
export interface LintedText {
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The findings of `now` that `before` had not. A finding is known again by its rule and by the text of its line, wherever
 * that line is now; one on a line that was changed is new.
 */
export function newFindings(now: LintedText, before: LintedText): ReadonlySet<Diagnostic> {
  const left = new Map<string, number>();
  for (const [, key] of keyed(before)) left.set(key, (left.get(key) ?? 0) + 1);
  const found = new Set<Diagnostic>();
  for (const [diagnostic, key] of keyed(now)) {
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    else found.add(diagnostic);
  }
  return found;
}

/** Spaces say nothing about which finding it is. */
function keyed({ diagnostics, text }: LintedText): readonly (readonly [Diagnostic, string])[] {
  return diagnostics.map(one => {
    const start = text.lastIndexOf('\n', one.span.start - 1) + 1;
    const found = text.indexOf('\n', start);
    const line = text.slice(start, Math.min(found < 0 ? text.length : found, start + LONGEST_LINE));
    return [one, `${one.rule}\n${line.replace(/\s+/g, ' ').trim()}`] as const;
  });
}

/** So much of a line is compared, in UTF-16 code units. */
const LONGEST_LINE = 1_000;
