/** Finds tokens of known formats anywhere in a text. */

import { memo } from '../../core/memo.ts';
import type { SourceText } from '../../core/text.ts';
import { readsAsWords } from './entropy.ts';
import type { SecretFormat } from './format.ts';
import { secretFormats } from './formats.ts';
import { isMadeUp } from './placeholders.ts';
import { prefixIndex } from './prefix-index.ts';

/** A token found in a text; `start` and `end` are half-open UTF-16 offsets of the secret itself. */
export interface FormatMatch {
  readonly format: SecretFormat;
  readonly start: number;
  readonly end: number;
}

interface Compiled {
  readonly number: number;
  readonly format: SecretFormat;
  readonly leads: readonly number[];
  /** Made when its anchor is first met: most are never needed. */
  regex: RegExp | undefined;
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
  for (const [number, format] of secretFormats().entries()) {
    const compiled: Compiled = { number, format, leads: format.lead ?? [0], regex: undefined };
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

/** How often one format may fail in one unbroken run of token characters; no text written in earnest gets there. */
const FAILURES = 8;

/**
 * Counts failed attempts per format and run, so that `glpat-glpat-glpat-…` does not cost a window for each repetition.
 * Attempts come in the order of the text, more or less.
 */
class FailureLimit {
  private cursor = 0;
  private runStart = 0;
  /** For each format that has been tried: the run it was last tried in, its failures there, the end of its last match. */
  private readonly states = new Map<number, { run: number; failures: number; found: number }>();

  constructor(private readonly text: string) {}

  /** Whether `at` lies in the format's last match, or the format has failed too often in the run around it. */
  isOver(number: number, at: number): boolean {
    const state = this.stateOf(number);
    if (at < state.found) return true;
    for (; this.cursor < at; this.cursor++) {
      if (!inRun(this.text.charCodeAt(this.cursor))) this.runStart = this.cursor + 1;
    }
    if (state.run !== this.runStart) {
      state.run = this.runStart;
      state.failures = 0;
    }
    return state.failures >= FAILURES;
  }

  succeed(number: number, end: number): void {
    this.stateOf(number).found = end;
  }

  fail(number: number): void {
    this.stateOf(number).failures++;
  }

  private stateOf(number: number) {
    let state = this.states.get(number);
    if (state === undefined) this.states.set(number, (state = { run: -1, failures: 0, found: 0 }));
    return state;
  }
}

/** Letters, digits and `_ - . + / = ~ :`: what tokens are written with. */
const inRun = (code: number) =>
  isWord(code) || (code >= 45 && code <= 47) || code === 43 || code === 61 || code === 126 || code === 58;

function matchAt(compiled: Compiled, text: string, at: number, limit: FailureLimit) {
  const { number, format } = compiled;
  if ((format.boundary ?? 'token') !== 'none' && !beginsToken(text, at)) return undefined;
  if (limit.isOver(number, at)) return undefined;
  const regex = (compiled.regex ??= new RegExp(sourceOf(format), FORMAT_FLAGS));
  regex.lastIndex = at;
  const match = secretOf(format, regex.exec(text), text);
  if (match === undefined) limit.fail(number);
  else limit.succeed(number, match.end);
  return match;
}

/**
 * Whether what has the shape of a short prefix and a key is a name: `as-international-standard-name`. Without digits
 * or with many separators only, because capitals drawn by chance can be spoken now and then.
 */
const madeOfWords = (format: SecretFormat, secret: string) =>
  (format.boundary ?? 'token') === 'token' &&
  secret.length <= 200 &&
  (!/[0-9]/.test(secret.slice(4)) || secret.split(/[-_.]/, 5).length === 5) &&
  readsAsWords(secret);

function secretOf(format: SecretFormat, match: RegExpExecArray | null, text: string): FormatMatch | undefined {
  if (match === null) return undefined;
  const [start, matched] = match.indices?.[1] ?? [match.index, match.index + match[0].length];
  const end = format.extend ? format.extend(text, matched) : matched;
  if (end === undefined) return undefined;
  const secret = text.slice(start, end);
  // A failing check means that this token was never issued; whether it is still a secret is for its name and its looks.
  if (isMadeUp(secret) || format.check?.(secret) === false) return undefined;
  if (madeOfWords(format, secret)) return undefined;
  return { format, start, end };
}

/**
 * All tokens of known formats in the text, in order and without overlaps; of two that overlap the more specific
 * format stays, then the longer. One pass over the text decides where patterns run and each run reads a bounded
 * window, so the cost grows with the text alone. Documented examples (`AKIA…EXAMPLE`) and tokens whose
 * check digits are wrong are not matches: `classifyValue` still looks at them as opaque values or placeholders.
 */
export function findSecretFormats(text: string): readonly FormatMatch[] {
  scanner ??= compile();
  const { index, users } = scanner;
  const matches: FormatMatch[] = [];
  let limit: FailureLimit | undefined;
  index(text, (literal, start) => {
    limit ??= new FailureLimit(text);
    for (const compiled of users[literal] ?? []) {
      for (const lead of compiled.leads) {
        const match = start >= lead ? matchAt(compiled, text, start - lead, limit) : undefined;
        if (match === undefined) continue;
        matches.push(match);
        break;
      }
    }
  });
  return matches.length > 1 ? withoutOverlaps(matches) : matches;
}

/** The tokens of known formats in a text of a document, searched once. */
export const tokensIn: (text: SourceText) => readonly FormatMatch[] = memo(({ text }) => findSecretFormats(text));

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
