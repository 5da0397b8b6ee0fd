/**
 * The line that says what user-data is. cloud-init skips blank lines before it and does not mind its case, but knows it
 * only there (https://docs.cloud-init.io/en/latest/explanation/format/index.html).
 */
export interface Header {
  readonly kind:
    | 'cloud-config'
    | 'jinja cloud-config'
    | 'archive'
    | 'include'
    | 'boothook'
    | 'script'
    | 'part-handler'
    | 'mime'
    /** A line that is meant to be `#cloud-config` but is misspelled or in the wrong place. */
    | 'misplaced';
  /** The line, without its newline. */
  readonly start: number;
  readonly end: number;
  /** Rendered with Jinja before it is read. */
  readonly jinja: boolean;
}

/** How many lines of comments are looked through for a header that has slipped down. */
const LINES_SEARCHED = 40;

const KINDS: readonly (readonly [string, Header['kind']])[] = [
  ['#cloud-config-archive', 'archive'],
  ['#cloud-config', 'cloud-config'],
  ['#cloud-boothook', 'boothook'],
  ['#part-handler', 'part-handler'],
  ['#!', 'script'],
];

function kindOf(line: string): Header['kind'] | undefined {
  const lower = line.toLowerCase();
  for (const [start, kind] of KINDS) if (lower.startsWith(start)) return kind;
  // `#include <stdio.h>` is C.
  if (/^#include(?:-once)?(?:$|\s+(?:https?|file|s3):)/.test(lower)) return 'include';
  return undefined;
}

/** The header of user-data; `undefined` when there is none. */
export function headerOf(text: string): Header | undefined {
  const start = text.length - text.trimStart().length;
  const first = lineAt(text, start);
  // Python does not treat a byte order mark as whitespace: cloud-init does not see the header after it.
  const marked = text.startsWith('\uFEFF');
  const kind = kindOf(first.text);
  if (kind) return { kind: marked && kind !== 'script' ? 'misplaced' : kind, ...placeOf(first), jinja: false };
  if (MARKER.test(first.text)) return behindMarker(text, first.next);
  if (isMime(text.slice(start))) return { kind: 'mime', ...placeOf(first), jinja: false };
  return misplaced(text, start);
}

/** The line that has a document rendered with Jinja, however it is spelled. */
const MARKER = /^##\s{0,20}template\s{0,20}:\s{0,20}jinja/i;

/** What the line is that `## template: jinja` is meant to be; `undefined` where there is none. */
export interface JinjaMarker {
  /**
   * Why cloud-init does not render the document. `lower`: blank lines, or the header, are above it. `spelling`: it is
   * spelled otherwise, or more is on its line. `undefined`: it does.
   */
  readonly fault: 'lower' | 'spelling' | undefined;
  readonly start: number;
  readonly end: number;
  /** Where the next line starts. */
  readonly next: number;
}

/**
 * Finds the Jinja marker of a document. cloud-init looks for `## template: jinja` at the start of the text, and takes
 * nothing else on that line (`cloudinit/handlers/jinja_template.py`).
 */
export function jinjaMarker(text: string): JinjaMarker | undefined {
  let at = 0;
  for (let i = 0; i < LINES_SEARCHED && at < text.length; i++) {
    const line = lineAt(text, at);
    const { start, end, next } = line;
    const indent = line.text.length - line.text.trimStart().length;
    const written = line.text.trim();
    if (MARKER.test(written)) {
      const spelled = /^## template: jinja$/i.test(written);
      const fault = start + indent > 0 ? 'lower' : spelled ? undefined : 'spelling';
      return { fault, start: start + indent, end, next };
    }
    if (written !== '' && !written.startsWith('#')) return undefined;
    at = next;
  }
  return undefined;
}

/** The header of a template: blank lines, and lines that leave nothing, are gone when it is looked for. */
function behindMarker(text: string, from: number): Header | undefined {
  let at = from;
  for (let i = 0; i < LINES_SEARCHED && at < text.length; i++) {
    const line = lineAt(text, at);
    const written = line.text.trim();
    const kind = kindOf(written);
    if (kind) return { kind: kind === 'cloud-config' ? 'jinja cloud-config' : kind, ...placeOf(line), jinja: true };
    if (written !== '' && !/^\{[%#].*[%#]\}$/.test(written)) break;
    at = line.next;
  }
  const found = misplaced(text, from);
  return found && { ...found, kind: found.kind === 'cloud-config' ? 'jinja cloud-config' : found.kind, jinja: true };
}

interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly next: number;
}
function lineAt(text: string, start: number): Line {
  const found = text.indexOf('\n', start);
  const stop = found < 0 ? text.length : found;
  const end = stop > start && text[stop - 1] === '\r' ? stop - 1 : stop;
  return { text: text.slice(start, Math.min(end, start + 1_000)), start, end, next: stop + 1 };
}
function placeOf(line: Line): { start: number; end: number } {
  return { start: line.start, end: line.end };
}

/** Whether a block of mail headers with a multipart type starts the text. */
function isMime(text: string): boolean {
  if (!/^[A-Za-z-]{1,60}:[ \t]/.test(text)) return false;
  const end = /\r?\n\r?\n/.exec(text.slice(0, 4_000));
  return /^content-type:\s*multipart\//im.test(text.slice(0, end ? end.index : 4_000));
}

/** `# cloud-config`, or the right line below others. Only lines without meaning in YAML may be above it. */
function misplaced(text: string, from: number): Header | undefined {
  let at = from;
  let directives = true;
  for (let i = 0; i < LINES_SEARCHED && at < text.length; i++) {
    const line = lineAt(text, at);
    const trimmed = line.text.trim();
    // Ansible takes its own header off when it fills the template in.
    if (at === 0 && /^#jinja2:/.test(line.text)) {
      at = line.next;
      continue;
    }
    if (/^#[ \t]*cloud[-_ ]config[ \t]*$/i.test(trimmed)) {
      // Template directives above it are gone when the file is rendered.
      const right = directives && line.text.startsWith('#cloud-config');
      return { kind: right ? 'cloud-config' : 'misplaced', ...placeOf(line), jinja: false };
    }
    const directive = /^(?:\{[{%#]|%\{).*\}$|^<%.*%>$/.test(trimmed);
    if (trimmed !== '' && !directive) directives = false;
    if (trimmed !== '' && !directive && !trimmed.startsWith('#') && trimmed !== '---') return undefined;
    at = line.next;
  }
  return undefined;
}
