/** What a terminal makes of characters, and how to keep it from doing more than showing them. */

/**
 * Characters that move the cursor, hide or reorder what is around them: controls but tab, zero-width and bidirectional
 * formatting (https://www.unicode.org/reports/tr36/), line separators, and halves of surrogate pairs.
 */
const HARMFUL =
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\u{e0000}-\u{e0fff}]/gu;

/** The text on one line, with a `�` for each character that would not show itself. */
export function harmless(text: string): string {
  return text.replace(HARMFUL, '\ufffd');
}

// Made once: patterns with Unicode classes are built when they are met, in bundles for older engines.
const WITHOUT_WIDTH = /^\p{Mn}|\p{Me}|\ufe0f$/u;

/** How many columns a character takes; tabs are for the caller. */
export function widthOf(character: string): number {
  const code = character.codePointAt(0)!;
  if (code < 0x300) return 1;
  if (WITHOUT_WIDTH.test(character)) return 0;
  return isWide(code) ? 2 : 1;
}

/** Scripts and symbols that fill two columns, from https://www.unicode.org/reports/tr11/ in broad strokes. */
function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0x303e) ||
    (code >= 0x3041 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1f64f) ||
    (code >= 0x1f680 && code <= 0x1f6ff) ||
    (code >= 0x1f900 && code <= 0x1f9ff) ||
    (code >= 0x20000 && code <= 0x3fffd)
  );
}

/** Wraps text in a color, or leaves it alone. */
export type Paint = (style: keyof typeof STYLES, text: string) => string;

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '' && value !== '0';

const STYLES = { bold: 1, dim: 2, red: 31, yellow: 33, blue: 34, cyan: 36, green: 32 } as const;

/**
 * Colors for a terminal that has them and a user who wants them: https://no-color.org, https://force-color.org and
 * https://bixense.com/clicolors.
 */
export function paintFor(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): Paint {
  const forced = isSet(env.FORCE_COLOR) || isSet(env.CLICOLOR_FORCE);
  const colors = !env.NO_COLOR && (forced || (isTerminal && env.TERM !== 'dumb' && env.CLICOLOR !== '0'));
  return (style, text) => (colors && text !== '' ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text);
}

/** Makes text a link to an address, or leaves it alone. */
export type Link = (text: string, url: string) => string;

/** Programs that are known to show links, by what they set TERM_PROGRAM to. */
const WITH_LINKS: ReadonlySet<string> = new Set(['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'Hyper', 'zed', 'rio']);
/** The first version of the library behind GNOME's terminals that shows them: 0.50. */
const FIRST_VTE = 5000;

/**
 * Links for a terminal that has them: https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda. Others would show
 * the address or nothing, so that only those that are known get them; FORCE_HYPERLINK says otherwise.
 */
export function linkFor(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): Link {
  const { FORCE_HYPERLINK, TERM = '', TERM_PROGRAM = '', VTE_VERSION = '', WT_SESSION, KONSOLE_VERSION, CI } = env;
  const known =
    WITH_LINKS.has(TERM_PROGRAM) ||
    Number(VTE_VERSION) >= FIRST_VTE ||
    [WT_SESSION, KONSOLE_VERSION].some(isSet) ||
    /^xterm-(?:kitty|ghostty)$|^(?:alacritty|foot)/.test(TERM);
  const links = isSet(FORCE_HYPERLINK) || (!FORCE_HYPERLINK && isTerminal && TERM !== 'dumb' && !isSet(CI) && known);
  return (text, url) => (links && text !== '' ? `\u001b]8;;${harmless(url)}\u001b\\${text}\u001b]8;;\u001b\\` : text);
}
