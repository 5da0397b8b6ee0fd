import type { LanguageId } from '../core/build.ts';
import type { Diagnostic, FixSafety, Severity } from '../core/finding.ts';
import { narrowed } from '../core/narrow.ts';
import type { Masks } from '../facts/secrets/masking/masks.ts';
import { Lines, type Position, type Range } from '../node/lines.ts';

/** What is reported of one file. Everything in it may be printed but `text`, which goes through `masks` first. */
export interface FileReport {
  /** Relative to the working directory where that is above it, with `/`. */
  readonly path: string;
  /** `script` for a file that a document names and that is in no language of its own. */
  readonly language: LanguageId | 'script' | 'config' | 'unknown';
  readonly problems: readonly Problem[];
  readonly lines: Lines;
  readonly masks: Masks;
}

/** A finding with lines and columns. */
export interface Problem {
  readonly rule: string;
  /** The policies that its rule serves; none for what the command line itself says of a file. */
  readonly policies: readonly string[];
  readonly severity: Severity;
  readonly message: string;
  readonly help: string | undefined;
  readonly range: Range;
  /** The same place as offsets in the file. */
  readonly span: { readonly start: number; readonly end: number };
  readonly related: readonly RelatedLocation[];
  readonly fixes: readonly ProblemFix[];
  readonly url: string;
}
export interface RelatedLocation {
  readonly message: string;
  readonly path: string;
  /** `undefined` when the text of that file cannot be had. */
  readonly range: Range | undefined;
}
export interface ProblemFix {
  readonly title: string;
  readonly safety: FixSafety;
  /** As small as can be; `undefined` when they would still repeat a secret: then only an editor shows them. */
  readonly edits: () => readonly { readonly range: Range; readonly newText: string }[] | undefined;
}

/** A whole run. */
export interface Report {
  readonly files: readonly FileReport[];
  /** Problems that fixes took away. */
  readonly fixed: number;
  /** Problems that are not reported because they are not new. */
  readonly known: number;
  /** Lines for the user about what could not be done. */
  readonly errors: readonly string[];
}

/** How many there are of each severity. */
export function countOf(files: readonly Pick<FileReport, 'problems'>[]): Record<Severity, number> {
  const count: Record<Severity, number> = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const file of files) for (const { severity } of file.problems) count[severity]++;
  return count;
}

/** How many there are. */
export function problemCount(files: readonly Pick<FileReport, 'problems'>[]): number {
  return files.reduce((sum, { problems }) => sum + problems.length, 0);
}

/** How many of the files were linted, with the scripts that something was found in. */
export function lintedCount(files: readonly Pick<FileReport, 'language'>[]): number {
  return files.filter(({ language }) => language !== 'config').length;
}

/** How many problems bulk fixing would take away: by safe fixes, and by suggested ones where there is no safe one. */
export function fixableOf(files: readonly FileReport[]): Record<FixSafety, number> {
  const count: Record<FixSafety, number> = { safe: 0, suggested: 0 };
  for (const { fixes } of files.flatMap(file => file.problems)) {
    if (fixes.some(fix => fix.safety === 'safe')) count.safe++;
    else if (fixes.length > 0) count.suggested++;
  }
  return count;
}

/** Where related places are in other files. */
export interface OtherFiles {
  show(path: string): string;
  text(path: string): string | null | undefined;
}

/** Diagnostics with lines and columns. */
export function problemsOf(
  lines: Lines,
  diagnostics: readonly Diagnostic[],
  own: Pick<FileReport, 'path' | 'masks'>,
  policiesOf: (rule: string) => readonly string[],
  otherFiles: OtherFiles,
): readonly Problem[] {
  const known = new Map<string, Lines | undefined>();
  const linesOf = (file: string): Lines | undefined => {
    if (!known.has(file)) {
      const text = otherFiles.text(file);
      known.set(file, typeof text === 'string' ? new Lines(text) : undefined);
    }
    return known.get(file);
  };
  return diagnostics.map(({ rule, severity, message, help, span, related, fixes, url }) => ({
    rule,
    policies: policiesOf(rule),
    severity,
    message,
    help,
    range: lines.range(span),
    span: { start: span.start, end: Math.max(span.start, span.end) },
    related: related.map(({ message, span }) =>
      span.file === undefined
        ? { message, path: own.path, range: lines.range(span) }
        : { message, path: otherFiles.show(span.file), range: linesOf(span.file)?.range(span) },
    ),
    fixes: fixes.map(({ title, safety, edits }) => ({
      title,
      safety,
      // Few formats show them, so the others do not pay for the comparison.
      edits: () => {
        const small = edits.flatMap(edit => narrowed(lines.text, edit));
        return small.some(({ newText }) => own.masks.repeats(newText))
          ? undefined
          : small.map(({ span, newText }) => ({ range: lines.range(span), newText }));
      },
    })),
    url,
  }));
}

/** `3:7` */
export function lineAndColumn({ line, column }: Position): string {
  return `${line}:${column}`;
}

/** The same for equal ranges. */
export function rangeKey({ start, end }: Range): string {
  return `${lineAndColumn(start)}-${lineAndColumn(end)}`;
}
