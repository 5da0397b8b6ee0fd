/**
 * What no output may show of a document. Every text that leaves the linter (messages, help, related places, titles of
 * fixes, frames, diffs) passes through here; only the edits of fixes keep the text.
 */
import type { ImageBuild } from '../../../core/build.ts';
import { memoOfText } from '../../../core/memo.ts';
import { readsAsWords } from '../entropy.ts';
import { exposures } from '../exposures/find.ts';
import { isCmdlet } from '../references.ts';
import { findSecretFormats, tokensIn } from '../scan.ts';
import { type Range, readersFor, suspectsIn, variableDefaultsIn } from './lexical.ts';

/** What is shown in the place of a secret. */
export const MASK = '***';

/** So many characters of a secret in a row are a part of it and no chance. */
const TELLING = 6;
/** A part of a secret that is repeated in a text of ours is hidden from this length on; a whole one always. */
const TELLING_PART = 8;
/** In longer documents only what rules know is looked for outside of the lines that are shown, in UTF-16 code units. */
const LONGEST_READ = 1_000_000;
/** Of so many secrets are further occurrences looked for: each costs a pass over the text. */
const MOST_SEARCHED = 50;

/** A line without its break. */
interface Line extends Range {
  readonly suspects: readonly Range[];
}

/** What of a text of ours may be a secret by its looks. Many documents have the same said of them. */
const looksIn = memoOfText(2_000, (text): readonly Range[] => [
  ...suspectsIn(text).filter(range => !isQuotedName(text, range)),
  ...findSecretFormats(text),
]);

/** Whether a value is a secret by its looks, whatever it is called. */
export const looksSecret = (value: string): boolean => value.length >= TELLING_PART && looksIn(value).length > 0;

/** The masks of one document; made where something is said of it, since that costs a pass over its text. */
export class Masks {
  private readonly known: readonly Range[];
  private ranges: readonly Range[] | undefined;
  private lastLine: Line | undefined;
  private readonly cleaned = new Map<string, string>();
  private grams: Set<string> | undefined;
  private values: readonly string[] | undefined;

  /**
   * `build` is missing where the text could not be read as a document. `file` is the path of a text that is not the
   * build's own, but of a file that it names.
   */
  constructor(
    private readonly document: string,
    private build: ImageBuild | undefined,
    file?: string,
    isRead = true,
  ) {
    const byName = document.length > LONGEST_READ ? [] : variableDefaultsIn(document);
    this.known = [...(build && isRead ? knownIn(document, build, file) : findSecretFormats(document)), ...byName];
  }

  /**
   * For a host that shows nothing of a document but a few names: what is hidden is found by its looks and by the names
   * of variables, without the rules' reading of scripts and files, which costs more than all that the host does.
   */
  static byLooks(document: string, build: ImageBuild): Masks {
    return new Masks(document, build, undefined, false);
  }

  /** The ranges of `[start, end)` that must not be shown, sorted and apart. They may begin before and end after it. */
  within(start: number, end: number): readonly Range[] {
    this.ranges ??= united(this.known);
    const found = [...overlapping(this.ranges, start, end)];
    for (let at = this.lineStart(start); ; ) {
      const line = this.suspectsOfLine(at);
      found.push(...overlapping(line.suspects, start, end));
      if (line.end >= end || line.end >= this.document.length) return united(found);
      at = line.end + 1;
    }
  }

  private lineStart(offset: number): number {
    return offset === 0 ? 0 : this.document.lastIndexOf('\n', offset - 1) + 1;
  }

  /** Kept for the line that was asked for last: a long line with many findings is read once. */
  private suspectsOfLine(start: number): Line {
    if (this.lastLine?.start === start) return this.lastLine;
    const newline = this.document.indexOf('\n', start);
    const end = newline < 0 ? this.document.length : newline;
    const suspects = suspectsIn(this.document.slice(start, end)).map(one => ({
      start: start + one.start,
      end: start + one.end,
    }));
    return (this.lastLine = { start, end, suspects: united(suspects) });
  }

  /** The text of the document from `start` to `end` as it may be shown. */
  shown(start: number, end: number): string {
    return masked(this.document, start, end, this.within(start, end));
  }

  /** A text about the document without what it repeats of secrets. */
  clean(text: string): string {
    let clean = this.cleaned.get(text);
    if (clean === undefined) this.cleaned.set(text, (clean = this.cleanedOf(text)));
    return clean;
  }

  private cleanedOf(text: string): string {
    const found = [...looksIn(text)];
    this.values ??= this.valuesOf();
    for (const value of this.values)
      for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length))
        found.push({ start: at, end: at + value.length });
    found.push(...this.partsIn(text).filter(({ start, end }) => !isOrdinary(text.slice(start, end))));
    return found.length === 0 ? text : masked(text, 0, text.length, united(found));
  }

  /** Whether a text (the new text of an edit) repeats a telling part of a secret. */
  repeats(text: string): boolean {
    this.values ??= this.valuesOf();
    return (
      this.values.some(value => text.includes(value)) ||
      this.known.some(({ start, end }) => text.includes(this.document.slice(start, end))) ||
      this.partsIn(text, TELLING).length > 0
    );
  }

  private partsIn(text: string, shortest = TELLING_PART): Range[] {
    if (text.length < TELLING) return [];
    this.grams ??= gramsOf((this.values ??= this.valuesOf()).filter(value => !isPhrase(value)));
    if (this.grams.size === 0) return [];
    const found: Range[] = [];
    let start = -1;
    for (let i = 0; i + TELLING <= text.length + 1; i++) {
      const inside = i + TELLING <= text.length && this.grams.has(text.slice(i, i + TELLING));
      if (inside && start < 0) start = i;
      if (inside || start < 0) continue;
      const end = i - 1 + TELLING;
      const from = withoutScheme(text, start, end);
      if (end - from >= shortest) found.push({ start: from, end });
      start = -1;
    }
    return found;
  }

  /** The secrets themselves, those that are in decoded text too. */
  private valuesOf(): readonly string[] {
    const found = new Set<string>();
    for (const { start, end } of this.known) {
      found.add(this.document.slice(start, end));
    }
    for (const text of [this.document, ...decodedIn(this.build)]) {
      if (text.length > LONGEST_READ) continue;
      const readers = readersFor(text);
      for (const line of text.split('\n'))
        for (const { start, end } of suspectsIn(line, readers)) {
          found.add(line.slice(start, end));
        }
    }
    for (const { text } of namedValues(this.build)) found.add(text);
    // Reports keep their masks to the end of a run; what they are made of is not needed again.
    this.build = undefined;
    return [...found]
      .map(value => value.trim())
      .filter(value => value.length >= TELLING && !isWord(value) && !isReferring(value));
  }
}

/** What rules know: secrets, passwords and hashes, whatever rules are on, and whatever has the shape of a known token. */
function knownIn(document: string, build: ImageBuild, of: string | undefined): readonly Range[] {
  const found = withNested(build)
    .flatMap(one => exposures(one))
    .filter(({ span: { file, start, end } }) => file === of && end > start);
  const formats = build.source.text === document ? tokensIn(build.source) : findSecretFormats(document);
  // A word used as a password has other meanings elsewhere.
  const unique = [...found.filter(({ judgement }) => judgement.kind === 'secret').map(({ span }) => span), ...formats];
  return [...found.map(({ span }) => span), ...formats, ...repetitions(document, unique)];
}

/** Where the same secrets occur again: a password that is asked for twice is reported once. */
function repetitions(text: string, secrets: readonly Range[]): readonly Range[] {
  const found: Range[] = [];
  const searched = new Set<string>();
  for (const { start, end } of secrets) {
    const secret = text.slice(start, end);
    if (secret.length < TELLING || searched.has(secret) || searched.size >= MOST_SEARCHED) continue;
    searched.add(secret);
    for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + secret.length))
      found.push({ start: at, end: at + secret.length });
  }
  return found;
}

/** Texts that the document holds in another form: nested documents and files, decoded. */
function decodedIn(build: ImageBuild | undefined): readonly string[] {
  if (!build) return [];
  return withNested(build).flatMap(one => [
    ...(one === build ? [] : [one.source.text]),
    ...one.stages.flatMap(({ steps }) =>
      // Files of their own have masks of their own.
      steps.flatMap(step =>
        step.kind === 'write-file' && step.content.span.file === undefined ? [step.content.text] : [],
      ),
    ),
  ]);
}

/** Values that reach a message through a variable, from this document or from another file of its module. */
function namedValues(build: ImageBuild | undefined): readonly { readonly text: string }[] {
  if (!build) return [];
  const found: { text: string }[] = [];
  for (const one of withNested(build)) {
    const named = [
      ...one.parameters.map(({ name, default: value }) => ({ name, value })),
      ...one.stages.flatMap(({ steps }) => steps.filter(step => step.kind === 'env' || step.kind === 'credential')),
    ];
    for (const { name, value } of named) {
      const text = value?.literal ?? value?.byDefault;
      if (text === undefined) continue;
      for (const { start, end } of suspectsIn(`${name}=${JSON.stringify(text)}`)) {
        const raw = `${name}=${JSON.stringify(text)}`.slice(start, end);
        found.push({ text: raw === JSON.stringify(text).slice(1, -1) ? text : raw });
      }
    }
  }
  return found;
}

function withNested(build: ImageBuild): readonly ImageBuild[] {
  return [build, ...build.nested.flatMap(withNested)];
}

/** Nothing but references and a word at most, with signs around them: of a pattern of `sed`, of `{{user \`password\`}}`. */
function isReferring(value: string): boolean {
  const rest = value.replace(/\$\{\w{1,80}\}|\{\{[ \t]{0,9}[a-z]{1,20}[ \t]{1,9}`\w{1,80}`[ \t]{0,9}\}\}/g, '');
  if (rest === value) return CUT.test(value);
  const word = rest.replace(/^[^A-Za-z0-9]{1,9}|[^A-Za-z0-9]{1,9}$/g, '');
  return word === '' || (word.length < TELLING_PART && isWord(word));
}

/** The beginning of a reference that a space ends: `{{user`. */
const CUT = /^\{\{[a-z]{1,20}$/;

/** A word that is a password here is a word elsewhere: `packer`. */
function isWord(value: string): boolean {
  return (/^[A-Za-z]+$/.test(value) && readsAsWords(value)) || isCmdlet(value);
}

/** Words alone: parts of them occur in any text. */
function isPhrase(value: string): boolean {
  return /^[A-Za-z_. -]+$/.test(value) && readsAsWords(value);
}

/** A part of a secret that is ordinary words as well, so that a message may have it from elsewhere: `_password`, `/example`. */
function isOrdinary(part: string): boolean {
  return /^[A-Z]?[a-z_./ -]+$/.test(part) && readsAsWords(part.replaceAll('/', ' '));
}

/** Where a part of a secret begins that is an address: `https://` is in any text. */
function withoutScheme(text: string, start: number, end: number): number {
  return (
    start + (/^[A-Za-z][A-Za-z+.-]{0,15}:\/\//.exec(text.slice(start, Math.min(end, start + 20)))?.[0].length ?? 0)
  );
}

function gramsOf(values: readonly string[]): Set<string> {
  const grams = new Set<string>();
  for (const value of values)
    for (let i = 0; i + TELLING <= Math.min(value.length, 4_096); i++) grams.add(value.slice(i, i + TELLING));
  return grams;
}

/** Our own words about a setting: "`DB_PASSWORD` is set", where what follows the name is ours. */
function isQuotedName(text: string, { start, end }: Range): boolean {
  return /^[`a-z][`a-z ,-]*$/.test(text.slice(start, end));
}

/** Sorted, and joined where they touch. */
export function united(ranges: readonly Range[]): readonly Range[] {
  const out: { start: number; end: number }[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else out.push({ start, end });
  }
  return out;
}

/** Those of the ranges, which are sorted and apart, that share a character with `[start, end)`. */
function overlapping(ranges: readonly Range[], start: number, end: number): readonly Range[] {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle]!.end <= start) low = middle + 1;
    else high = middle;
  }
  let last = low;
  while (last < ranges.length && ranges[last]!.start < end) last++;
  return ranges.slice(low, last);
}

/** `text[start, end)` with a {@link MASK} for each of the ranges, which are sorted and apart. */
export function masked(text: string, start: number, end: number, ranges: readonly Range[]): string {
  const pieces: string[] = [];
  let at = start;
  for (const range of ranges) {
    if (range.end <= start || range.start >= end) continue;
    pieces.push(text.slice(at, Math.max(at, range.start)), MASK);
    at = Math.min(end, range.end);
  }
  pieces.push(text.slice(at, end));
  return pieces.join('');
}
