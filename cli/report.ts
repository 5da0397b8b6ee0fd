import type { LanguageId } from '../core/build.ts';
import { copied } from '../core/copy.ts';
import { editsByFile, reachesOut } from '../core/file-edits.ts';
import type { Diagnostic, Fix, FixSafety, ReleaseEnding, Severity } from '../core/finding.ts';
import { narrowed } from '../core/narrow.ts';
import { Masks } from '../facts/secrets/masking/masks.ts';
import { Lines, type Position, type Range } from '../node/lines.ts';
import { type Excerpt, Excerpts } from './excerpt.ts';

/**
 * What is reported of one file: plain data that holds neither the document nor a secret of it, so that it can be kept,
 * stored and sent to another thread. Everything in it may be printed.
 */
export interface FileReport {
  /** Relative to the working directory where that is above it, with `/`. */
  readonly path: string;
  /** `script` for a file that a document names and that is in no language of its own. */
  readonly language: LanguageId | 'script' | 'config' | 'unknown';
  readonly problems: readonly Problem[];
  /** Columns in UTF-8 bytes, by `line:column`, of the places where they are others. */
  readonly byteColumns: Readonly<Record<string, number>>;
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
  /** The line that it begins in; `undefined` where no text may be shown. */
  readonly excerpt: Excerpt | undefined;
  readonly related: readonly RelatedLocation[];
  readonly fixes: readonly ProblemFix[];
  readonly url: string;
  readonly endings?: readonly ReleaseEnding[];
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
  /**
   * As small as can be; `undefined` when they would still repeat a secret (then only an editor shows them), or when no
   * format of this run shows them.
   */
  readonly edits: readonly RangeEdit[] | undefined;
  /** Set where it changes other files, too. */
  readonly reachesOut?: true;
}
export interface RangeEdit {
  /** The file that it changes, where that is not the problem's. */
  readonly path?: string;
  readonly range: Range;
  readonly newText: string;
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

/** What reports are made with beside the documents. */
export interface Reporting {
  readonly policiesOf: (rule: string) => readonly string[];
  readonly otherFiles: OtherFiles;
  /** Whether a format shows the edits of fixes: the others do not pay for them. */
  readonly withEdits: boolean;
}

/** The report of a document with these findings. */
export function reportOf(
  { path, language, lines, masks }: Pick<FileReport, 'path' | 'language'> & { lines: Lines; masks: Masks },
  diagnostics: readonly Diagnostic[],
  { policiesOf, otherFiles, withEdits }: Reporting,
): FileReport {
  const linesOf = linesOfOthers(otherFiles);
  const excerpts = new Excerpts(lines, masks);
  const problems = diagnostics.map(({ rule, severity, message, help, span, related, fixes, url, endings }): Problem => {
    const range = lines.range(span);
    return {
      rule,
      policies: policiesOf(rule),
      severity,
      message: copied(message),
      help: help === undefined ? undefined : copied(help),
      range,
      span: { start: span.start, end: Math.max(span.start, span.end) },
      excerpt: excerpts.at(range),
      related: related.map(({ message, span }) =>
        span.file === undefined
          ? { message: copied(message), path, range: lines.range(span) }
          : { message: copied(message), path: otherFiles.show(span.file), range: linesOf(span.file)?.range(span) },
      ),
      fixes: fixes.map(one => ({
        title: copied(one.title),
        safety: one.safety,
        edits: withEdits ? editsOf(one, { lines, masks }, otherFiles, linesOf) : undefined,
        ...(reachesOut(one) && { reachesOut: true as const }),
      })),
      url,
      ...(endings && { endings: endings.map(({ release, date }) => ({ release: copied(release), date })) }),
    };
  });
  return { path, language, problems, byteColumns: byteColumnsOf(problems, lines) };
}

/** The lines of files by their paths; `undefined` where their text cannot be had. */
function linesOfOthers(files: OtherFiles): (file: string) => Lines | undefined {
  const known = new Map<string, Lines | undefined>();
  return file => {
    if (!known.has(file)) {
      const text = files.text(file);
      known.set(file, typeof text === 'string' ? new Lines(text) : undefined);
    }
    return known.get(file);
  };
}

function editsOf(
  { edits }: Fix,
  own: { readonly lines: Lines; readonly masks: Masks },
  otherFiles: OtherFiles,
  linesOf: (file: string) => Lines | undefined,
): readonly RangeEdit[] | undefined {
  const small: RangeEdit[] = [];
  for (const [file, ofFile] of editsByFile(edits)) {
    const lines = file === undefined ? own.lines : linesOf(file);
    if (!lines) return undefined;
    const masks = file === undefined ? [own.masks] : [own.masks, new Masks(lines.text, undefined)];
    for (const { span, newText } of ofFile.flatMap(edit => narrowed(lines.text, edit))) {
      if (masks.some(one => one.repeats(newText))) return undefined;
      const path = file === undefined ? {} : { path: otherFiles.show(file) };
      small.push({ ...path, range: lines.range(span), newText: copied(newText) });
    }
  }
  return small;
}

const NOT_ASCII = /[\u0080-\uffff]/;
const NONE: FileReport['byteColumns'] = {};

function byteColumnsOf(problems: readonly Problem[], lines: Lines): FileReport['byteColumns'] {
  if (problems.length === 0 || !NOT_ASCII.test(lines.text)) return NONE;
  const found: Record<string, number> = {};
  const note = (place: Position): void => {
    const { start, end } = lines.bounds(place.line);
    const before = lines.text.slice(start, Math.min(end, start + place.column - 1));
    if (NOT_ASCII.test(before)) found[lineAndColumn(place)] = Buffer.byteLength(before, 'utf8') + 1;
  };
  for (const { range, fixes } of problems) {
    const own = fixes.flatMap(({ edits }) => edits ?? []).filter(({ path }) => path === undefined);
    for (const one of [range, ...own.map(edit => edit.range)]) {
      note(one.start);
      note(one.end);
    }
  }
  return found;
}

/** `3:7` */
export function lineAndColumn({ line, column }: Position): string {
  return `${line}:${column}`;
}

/** The same for equal ranges. */
export function rangeKey({ start, end }: Range): string {
  return `${lineAndColumn(start)}-${lineAndColumn(end)}`;
}
