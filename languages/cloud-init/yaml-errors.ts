/** The YAML library's errors in words for somebody who wants to boot a machine. */
import { openHeredoc } from './yaml-repairs.ts';

export interface Explained {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** Said of a tab that PyYAML does not take. */
export const TAB = 'YAML takes no tabs for indentation or between words without quotes: use spaces.';

const MESSAGES: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'This alias has no usable name, so the file is not YAML and cloud-init ignores all of it.',
  BAD_COLLECTION_TYPE: 'The tag does not fit what it stands before, so the file is not YAML.',
  BAD_DQ_ESCAPE:
    'This is no escape that YAML knows in double quotes: write `\\\\` for a backslash, or use single quotes.',
  BAD_INDENT: 'The indentation here fits nothing above it, so the file is not YAML and cloud-init ignores all of it.',
  BAD_SCALAR_START: 'A value cannot start with this character unless it is quoted.',
  BLOCK_AS_IMPLICIT_KEY:
    'A second `: ` on one line makes a mapping where none can stand: quote the whole value, or start a new line.',
  BLOCK_IN_FLOW: 'Indented lists, mappings and `|` text cannot stand inside `[…]` or `{…}`.',
  MISSING_CHAR: 'Something is missing here for the file to be YAML.',
  MULTILINE_IMPLICIT_KEY: 'A key has to be on one line; a colon or a dash may be missing in the lines around it.',
  MULTIPLE_ANCHORS: 'A node can have one anchor only.',
  MULTIPLE_TAGS: 'A node can have one tag only.',
  RESOURCE_EXHAUSTION: 'The nesting here is too deep to be read.',
  TAB_AS_INDENT: TAB,
  UNEXPECTED_TOKEN: 'Nothing of this kind can stand here, so the file is not YAML and cloud-init ignores all of it.',
};

/** The message for an error and the place it is about; `open`: where the nearest unclosed quote or bracket before it stands. */
export function explainYamlError(
  text: string,
  error: { readonly code: string; readonly message: string; readonly pos: readonly [number, number] },
  open: number | undefined,
): Explained {
  let start = Math.max(0, Math.min(error.pos[0], Math.max(0, text.length - 1)));
  if (open !== undefined && /quote|[Ff]low/.test(error.message)) {
    const message = /["']/.test(text[open]!)
      ? `The \`${text[open]}\` that closes this text is missing.`
      : `The \`${text[open] === '[' ? ']' : '}'}\` that closes this is missing, or stands too far to the left.`;
    return { message, start: open, end: open + 1 };
  }
  while (text[start] === ' ') start++;
  const lineEnd = text.indexOf('\n', start);
  const stop = lineEnd < 0 ? text.length : Math.max(lineEnd, start + 1);
  const end = Math.max(start, Math.min(Math.max(error.pos[1], start + 1), stop, text.length));
  return { message: messageFor(text, error.code, error.message, start), start, end };
}

function messageFor(text: string, code: string, original: string, at: number): string {
  if (/^[ ]*\t/.test(lineOf(text, at))) return TAB;
  if (STRAY.has(code) && openHeredoc(text, at)) return HEREDOC;
  if (code === 'MISSING_CHAR') {
    if (original.includes('Sequence item without'))
      return 'This line is indented less than the item above it and more than its dash, so it belongs to neither.';
    if (original.includes('Implicit map key'))
      return 'A key without a colon: either `: ` is missing, or this line should be indented to belong to the text above it.';
    if (/[Ff]low/.test(original)) return 'A bracket or comma is missing in this `[…]` or `{…}`.';
    if (original.includes('more-indented leading empty'))
      return 'The blank lines above are indented deeper than this text, which YAML does not take.';
  }
  return MESSAGES[code] ?? 'The file is not YAML here, so cloud-init ignores all of it.';
}

/** Errors that text makes which has left the block it belongs to. */
const STRAY = new Set([
  'MISSING_CHAR',
  'MULTILINE_IMPLICIT_KEY',
  'BAD_INDENT',
  'UNEXPECTED_TOKEN',
  'BLOCK_AS_IMPLICIT_KEY',
]);
/** Said of a line of a heredoc at the margin. */
export const HEREDOC =
  'This line of a heredoc has left the indented block around it, so YAML ends the text before it: indent the body of the heredoc as well.';

function lineOf(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  return text.slice(start, end < 0 ? Math.min(text.length, start + 200) : Math.min(end, start + 200));
}
