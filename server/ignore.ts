/**
 * Writes `# bakelint ignore …` comments. Where a comment may be is the languages' business, so a place is only ever
 * proposed here: it is taken when the linter, given the changed text, finds the comment there and falls silent.
 */
import type { ImageBuild } from '../core/build.ts';
import type { Diagnostic } from '../core/finding.ts';
import { applyEdits } from '../core/fixer.ts';
import type { Edit } from '../core/text.ts';
import type { Linted } from '../workspace/lint.ts';

/** How many places are tried for one comment; each costs a lint. */
const MOST_TRIES = 12;

type Lint = (text: string) => Linted | undefined;

/** The edit that ignores a finding where it is; `undefined` when no comment there would be understood. */
export function ignoreHere(text: string, found: Diagnostic, lint: Lint): Edit | undefined {
  const build = lint(text)?.build;
  if (!build) return undefined;
  const places = build.language === 'dockerfile' ? instructionLines(text, found, build) : enclosingLines(text, found);
  return firstThatSilences(places, `# bakelint ignore ${found.rule}: `, text, found, lint);
}

/** The edit that ignores a rule in the whole file. */
export function ignoreInFile(text: string, found: Diagnostic, lint: Lint): Edit | undefined {
  return firstThatSilences(headLines(text), `# bakelint ignore-file ${found.rule}: `, text, found, lint);
}

function firstThatSilences(
  places: Iterable<number>,
  comment: string,
  text: string,
  found: Diagnostic,
  lint: Lint,
): Edit | undefined {
  let tries = 0;
  const tried = new Set<number>();
  for (const at of places) {
    if (tried.has(at)) continue;
    if (tries++ >= MOST_TRIES) return undefined;
    tried.add(at);
    const edit: Edit = {
      span: { start: at, end: at },
      newText: `${indentAt(text, at)}${comment}${lineBreakOf(text)}`,
    };
    if (silences(edit, comment, text, found, lint)) return edit;
  }
  return undefined;
}

/** Whether the edit makes a comment (and not content of a string or a script) and the finding is gone because of it. */
function silences(edit: Edit, comment: string, text: string, found: Diagnostic, lint: Lint): boolean {
  const result = lint(applyEdits(text, [edit]));
  if (!result?.build) return false;
  const { start } = edit.span;
  const end = start + edit.newText.length;
  const said = comment.slice(1).trim();
  const isComment = commentsOf(result.build).some(
    ({ span, text }) => span.file === undefined && span.start >= start && span.start < end && text.trim() === said,
  );
  if (!isComment) return false;
  const moved = (offset: number): number => (offset >= start ? offset + edit.newText.length : offset);
  return !result.diagnostics.some(
    ({ rule, span }) =>
      rule === found.rule && span.start === moved(found.span.start) && span.end === moved(found.span.end),
  );
}

function commentsOf(build: ImageBuild): ImageBuild['comments'] {
  return build.nested.length === 0 ? build.comments : [...build.comments, ...build.nested.flatMap(commentsOf)];
}

/** Starts of the lines that open the instruction of a finding: from the model, else by walking up over continuations. */
function* instructionLines(text: string, { span }: Diagnostic, build: ImageBuild): Iterable<number> {
  const around = build.stages
    .flatMap(stage => [...stage.steps, ...stage.bases])
    .filter(part => part.span.file === undefined && part.span.start <= span.start && span.start < part.span.end)
    .map(part => part.span.start);
  let line = lineStart(text, Math.min(span.start, ...around));
  while (line > 0) {
    const above = lineStart(text, line - 1);
    const written = text.slice(above, line).trimEnd();
    // Comments and blank lines may be inside an instruction; whether they do depends on what is above them.
    let top = above;
    if (/^\s*(#|$)/.test(written)) {
      while (top > 0 && /^\s*(#|$)/.test(text.slice(top, lineEnd(text, top)))) top = lineStart(text, top - 1);
    }
    if (!/[\\`]$/.test(text.slice(top, lineEnd(text, top)).trimEnd())) break;
    line = top;
  }
  yield line;
}

/** Starts of the finding's line and of each line above it that is indented less, inside out. */
function* enclosingLines(text: string, { span }: Diagnostic): Iterable<number> {
  let line = lineStart(text, span.start);
  yield line;
  let indent = indentAt(text, line).length;
  while (line > 0 && indent > 0) {
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
    if (!/^#\s*\w+\s*=|^#cloud-config|^##\s*template:/.test(text.slice(at, next))) break;
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
