/**
 * Writes `# bakelint ignore …` comments. Where a comment may be is the languages' business, so a place is only ever
 * proposed here: it is taken when the linter, given the changed text, finds the comment there, falls silent, and says
 * everything else as before. A directive or a header above which a comment is put would be a comment itself; content of
 * a heredoc, of a string or of a block scalar would be other content.
 */
import type { ImageBuild } from '../core/build.ts';
import type { Diagnostic } from '../core/finding.ts';
import { applyEdits } from '../core/fixer.ts';
import type { Edit } from '../core/text.ts';
import { isOnlyComment } from './accept.ts';
import type { Linted } from './lint.ts';

/** How many places are tried for one comment; each costs a lint. */
const MOST_TRIES = 12;

/** A document and what is found in it. */
export interface IgnorableDocument {
  readonly text: string;
  readonly linted: Linted;
  /** Lints another text as if it were this document's. */
  lint(text: string): Linted | undefined;
}

/** The edit that ignores a finding where it is; `undefined` when no comment there would be understood. */
export function ignoreHere(document: IgnorableDocument, found: Diagnostic): Edit | undefined {
  const { text, linted } = document;
  const { build } = linted;
  if (!build) return undefined;
  const places = build.language === 'dockerfile' ? instructionLines(text, found, build) : enclosingLines(text, found);
  return firstThatSilences(places, `bakelint ignore ${found.rule}:`, document, found);
}

/** The edit that ignores a rule in the whole file. */
export function ignoreInFile(document: IgnorableDocument, found: Diagnostic): Edit | undefined {
  return firstThatSilences(headLines(document.text), `bakelint ignore-file ${found.rule}:`, document, found);
}

function firstThatSilences(
  places: Iterable<number>,
  comment: string,
  document: IgnorableDocument,
  found: Diagnostic,
): Edit | undefined {
  const { text } = document;
  const tried = new Set<number>();
  for (const at of places) {
    if (tried.has(at)) continue;
    if (tried.size >= MOST_TRIES) return undefined;
    tried.add(at);
    const newText = `${indentAt(text, at)}# ${comment} ${lineBreakOf(text)}`;
    const edit: Edit = { span: { start: at, end: at }, newText };
    if (silences(edit, comment, document, found)) return edit;
  }
  return undefined;
}

/** Whether the edit makes a comment and nothing else, and the finding is gone because of it. */
function silences(edit: Edit, comment: string, { text, linted, lint }: IgnorableDocument, found: Diagnostic): boolean {
  const after = lint(applyEdits(text, [edit]));
  if (!isOnlyComment(linted, after, comment)) return false;
  const { start } = edit.span;
  const moved = (offset: number): number => (offset >= start ? offset + edit.newText.length : offset);
  return !after!.diagnostics.some(
    ({ rule, span }) =>
      rule === found.rule && span.start === moved(found.span.start) && span.end === moved(found.span.end),
  );
}

/** Starts of the lines that open the instruction of a finding: from the model, else by walking up over continuations. */
function* instructionLines(text: string, { span }: Diagnostic, build: ImageBuild): Iterable<number> {
  const around = build.stages
    .flatMap(stage => [...stage.steps, ...stage.bases])
    .filter(part => part.span.file === undefined && part.span.start <= span.start && span.start < part.span.end)
    .map(part => part.span.start);
  let line = lineStart(text, Math.min(span.start, ...around));
  yield line;
  const top = firstLine(text);
  while (line > top) {
    const above = lineStart(text, line - 1);
    const written = text.slice(above, line).trimEnd();
    // Comments and blank lines may be inside an instruction; whether they do depends on what is above them.
    let first = above;
    if (/^\s*(#|$)/.test(written)) {
      while (first > top && /^\s*(#|$)/.test(text.slice(first, lineEnd(text, first))))
        first = lineStart(text, first - 1);
    }
    const opening = text.slice(first, lineEnd(text, first)).trimEnd();
    // What a comment ends with continues nothing.
    if (/^\s*#/.test(opening) || !/[\\`]$/.test(opening)) break;
    line = first;
    yield line;
  }
}

/** Starts of the finding's line and of each line above it that is indented less, inside out. */
function* enclosingLines(text: string, { span }: Diagnostic): Iterable<number> {
  let line = lineStart(text, span.start);
  yield line;
  let indent = indentAt(text, line).length;
  while (line > firstLine(text) && indent > 0) {
    line = lineStart(text, line - 1);
    const written = text.slice(line, lineEnd(text, line));
    const here = indentAt(text, line).length;
    if (written.trim() === '' || here >= indent) continue;
    indent = here;
    yield line;
  }
}

/** Where a comment for the whole file may be: the top, or after the lines that must come first. */
function* headLines(text: string): Iterable<number> {
  const bom = text.startsWith('\uFEFF') ? 1 : 0;
  let at = bom;
  while (text.startsWith('#', at)) {
    const next = nextLine(text, at);
    if (next === undefined) return;
    // A parser directive, `#cloud-config` and `## template: jinja` lose their meaning after a comment.
    if (!/^#\s*\w+\s*=|^#[ \t]*cloud[-_ ]config|^##\s*template:/.test(text.slice(at, next))) break;
    at = next;
  }
  yield at;
  // After a heading comment, where the languages differ in what they treat as a directive.
  while (text.startsWith('#', at)) {
    const next = nextLine(text, at);
    if (next === undefined) return;
    yield (at = next);
  }
}

/** Where the first line starts: a byte order mark is not a part of it. */
const firstLine = (text: string): number => (text.startsWith('\uFEFF') ? 1 : 0);

function lineStart(text: string, offset: number): number {
  const start = offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith('\uFEFF') ? Math.min(1, text.length) : start;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

function nextLine(text: string, offset: number): number | undefined {
  const end = text.indexOf('\n', offset);
  return end < 0 ? undefined : end + 1;
}

function indentAt(text: string, line: number): string {
  let end = line;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return text.slice(line, end);
}

/** The line break that the document uses first. */
function lineBreakOf(text: string): string {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}
