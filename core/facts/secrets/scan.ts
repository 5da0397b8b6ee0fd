/** Finds tokens of known formats anywhere in a text. */

import type { SecretFormat } from './format.ts';
import { FORMATS } from './formats/index.ts';
import { isMadeUp } from './placeholders.ts';
import { prefixIndex } from './prefix-index.ts';

/** A token found in a text; `start` and `end` are half-open UTF-16 offsets of the secret itself. */
export interface FormatMatch {
  readonly format: SecretFormat;
  readonly start: number;
  readonly end: number;
}

interface Compiled {
  readonly format: SecretFormat;
  readonly regex: RegExp;
  readonly leads: readonly number[];
}

interface Scanner {
  readonly index: ReturnType<typeof prefixIndex>;
  /** For each literal of the index, the formats it is an anchor of. */
  readonly users: readonly (readonly Compiled[])[];
}

/** The flags every pattern of a format is compiled with: sticky, and with the offsets of groups. */
export const FORMAT_FLAGS = 'dy';

/** The regular expression source that is really run for a format, ends included. */
export function sourceOf(format: SecretFormat): string {
  return (format.boundary ?? 'token') === 'token' ? `${format.pattern}(?![A-Za-z0-9_])` : format.pattern;
}

let scanner: Scanner | undefined;

function compile(): Scanner {
  const byAnchor = new Map<string, Compiled[]>();
  for (const format of FORMATS) {
    const compiled = { format, regex: new RegExp(sourceOf(format), FORMAT_FLAGS), leads: format.lead ?? [0] };
    for (const anchor of format.anchors) {
      const key = anchor.toLowerCase();
      const users = byAnchor.get(key);
      if (users) users.push(compiled);
      else byAnchor.set(key, [compiled]);
    }
  }
  return { index: prefixIndex([...byAnchor.keys()]), users: [...byAnchor.values()] };
}

const isWord = (code: number) =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
const isHex = (code: number) => (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);

/** Whether a token can begin at `at`. What an escape (`\n`, `%3D`) ends with is not part of the token. */
function beginsToken(text: string, at: number): boolean {
  if (at === 0) return true;
  const before = text.charCodeAt(at - 1);
  if (!isWord(before)) return true;
  if (at >= 2 && text.charCodeAt(at - 2) === 92) return before === 110 || before === 114 || before === 116;
  return at >= 3 && text.charCodeAt(at - 3) === 37 && isHex(before) && isHex(text.charCodeAt(at - 2));
}

function matchAt({ format, regex }: Compiled, text: string, at: number): FormatMatch | undefined {
  if ((format.boundary ?? 'token') !== 'none' && !beginsToken(text, at)) return undefined;
  regex.lastIndex = at;
  const match = regex.exec(text);
  if (match === null) return undefined;
  let [start, end] = match.indices?.[1] ?? [at, at + match[0].length];
  if (format.extend) {
    const further = format.extend(text, end);
    if (further === undefined) return undefined;
    end = further;
  }
  const secret = text.slice(start, end);
  // A failing check means that nobody issued this token; whether it is still a secret is for its name and its looks.
  if (isMadeUp(secret) || format.checksum?.(secret) === false) return undefined;
  return { format, start, end };
}

/**
 * All tokens of known formats in the text, in order and without overlaps; of two that overlap the more specific
 * format stays, then the longer. One pass over the text decides where patterns run and each run reads a bounded
 * window, so the cost grows with the text alone. Documented examples (`AKIA…EXAMPLE`) and tokens whose
 * check digits are wrong are no matches: `classifyValue` still looks at them as opaque values or placeholders.
 */
export function findSecretFormats(text: string): readonly FormatMatch[] {
  scanner ??= compile();
  const { index, users } = scanner;
  const matches: FormatMatch[] = [];
  index(text, (literal, start) => {
    for (const compiled of users[literal] ?? []) {
      for (const lead of compiled.leads) {
        const match = start >= lead ? matchAt(compiled, text, start - lead) : undefined;
        if (match === undefined) continue;
        matches.push(match);
        break;
      }
    }
  });
  return matches.length > 1 ? withoutOverlaps(matches) : matches;
}

const rank = (match: FormatMatch) => match.format.rank ?? 1;

function withoutOverlaps(matches: FormatMatch[]): FormatMatch[] {
  matches.sort((a, b) => a.start - b.start || rank(b) - rank(a) || b.end - a.end);
  const kept: FormatMatch[] = [];
  for (const match of matches) {
    const last = kept.at(-1);
    if (last === undefined || match.start >= last.end) kept.push(match);
    else if (rank(match) > rank(last)) kept[kept.length - 1] = match;
  }
  return kept;
}
