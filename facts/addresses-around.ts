/** Which addresses a setting in a file, or a command, is about: those of the block that it is in. */
import type { Invocation } from '../shell/invocations.ts';
import { isOwnUrl } from './local-url.ts';

/** A URL, a host with a port, or the machine itself. */
const ADDRESS =
  /(?<![\w./@-])(?:[a-z][a-z0-9+.]{1,15}:\/\/[^\s"'<>,;|)\]}]{1,200}(?:\][^\s"'<>,;|)\]}]{0,100})?|[A-Za-z0-9][\w.-]{0,120}:\d{2,5}(?![\w:.])|localhost(?![\w.-])|127\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\w.]))/gi;

/** In UTF-16 code units. */
const LONGEST = 20_000;

/** Whether all addresses in a text are the machine's own. Without any, or with one that is not known, it is not certain. */
export function namesOnlyItself(text: string): boolean {
  if (text.length > LONGEST) return false;
  const found = text.match(ADDRESS) ?? [];
  return found.length > 0 && found.every(one => isOwnUrl(one) === true);
}

/** Comments, and where a program listens itself. */
const NO_SERVER = /^[ \t]{0,60}(?:#|;|\/\/|["']?[\w-]{0,40}(?:listen|bind))[^\n]{0,2000}|\b0\.0\.0\.0:\d{1,5}/gim;

/** Whether a setting is about connections to the machine itself: its table in TOML, its item in YAML, its block in braces. */
export function isAboutItself(text: string, at: number): boolean {
  return namesOnlyItself(blockAround(text, at).replace(NO_SERVER, ''));
}

/** The variables with the address of a program's server. */
const ADDRESS_VARIABLE = /^(?:[A-Z]{1,20}_)?(?:ADDR|ADDRESS|HTTP_ADDR|ENDPOINTS?|URL|SERVER)$/;

/** Options with addresses of others than the server: proxies, images, settings of what is installed. */
const OF_OTHERS = /^-{1,2}[\w-]{0,40}(?:prox|image|set(?:-\w{1,20})?(?:=|$))|^-D|proxy=/i;

/** Whether a command talks to the machine itself, by its words and the variables in front of it. */
export function talksToItself({ command, args }: Invocation): boolean {
  const words = args
    .map(({ literal, text }) => literal ?? text)
    .filter(
      (word, i, all) => !OF_OTHERS.test(word) && !(OF_OTHERS.test(all[i - 1] ?? '') && !all[i - 1]!.includes('=')),
    );
  const given = command.assignments.flatMap(({ name, value }) =>
    value && ADDRESS_VARIABLE.test(name) ? [value.literal ?? value.text] : [],
  );
  return namesOnlyItself([...words, ...given].join(' '));
}

/** What is farther away is not looked at. */
const FARTHEST = 10_000;

/** The table, block or list item that a place in a file is in. */
export function blockAround(whole: string, place: number): string {
  const from = Math.max(0, place - FARTHEST);
  const text = whole.slice(from, place + FARTHEST);
  const at = place - from;
  return /^[ \t]{0,20}\[{1,2}[\w".-]/m.test(text)
    ? tableAround(text, at)
    : /[{}][ \t]{0,20}$/m.test(text)
      ? bracesAround(text, at)
      : itemAround(text, at);
}

/** From a header of TOML or an INI file to the next; a table in another (`[a.b]` in `[[a]]`) is part of it. */
function tableAround(text: string, at: number): string {
  const headers = [...text.matchAll(/^[ \t]{0,20}\[{1,2}([\w".-]{1,100})\]{1,2}/gm)];
  let first = headers.findLastIndex(({ index }) => index <= at);
  if (first < 0) return text.slice(0, headers[0]?.index);
  while (first > 0 && isInside(headers[first]![1]!, headers[first - 1]![1]!)) first--;
  const { 1: outer, index } = headers[first]!;
  const next = headers.slice(first + 1).find(one => !isInside(one[1]!, outer!));
  return text.slice(index, next?.index);
}

const isInside = (inner: string, outer: string): boolean => inner.startsWith(`${outer}.`);

function bracesAround(text: string, at: number): string {
  let depth = 0;
  let start = at;
  for (; start > 0; start--) {
    if (text[start] === '}' && start < at) depth++;
    else if (text[start] === '{' && depth-- === 0) break;
  }
  depth = 0;
  let end = at;
  for (; end < text.length; end++) {
    if (text[end] === '{') depth++;
    else if (text[end] === '}' && depth-- === 0) break;
  }
  return text.slice(start, end);
}

/** The item of the list that it is in, as `- targets` under a job; the whole file where it is in none. */
function itemAround(text: string, at: number): string {
  const lines = text.split('\n');
  const own = text.slice(0, at).split('\n').length - 1;
  const indent = (line: string): number => line.search(/\S|$/);
  let depth = indent(lines[own]!);
  let first = own;
  for (; first >= 0; first--) {
    const line = lines[first]!;
    if (line.trim() === '' || /^\s*#/.test(line) || (first < own && indent(line) >= depth)) continue;
    if (/^\s*-\s/.test(line)) break;
    depth = indent(line);
  }
  if (first < 0) return text;
  const outer = indent(lines[first]!);
  let last = first + 1;
  while (last < lines.length && (lines[last]!.trim() === '' || indent(lines[last]!) > outer)) last++;
  return lines.slice(first, last).join('\n');
}
