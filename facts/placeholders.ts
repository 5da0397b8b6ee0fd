/**
 * Placeholders: parts of a file that a script replaces before the file is used (`@NAME@`, `TEMPLATE_NAME`). What will be
 * there is not known. For all languages alike.
 */
import type { Files } from '../core/language.ts';
import { Decoder, type SourceText, UNRESOLVED } from '../core/text.ts';
import { type BuildFile, buildFilesAround } from './build-files.ts';

/** A placeholder in a text, as a half-open range of it. */
export interface Placeholder {
  readonly start: number;
  readonly end: number;
}

/**
 * Placeholders between signs of their own; those of pipelines, `#{name}#`, of Autoconf, `@prefix@`, and of Python's formats,
 * `{name}`, may be in lowercase. The values that sops encrypts in place are no different: `ENC[AES256_GCM,…]`.
 */
const MARKED =
  /#\{[A-Za-z][\w.-]{0,60}\}#|ENC\[AES256_GCM,[^\]\s]{1,4000}\]|@@[A-Z][A-Z0-9_]{1,60}@@|@[A-Za-z][A-Za-z0-9_.]{1,60}@|%%[A-Z][A-Z0-9_]{1,60}%%|%[A-Z][A-Z0-9_]{1,60}%|__[A-Z][A-Z0-9]{0,40}(?:_[A-Z0-9]{1,40}){0,6}__|<[A-Z][A-Z0-9]{0,40}(?:[_-][A-Z0-9]{1,40}){1,6}>|(?<![$%#{\\\w])\{(?:[A-Z][A-Z0-9_]{1,60}|[a-z][a-z0-9_]{1,60})\}(?!\})/g;
/** Words in uppercase letters; only those that say it are placeholders. */
const WORD = /\b[A-Z][A-Z0-9]{2,40}(?:_[A-Z0-9]{1,40}){0,6}\b/g;
const SAYING =
  /^(TEMPLATE_|TMPL_|REPLACE_|PLACEHOLDER_)|(_PLACEHOLDER|_REPLACE_?ME)$|^(REPLACEME|PLACEHOLDER|FILL_?IN|FILL_?ME)$/;
/** After `FROM`: no name of an image has uppercase letters, but for its host and its tag. */
const IMAGE = /^[ \t]{0,40}FROM[ \t]{1,40}(?:--\S{1,200}[ \t]{1,40})?(?=\S{0,200}[A-Z])(\S{1,400})/gim;
const CAPITALIZED = /(?<![$\w]|\$\{)[A-Za-z]\w{0,60}(?!\w)/g;
/** What C, Perl, PHP and Ruby write between underscores. */
const MACRO =
  /^__(?:FILE|LINE|DIR|CLASS|TRAIT|METHOD|FUNCTION|NAMESPACE|DATA|END|PACKAGE|SUB|DATE|TIME|STDC|COUNTER|GNUC|APPLE|LINUX)/;
/** What makes what follows a pattern that is replaced: `s/`, `${text//`, `.replace("`, `-replace '`. */
const REPLACING = /(?:(?:^|[\s"';{])s[/#|,@~!:;^+=%][\\"'^(]{0,3}|\$\{\w{1,30}\/\/?|replace\w{0,5}[ (]{1,2}["'/])$/i;
/** Files with more are not templates. */
const MOST = 2_000;
const MOST_NAMES = 100;
const ALONE = new RegExp(`^[ \\t]{0,200}${UNRESOLVED}{2,}[ \\t\\r]*$`, 'm');

/** What sed or envsubst replaces in a file of values for Packer, which takes no references there: the name is the range. */
const BRACED = /\$\{[A-Za-z_]\w{0,60}\}/g;
const FILE_OF_VALUES = /\.pkrvars\.hcl$/;

interface Found extends Placeholder {
  readonly text: string;
  readonly style: string;
}

/** The placeholders of a text, in order. `path` and `files` tell what replaces them; without them only the text itself does. */
export function placeholdersIn(text: string, path: string | undefined, files: Files): readonly Placeholder[] {
  const all = path !== undefined && FILE_OF_VALUES.test(path) ? withBraced(candidates(text), text) : candidates(text);
  if (all.length === 0) return all;
  const names = new Set(all.map(found => found.text));
  // Braces around a word in lowercase are too common for a search.
  const wanted = [...names].filter(name => !FORMATTED.test(name));
  // Nothing else is written like the tokens of Azure Pipelines, `#{name}#`, and the values of sops.
  const isInput = path?.endsWith('.in') === true;
  const tokens = all.flatMap(({ style, text: name }) =>
    style === '#{' || style === 'ENC[' || (style === '@' && isInput) ? name : [],
  );
  const known = new Set([...tokens, ...named(all, text), ...wholeValues(all, text), ...wholeLines(all, text)]);
  if (path !== undefined && wanted.length <= MOST_NAMES && wanted.some(name => !known.has(name))) {
    const around = buildFilesAround(path, files) ?? [];
    const others = around.filter(file => file.path !== path);
    const expanding = others.some(({ text: other }) => /\benvsubst\b/.test(other) && namesFile(other, path));
    for (const name of wanted)
      if (!known.has(name) && ((expanding && name.startsWith('$')) || others.some(file => replaces(file, name, path))))
        known.add(name);
  }
  return all.filter(found => known.has(found.text));
}

/** What may be a placeholder, in order; none is in another one. */
function candidates(text: string): readonly Found[] {
  const found: Found[] = [];
  for (const { 0: word, index } of text.matchAll(MARKED)) {
    if (MACRO.test(word)) continue;
    // `a__NAME__b` is a name, `user@HOST@` no placeholder.
    if (/\w/.test(text[index - 1] ?? '') && /[_@E]/.test(word[0]!)) continue;
    found.push({ start: index, end: index + word.length, text: word, style: /^\W{1,2}|^__|^ENC\[/.exec(word)![0] });
    if (found.length > MOST) return [];
  }
  const variables = new Set<string>();
  const words: Found[] = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const style = SAYING.exec(word)?.[0];
    if (style === undefined) continue;
    if (isVariable(text, index, index + word.length)) variables.add(word);
    words.push({ start: index, end: index + word.length, text: word, style });
    if (words.length > MOST) return [];
  }
  for (const { 0: line, 1: image, index } of text.matchAll(IMAGE))
    for (const { 0: word, index: at } of image!.matchAll(CAPITALIZED))
      if (/[A-Z]/.test(word) && !SAYING.test(word) && words.length < MOST) {
        const start = index + line.length - image!.length + at;
        words.push({ start, end: start + word.length, text: word, style: 'FROM' });
      }
  const inside = (word: Found): boolean => found.some(({ start, end }) => word.start < end && word.end > start);
  const free = words.filter(word => !variables.has(word.text) && !inside(word));
  return [...found, ...free].sort((a, b) => a.start - b.start).filter(({ start }) => !isReplaced(text, start));
}

function withBraced(found: readonly Found[], text: string): readonly Found[] {
  const braced = [...text.matchAll(BRACED)].slice(0, MOST).map(({ 0: word, index }) => ({
    start: index + 2,
    end: index + word.length - 1,
    text: word,
    style: '${',
  }));
  const free = found.filter(({ start, end }) => !braced.some(one => one.start < end && start < one.end));
  return [...free, ...braced].sort((a, b) => a.start - b.start);
}

/** Whether a word is the name of a variable or key: `$NAME`, `${NAME}`, `var.NAME`, `NAME=`, `NAME:`, `ARG NAME`. */
function isVariable(text: string, start: number, end: number): boolean {
  return (
    /[$.]$|[$%]\{|%$|\b(?:ARG|ENV|export|local|variable) ?"?$/.test(text.slice(Math.max(0, start - 12), start)) ||
    /^"?[ \t]{0,40}(?:[=?:]|%)/.test(text.slice(end, end + 42))
  );
}

/** Whether the text itself replaces what is at `at`, in another file. */
function isReplaced(text: string, at: number): boolean {
  return REPLACING.test(text.slice(Math.max(0, at - 45), at));
}

/** Several of one style, in one text, are no accident. `%NAME%` is a variable of Windows as well. */
function named(all: readonly Found[], text: string): readonly string[] {
  const styles = new Map<string, Set<string>>();
  const repeated = new Set<string>();
  const seen = new Set<string>();
  for (const { style, text: name } of all) {
    if (
      style === '%' ||
      style === '{' ||
      style === '${' ||
      style === 'FROM' ||
      (style === '__' && /^[ \t]*#[ \t]*(?:ifn?def|define|if)\b/m.test(text))
    )
      continue;
    let names = styles.get(style);
    if (!names) styles.set(style, (names = new Set()));
    names.add(name);
    if (name === style && seen.has(name)) repeated.add(name);
    seen.add(name);
  }
  return [...repeated, ...[...styles.values()].filter(({ size }) => size > 1).flatMap(names => [...names])];
}

/**
 * `key: "%NAME%"`, `key: {NAME}`: a whole value. In YAML the second is a mapping without values, which nothing needs. In
 * lowercase, several show that a program formats the text, and then the others are placeholders too.
 */
function wholeValues(all: readonly Found[], text: string): readonly string[] {
  const whole = wholeOf(all, text);
  const formatted = whole.filter(name => FORMATTED.test(name));
  if (new Set(formatted).size > 1)
    return [...whole, ...all.flatMap(({ text: name }) => (FORMATTED.test(name) ? name : []))];
  return formatted.length > 0 ? whole.filter(name => !FORMATTED.test(name)) : whole;
}

/** The field of a format of Python. */
const FORMATTED = /^\{[a-z]/;

function wholeOf(all: readonly Found[], text: string): readonly string[] {
  return all.flatMap(({ start, end, style, text: name }) =>
    (style === '%' || (style === '{' && /:[ \t]{1,40}["']?$/.test(text.slice(Math.max(0, start - 42), start)))) &&
    /[:=-][ \t]{1,40}["']?$/.test(text.slice(Math.max(0, start - 42), start)) &&
    /^["']?[ \t]{0,40}(?:[\r\n#]|$)/.test(text.slice(end, end + 42))
      ? name
      : [],
  );
}

/** `AGENT_CONFIG_PLACEHOLDER`, with the line to itself: in none of the languages is it anything else. */
function wholeLines(all: readonly Found[], text: string): readonly string[] {
  return all.flatMap(({ start, end, text: name }) =>
    name.endsWith('_PLACEHOLDER') &&
    text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() === '' &&
    /^[ \t]{0,40}(?:\r?\n|$)/.test(text.slice(end, end + 42))
      ? name
      : [],
  );
}

/** Whether a file replaces what is called so. A word without signs may be replaced elsewhere: then it names the file too. */
function replaces({ text }: BuildFile, name: string, path: string): boolean {
  if (/^\w/.test(name) && !name.startsWith('__') && !namesFile(text, path)) return false;
  for (let at = text.indexOf(name), i = 0; at >= 0 && i < 50; at = text.indexOf(name, at + 1), i++)
    if (isReplaced(text, at)) return true;
  return false;
}

/** Whether a text names a file, or others with its ending (`*.pkr.hcl`). */
function namesFile(text: string, path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.indexOf('.');
  return text.includes(name) || (dot > 0 && text.includes(`*${name.slice(dot)}`));
}

/**
 * The text with lines that are nothing but placeholders as comments, which YAML and shell have in common: any lines may take their
 * place.
 */
export function withCommentLines(source: SourceText): SourceText {
  if (!ALONE.test(source.text)) return source;
  const decoder = new Decoder(source);
  let from = 0;
  for (const { index } of source.text.matchAll(new RegExp(ALONE, 'gm'))) {
    const start = source.text.indexOf(UNRESOLVED, index);
    decoder.verbatim(from, start).as('#', start, start + 1);
    from = start + 1;
  }
  return decoder.verbatim(from, source.text.length).done();
}

/** The text with its placeholders unknown. It is as long as before: rules look up places of the document in it. */
export function withoutPlaceholders(source: SourceText, path: string | undefined, files: Files): SourceText {
  return withoutRanges(source, placeholdersIn(source.text, path, files));
}

/** The text with these ranges unknown. They are in order. */
export function withoutRanges(source: SourceText, found: readonly Placeholder[]): SourceText {
  if (found.length === 0) return source;
  const decoder = new Decoder(source);
  let from = 0;
  for (const { start, end } of found) {
    if (start < from) continue;
    decoder.verbatim(from, start).as(UNRESOLVED.repeat(end - start), start, end);
    from = end;
  }
  return decoder.verbatim(from, source.text.length).done();
}
