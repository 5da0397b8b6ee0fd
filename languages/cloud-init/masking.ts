/**
 * Templates tolerated. Files that Terraform, Packer, Jinja, Go or ERB fill in are not YAML yet; their expressions
 * are replaced by `UNRESOLVED`s of the same length, so that YAML can be read and no offset moves. A directive that has its line
 * to itself becomes a comment, since the line is gone when the template is filled in.
 */
import { Decoder, type SourceText, UNRESOLVED } from '../../core/text.ts';
import type { Tag } from './jinja/tokens.ts';
import type { TemplateLanguage } from './tree.ts';

/** Stands for the first sign of `$${` and `%%{`, which Terraform writes as `${` and `%{`. */
export const ESCAPE_MARK = '\uE001';

/** Expressions longer than this are not looked for, in UTF-16 code units. */
const LONGEST_EXPRESSION = 5_000;
/** After this many unclosed ones, the rest of the file is read unchanged. */
const MOST_UNCLOSED = 20;

interface Construct {
  readonly start: number;
  readonly end: number;
  readonly language: TemplateLanguage;
  /** It leaves nothing in the output: `%{ if x }`, `{% for … %}`, `{# … #}`, `{{ end }}`. */
  readonly directive: boolean;
  /** `$${`: nothing is filled in, the first sign goes. */
  readonly escaped: boolean;
}

const TERRAFORM_DIRECTIVE = /^%\{~?\s*(?:if|else|endif|for|endfor)\b/;
const GO_DIRECTIVE =
  /^\{\{-?\s*(?:(?:if|else|end|range|with|define|template|include|block|break|continue)\b|[#/^>!]|\/\*|\$\w{1,40}\s{0,4}:?=)/;

type Closing = '}}' | '%}' | '#}' | '%>';

/** What closes the construct that opens at `at` with `{` or `<`; `undefined` where none of the languages has one. */
function closingOf(
  text: string,
  at: number,
  has: { readonly braces: boolean; readonly jinja: boolean; readonly erb: boolean },
): Closing | undefined {
  const next = text[at + 1];
  // `<%%` is written as `<%`.
  if (text[at] === '<') return has.erb && next === '%' && text[at + 2] !== '%' ? '%>' : undefined;
  if (next === '{') return has.braces ? '}}' : undefined;
  if (!has.jinja) return undefined;
  return next === '%' ? '%}' : next === '#' ? '#}' : undefined;
}

/** Every template construct in one of the languages, in order, none inside another. */
export function findConstructs(text: string, languages: readonly TemplateLanguage[]): Construct[] {
  const found: Construct[] = [];
  const terraform = languages.includes('terraform');
  const jinja = languages.includes('jinja');
  const braces = jinja || languages.includes('go');
  const erb = languages.includes('erb');
  const ytt = languages.includes('ytt');
  const closing = { '}}': -1, '%}': -1, '#}': -1, '%>': -1 };
  let unclosed = 0;
  const add = (start: number, end: number, language: TemplateLanguage, directive: boolean, escaped = false) =>
    found.push({ start, end, language, directive, escaped });
  for (let at = 0; at < text.length && unclosed < MOST_UNCLOSED; at++) {
    const next = text[at + 1];
    switch (text[at]) {
      case '$':
      case '%': {
        if (!terraform) break;
        if (next === text[at] && text[at + 2] === '{') {
          add(at, at + 3, 'terraform', false, true);
          at += 2;
        } else if (next === '{') {
          // Without a keyword it is text of another program: `curl -w '%{http_code}'`.
          if (text[at] === '%' && !TERRAFORM_DIRECTIVE.test(text.slice(at, at + 40))) break;
          const end = closeOfInterpolation(text, at + 2);
          if (end === undefined) unclosed++;
          else {
            add(at, end, 'terraform', text[at] === '%');
            at = end - 1;
          }
        } else if (text[at] === '$') {
          const end = endOfValue(text, at);
          if (end === undefined) break;
          // A list below it goes on with what is filled in.
          add(at, end, 'terraform', /^[ \t]{0,9}\r?\n[ \t]{0,200}- /.test(text.slice(end, end + 300)));
          at = end - 1;
        }
        break;
      }
      case '#':
        // A line of its own is a comment as it is.
        if (ytt && next === '@' && /[:-][ \t]{1,20}$/.test(text.slice(Math.max(0, at - 30), at))) {
          const end = lineEnd(text, at);
          add(at, end, 'ytt', false);
          at = end - 1;
        }
        break;
      case '<':
      case '{': {
        const close = closingOf(text, at, { braces, jinja, erb });
        if (!close) break;
        if (closing[close] >= 0 && closing[close] < at + 2) closing[close] = -1;
        if (closing[close] < 0) closing[close] = text.indexOf(close, at + 2);
        const end = closing[close] < 0 ? Number.POSITIVE_INFINITY : closing[close] + 2;
        if (end - at > LONGEST_EXPRESSION) unclosed++;
        else {
          const directive =
            close === '%>' ? text[at + 2] !== '=' : close !== '}}' || GO_DIRECTIVE.test(text.slice(at, at + 40));
          add(at, end, close === '%>' ? 'erb' : jinja ? 'jinja' : 'go', directive);
          at = end - 1;
        }
        break;
      }
    }
  }
  return found;
}

/** The end of a name that envsubst fills in, where it is all that a key has: `write_files: $FILES`. */
function endOfValue(text: string, at: number): number | undefined {
  if (!/[\w-]["']?:[ \t]{1,20}$/.test(text.slice(Math.max(0, at - 30), at))) return undefined;
  const [name] = /^\$[A-Z_][A-Z0-9_]{0,60}(?=[ \t]{0,9}(?:\r?\n|$))/.exec(text.slice(at, at + 80)) ?? [];
  return name === undefined ? undefined : at + name.length;
}

/** After the `}` that closes `${`, strings and nested braces minded. */
function closeOfInterpolation(text: string, from: number): number | undefined {
  let depth = 1;
  let quoted = false;
  const limit = Math.min(text.length, from + LONGEST_EXPRESSION);
  for (let at = from; at < limit; at++) {
    const character = text[at];
    if (quoted && character === '\\') at++;
    else if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return at + 1;
  }
  return undefined;
}

export interface Masked {
  /** As long as the text it was made from. */
  readonly text: SourceText;
  /** The languages of which something was found. */
  readonly templated: readonly TemplateLanguage[];
  /** Lines of content start with a directive, so that it is not known which lines there are, and how far in. */
  readonly optional: boolean;
}

/** The text with every construct of the languages masked. `tags`: those of Jinja, where they are known. */
export function maskTemplates(
  source: SourceText,
  languages: readonly TemplateLanguage[],
  tags?: readonly Tag[],
): Masked {
  const { text } = source;
  const constructs = tags
    ? withTags(text, languages, tags)
    : languages.length > 0
      ? findConstructs(text, languages)
      : [];
  if (constructs.length === 0) return { text: source, templated: [], optional: false };
  const decoder = new Decoder(source);
  let from = 0;
  let optional = false;
  const put = (start: number, end: number, as: string) => {
    if (start < from) return;
    decoder.verbatim(from, start);
    if (end > start) decoder.as(as, start, end);
    from = end;
  };
  for (const line of linesWith(text, constructs)) {
    optional ||= line.optional;
    if (line.alone === undefined) {
      for (const { start, end, escaped } of line.constructs)
        if (escaped) put(start, start + 1, ESCAPE_MARK);
        else put(start, end, (start >= line.blank ? ' ' : UNRESOLVED).repeat(end - start));
    } else put(line.start, line.end, standIn(line.end - line.start, line.alone, line.directive));
  }
  decoder.verbatim(from, text.length);
  return { text: decoder.done(), templated: [...new Set(constructs.map(({ language }) => language))], optional };
}

/** Jinja's tags, and the constructs of the other languages that are outside of them. */
function withTags(text: string, languages: readonly TemplateLanguage[], tags: readonly Tag[]): readonly Construct[] {
  const own = tags.map(({ kind, start, end }): Construct => {
    return { start, end, language: 'jinja', directive: kind !== 'output', escaped: false };
  });
  const others = languages.filter(language => language !== 'jinja');
  if (others.length === 0) return own;
  const ends = [...own, ...findConstructs(text, others)].sort((a, b) => a.start - b.start);
  let last = 0;
  return ends.filter(({ start, end }) => {
    if (start < last) return false;
    last = end;
    return true;
  });
}

/** What a line with nothing but constructs becomes; `column` is where content may start. */
function standIn(length: number, column: number, comment: boolean): string {
  if (length <= column) return ' '.repeat(length);
  const rest = length - column;
  return ' '.repeat(column) + (comment ? `#${UNRESOLVED.repeat(rest - 1)}` : UNRESOLVED.repeat(rest));
}

interface TemplateLine {
  readonly constructs: readonly Construct[];
  /** From the start of the line to the end of the last construct. */
  readonly start: number;
  readonly end: number;
  /** The column to write at when constructs have the line to themselves; otherwise they are masked in place. */
  readonly alone: number | undefined;
  readonly directive: boolean;
  /** From here on, constructs leave nothing but the end of the line. */
  readonly blank: number;
  /** A directive decides whether its content is there. */
  readonly optional: boolean;
}

const BLOCK_HEADER = /(?:^|[\s:-])[|>][-+1-9]{0,2}[ \t]*(?:[ \t]#[^\n]*)?$/;

/** The lines that hold constructs; one that a construct spans counts as one line. */
function* linesWith(text: string, constructs: readonly Construct[]): Iterable<TemplateLine> {
  /** Columns of the open block scalar: of its parent, and of its body once a line of it was met. */
  let block: { parent: number; body: number | undefined } | undefined;
  let waiting: { line: Omit<TemplateLine, 'alone'>; column: number }[] = [];
  let previous = '';
  let index = 0;
  for (let start = 0; start <= text.length; ) {
    const mine: Construct[] = [];
    let end = lineEnd(text, start);
    while (index < constructs.length && constructs[index]!.start <= end) {
      const construct = constructs[index++]!;
      mine.push(construct);
      if (construct.end > end) end = lineEnd(text, construct.end);
    }
    const last = mine.at(-1);
    const line = text.slice(start, end);
    const column = line.length - line.trimStart().length;
    const alone = last !== undefined && onlyConstructs(text, start, end, mine);
    if (alone) {
      const directive = mine.every(construct => construct.directive);
      waiting.push({
        line: { constructs: mine, start, end: last.end, directive, blank: end, optional: false },
        column,
      });
    } else if (line.trim() !== '') {
      if (block && column > block.parent) block.body ??= column;
      else block = undefined;
      for (const { line: held, column: at } of waiting)
        yield { ...held, ...placeAlone(held.directive, at, block, previous) };
      waiting = [];
      const first = mine[0];
      // Whether the line is there, and how far in, the directive at its start decides.
      const isOptional = !block && first?.directive === true && text.slice(start, first.start).trim() === '';
      const blank = block ? end : trailing(text, start, end, mine);
      if (isOptional) yield { constructs: mine, start, end, alone: column, directive: true, blank, optional: true };
      else if (last)
        yield { constructs: mine, start, end: last.end, alone: undefined, directive: false, blank, optional: false };
      const rest = text.slice(Math.max(start, blank - 200), blank);
      if (!block && !isOptional && BLOCK_HEADER.test(rest)) block = { parent: parentColumn(line), body: undefined };
      previous = line;
    }
    start = end + 1;
  }
  for (const { line, column } of waiting) yield { ...line, ...placeAlone(line.directive, column, block, previous) };
}

/** Where the directives at the end of a line start, after `key:`, a dash or the header of a block; else the end of the line. */
function trailing(text: string, start: number, end: number, constructs: readonly Construct[]): number {
  let from = end;
  for (const construct of constructs.toReversed()) {
    if (!construct.directive || text.slice(construct.end, from).trim() !== '') break;
    from = construct.start;
  }
  return from < end && /[:|>-][-+1-9]{0,2}[ \t]*$/.test(text.slice(Math.max(start, from - 200), from)) ? from : end;
}

function placeAlone(
  directive: boolean,
  column: number,
  block: { body: number | undefined } | undefined,
  previous: string,
): { alone: number; directive: boolean } {
  if (block) return { alone: Math.max(column, block.body ?? column), directive };
  // `key:` and then an expression on a line of its own: that is its value.
  const isValue = !directive && /:\s*$/.test(previous) && column > previous.length - previous.trimStart().length;
  return { alone: column, directive: !isValue };
}

function lineEnd(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  return found < 0 ? text.length : found;
}

function onlyConstructs(text: string, start: number, end: number, constructs: readonly Construct[]): boolean {
  let from = start;
  for (const construct of constructs) {
    if (construct.escaped || text.slice(from, construct.start).trim() !== '') return false;
    from = construct.end;
  }
  return text.slice(from, end).trim() === '';
}

/** The column of the key or dash before a block scalar's header. */
function parentColumn(line: string): number {
  let at = 0;
  let dash = 0;
  for (;;) {
    while (line[at] === ' ') at++;
    if (line[at] !== '-' || line[at + 1] !== ' ') break;
    dash = at;
    at++;
  }
  return line[at] === '|' || line[at] === '>' ? dash : at;
}
