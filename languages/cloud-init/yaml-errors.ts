/** Messages for the YAML library's errors. */
import { quoted } from '../../core/quoted.ts';
import { openHeredoc } from './yaml-repairs.ts';

/** What a problem says: the message and the help of its finding. */
export interface Explanation {
  readonly message: string;
  readonly help: string;
}

export interface Explained {
  readonly words: Explanation;
  readonly start: number;
  readonly end: number;
}

/** For a tab that PyYAML rejects. */
export const TAB: Explanation = { message: 'Tab in indentation or outside quotes', help: 'Replace tabs with spaces' };

const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  BAD_ALIAS: {
    message: 'Alias without a valid name',
    help: 'Write the name of an anchor after `*`, or quote the value',
  },
  BAD_COLLECTION_TYPE: { message: 'Tag does not fit the value after it', help: 'Remove the tag' },
  BAD_DQ_ESCAPE: {
    message: 'Invalid escape sequence in double quotes',
    help: 'Write `\\\\` for a backslash, or use single quotes',
  },
  BAD_INDENT: {
    message: 'Indentation matches nothing above it',
    help: 'Align this line with the entry that it belongs to',
  },
  BAD_SCALAR_START: { message: 'Value starts with a character that YAML reserves', help: 'Quote the value' },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'Second `: ` on one line',
    help: 'Quote the whole value, or start a new line',
  },
  BLOCK_IN_FLOW: {
    message: 'Block syntax inside `[…]` or `{…}`',
    help: 'Write the outer list or mapping in indented lines',
  },
  MISSING_CHAR: { message: 'Incomplete YAML', help: 'Check the quotes, brackets and colons before this place' },
  MULTILINE_IMPLICIT_KEY: {
    message: 'Key spans several lines',
    help: 'Check the lines around it for a missing colon or dash',
  },
  MULTIPLE_ANCHORS: { message: 'More than one anchor for a value', help: 'Keep one of the anchors' },
  MULTIPLE_TAGS: { message: 'More than one tag for a value', help: 'Keep one of the tags' },
  RESOURCE_EXHAUSTION: { message: 'Nested too deeply to be read', help: 'Reduce the nesting' },
  TAB_AS_INDENT: TAB,
  UNEXPECTED_TOKEN: { message: 'Unexpected syntax in YAML', help: 'Check the indentation, or quote the value' },
};
const OTHER: Explanation = { message: 'Invalid YAML', help: 'Check the indentation, or quote the value' };

/**
 * The words for an error and the place it is about. `text` has no broken lines any more, which `written` has; `open`: the place of
 * the nearest unclosed quote or bracket before it.
 */
export function explainYamlError(
  text: string,
  written: string,
  error: { readonly code: string; readonly message: string; readonly pos: readonly [number, number] },
  open: number | undefined,
): Explained {
  let start = Math.max(0, Math.min(error.pos[0], Math.max(0, text.length - 1)));
  if (open !== undefined && /quote|[Ff]low/.test(error.message)) {
    return { words: unclosed(text[open]!), start: open, end: open + 1 };
  }
  while (text[start] === ' ') start++;
  const lineEnd = text.indexOf('\n', start);
  const stop = lineEnd < 0 ? text.length : Math.max(lineEnd, start + 1);
  const end = Math.max(start, Math.min(Math.max(error.pos[1], start + 1), stop, text.length));
  return { words: wordsFor(text, written, error.code, error.message, start), start, end };
}

function unclosed(opening: string): Explanation {
  if (/["']/.test(opening)) return { message: 'Unclosed quote', help: `Add the closing ${quoted(opening)}` };
  const closing = opening === '[' ? ']' : '}';
  return {
    message: `Unclosed ${quoted(opening)}`,
    help: `Add ${quoted(closing)}, and indent every line up to it`,
  };
}

function wordsFor(text: string, written: string, code: string, original: string, at: number): Explanation {
  if (/^[ ]*\t/.test(lineOf(text, at))) return TAB;
  if (STRAY.has(code) && openHeredoc(written, at)) return HEREDOC;
  if (/Implicit map key/.test(original) || code === 'MULTILINE_IMPLICIT_KEY')
    if (NO_SPACE.test(lineOf(text, at)) && !isBesideItem(text, at)) return WITHOUT_SPACE;
  if (code === 'MISSING_CHAR') {
    if (original.includes('Sequence item without'))
      return {
        message: 'Line is indented less than the item above it, but more than its dash',
        help: 'Align it with the item or with the dash',
      };
    if (original.includes('Implicit map key'))
      return {
        message: 'Key without a colon',
        help: 'Add `: `, or indent the line so that it continues the value above',
      };
    if (/[Ff]low/.test(original))
      return {
        message: 'Missing bracket or comma in `[…]` or `{…}`',
        help: 'Add the bracket or comma, or quote the value',
      };
    if (original.includes('more-indented leading empty'))
      return {
        message: 'Blank lines above are indented deeper than the first line of the block',
        help: 'Remove the spaces in the blank lines',
      };
  }
  return EXPLANATIONS[code] ?? OTHER;
}

/** `version:1`: without the space it is one word. An address is one with a reason. */
const NO_SPACE = /^[ ]{0,80}[a-z][\w-]{0,40}:[\w"'[{][^\s:]{0,80}[ \t]{0,8}$/i;
const WITHOUT_SPACE: Explanation = {
  message: 'No space after the colon of a key',
  help: 'Write a space after the colon: `key: value`',
};

/** Whether the line before or after is an item of a list: then a word without a dash is one too. */
function isBesideItem(text: string, at: number): boolean {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  const next = end < 0 ? '' : lineOf(text, end + 1);
  return [start > 0 ? lineOf(text, start - 1) : '', next].some(line => /^[ ]{0,80}- /.test(line));
}

/** Errors that lines outside their block cause. */
const STRAY = new Set([
  'MISSING_CHAR',
  'MULTILINE_IMPLICIT_KEY',
  'BAD_INDENT',
  'UNEXPECTED_TOKEN',
  'BLOCK_AS_IMPLICIT_KEY',
]);
/** For a line of a heredoc that is not indented as the block around it. */
export const HEREDOC: Explanation = {
  message: 'Heredoc is indented less than its YAML block',
  help: 'Indent all lines of the heredoc like the block, including the end marker',
};

/** The same where the value around it is no block, so that deeper lines would be joined to one. */
export const HEREDOC_IN_VALUE: Explanation = {
  message: 'Heredoc in a YAML value that is not a block',
  help: 'Write the value as a block (`- |`), and indent all lines of the heredoc in it',
};

/** For an item of a list that is indented otherwise than those above it, in columns. */
export function misalignedItem(column: number, others: number): Explanation {
  const spaces = (count: number): string => `${count} ${count === 1 ? 'space' : 'spaces'}`;
  return {
    message: `List item is indented by ${spaces(column)}, the item above by ${others}`,
    help: `Indent it by ${spaces(others)}, together with the lines that belong to it`,
  };
}

/** For lines that are indented less than the block scalar above them, which starts on line `line`. */
export function outsideBlock(line: number | undefined): Explanation {
  return {
    message: `Line is outside the block that starts ${line === undefined ? 'above it' : `on line ${line}`}`,
    help: 'Indent it like the block, and the lines after it that belong to the block',
  };
}

function lineOf(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  return text.slice(start, end < 0 ? Math.min(text.length, start + 200) : Math.min(end, start + 200));
}
