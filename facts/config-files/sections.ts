/**
 * Files of sections and lines: INI, units of systemd, the TOML of container engines, `NAME=value`, and `key value`.
 *
 * Limits: a value ends with its line (units may go on after a backslash, lists of TOML after a comma); strings over
 * several lines and inline tables of TOML are not read; a `#` in the middle of a value starts no comment unless the value is quoted or
 * a list. Takes time linear in the text.
 */
import type { SourceText } from '../../core/text.ts';
import { type Setting, setting } from './setting.ts';

/** More lines are not read. */
const MOST_LINES = 5_000;
/** Longer lines are not read, in UTF-16 code units. */
const LONGEST_LINE = 4_000;

/** Reads every line that sets something, with the section that it is in. */
export function readSections(text: SourceText): readonly Setting[] {
  const found: Setting[] = [];
  let section: readonly string[] = [];
  let list: readonly string[] | undefined;
  for (const [start, end] of linesOf(text.text)) {
    const line = text.text.slice(start, end);
    if (list) {
      found.push(...itemsIn(text, start, end, list));
      if (line.includes(']')) list = undefined;
      continue;
    }
    const header = /^\[{1,2}([^\]]{1,200})\]{1,2}[ \t]*(?:[#;].*)?$/.exec(line);
    if (header) {
      section = [header[1]!.trim()];
      continue;
    }
    const one = settingIn(text, start, end, section);
    if (!one) continue;
    if (one.value.text.startsWith('[')) {
      const from = start + line.indexOf('[') + 1;
      found.push(...itemsIn(text, from, end, one.path));
      if (!line.includes(']')) list = one.path;
    } else found.push(one);
  }
  return found;
}

/** The lines with something on them, without the spaces around it and without comments; those of a unit are joined where they end in a backslash. */
function* linesOf(text: string): Generator<readonly [start: number, end: number]> {
  let at = 0;
  for (let lines = 0; at < text.length && lines < MOST_LINES; lines++) {
    let end = endOfLine(text, at);
    while (text[end - 1] === '\\' && end < text.length) end = endOfLine(text, end + 1);
    let start = at;
    at = end + 1;
    while (start < end && isSpace(text[start]!)) start++;
    while (end > start && isSpace(text[end - 1]!)) end--;
    if (start < end && end - start <= LONGEST_LINE && !/^(?:#|;|\/\/)/.test(text.slice(start, start + 2)))
      yield [start, end];
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function isSpace(c: string): boolean {
  return c === ' ' || c === '\t' || c === '\r' || c === '\n';
}

const KEY =
  /^(?:export[ \t]{1,8})?("[^"\n]{1,100}"|'[^'\n]{1,100}'|[\w./:@-]{1,100})([ \t]{0,40}[=:][ \t]{0,40}|[ \t]{1,40}|$)/;

/** `key = value`, `key: value`, `key value`, and `key` alone. */
function settingIn(text: SourceText, start: number, end: number, section: readonly string[]): Setting | undefined {
  const match = KEY.exec(text.text.slice(start, end));
  if (!match) return undefined;
  const key = match[1]!.replace(/^["']|["']$/g, '');
  let from = start + match[0].length;
  let to = end;
  const quote = text.text[from];
  if (quote === '"' || quote === "'") {
    const close = text.text.indexOf(quote, from + 1);
    if (close > 0 && close < end) [from, to] = [from + 1, close];
  } else if (quote !== undefined && from < end) {
    const comment = /^(?:true|false|\d{1,10})(?=[ \t]{1,40}#)/.exec(text.text.slice(from, end));
    if (comment) to = from + comment[0].length;
  }
  return setting([...section, key.replace(/:$/, '')], text.slice(from, Math.max(from, to)), text.spanOf(start, end));
}

/** The strings of a list on one line. */
function itemsIn(text: SourceText, start: number, end: number, path: readonly string[]): Setting[] {
  const found: Setting[] = [];
  for (const match of text.text.slice(start, end).matchAll(/"([^"\n]{0,500})"|'([^'\n]{0,500})'/g)) {
    const from = start + match.index + 1;
    const to = start + match.index + match[0].length - 1;
    found.push(setting([...path, `${found.length}`], text.slice(from, to), text.spanOf(from - 1, to + 1)));
  }
  return found;
}
