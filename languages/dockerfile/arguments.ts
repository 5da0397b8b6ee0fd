/** Arguments with their own syntax: `NAME=value` pairs of ENV and LABEL, declarations of ARG, ports of EXPOSE. */
import type { Value } from '../../core/build.ts';
import type { Finding } from '../../core/finding.ts';
import { fix } from '../../core/finding.ts';
import { type SourceText, UNRESOLVED } from '../../core/text.ts';
import { type Read, type Reading, readWord } from './substitution.ts';
import type { ArgDeclaration, Pair, Port } from './tree.ts';
import { isAsciiSpace, quotedWords, type Range } from './words.ts';

/** Reports a syntax error in a word and returns its value. */
export function accepted(source: SourceText, { value, error }: Read, problems: Finding[]): Value {
  if (error)
    problems.push({
      message: error.message,
      help: error.help,
      span: source.spanOf(error.start, error.end),
      fixes: error.missing
        ? [
            fix(
              'suggested',
              `Close the quote with \`${error.missing}\``,
              source.insert(source.text.length, error.missing),
            ),
          ]
        : [],
    });
  return value;
}

/**
 * The pairs of ENV and LABEL. Without `=` in the first word it is the old form: the first word is the name, and the
 * rest is one value (https://docs.docker.com/reference/dockerfile/#env).
 */
export function pairsOf(
  rest: SourceText,
  reading: Reading,
  keyword: string,
  problems: Finding[],
): { readonly pairs: readonly Pair[]; readonly legacy: boolean } {
  const { text } = rest;
  const words = quotedWords(text, reading.escape);
  if (words.length === 0) return { pairs: [], legacy: false };
  const read = (range: Range, ends: Reading['ends']) => {
    const source = rest.slice(range.start, range.end);
    return accepted(source, readWord(source, { ...reading, ends }), problems);
  };
  if (!text.slice(words[0]!.start, words[0]!.end).includes('=')) {
    let nameEnd = 0;
    while (nameEnd < text.length && !isAsciiSpace(text.charCodeAt(nameEnd))) nameEnd++;
    const start = skipAsciiSpace(text, nameEnd);
    if (start >= text.length) {
      problems.push({
        message: `\`${keyword}\` has a name without a value`,
        help: 'Write `NAME=value`',
        span: rest.span,
      });
      return { pairs: [], legacy: false };
    }
    const key = read({ start: 0, end: nameEnd }, 'space').source.text;
    const value = read({ start, end: text.length }, 'never');
    return {
      pairs: [{ key, keySpan: rest.spanOf(0, nameEnd), value, span: rest.span }],
      legacy: true,
    };
  }
  const pairs: Pair[] = [];
  let valueStart = -1;
  for (const [i, word] of words.entries()) {
    const equals = text.slice(word.start, word.end).indexOf('=');
    if (equals < 0) {
      // One report for all words of one value.
      if (i > 0 && !hasEquals(text, words[i - 1]!)) continue;
      if (text[word.start] === '#') {
        problems.push({
          message: `This comment is read as an argument of \`${keyword}\``,
          help: 'Put the comment on a line of its own',
          span: rest.spanOf(word.start, text.length),
        });
        break;
      }
      problems.push({
        // The word is not quoted: it may be the rest of a secret.
        message: `\`${keyword}\` argument without \`=\``,
        help: 'Quote a value that contains spaces: `NAME="two words"`',
        span: rest.spanOf(word.start, word.end),
        fixes: [quotedThrough(rest, valueStart, endOfRun(text, words, i), reading.escape)],
      });
      continue;
    }
    const at = word.start + equals;
    valueStart = at + 1;
    pairs.push({
      key: read({ start: word.start, end: at }, 'unquoted-space').source.text,
      keySpan: rest.spanOf(word.start, at),
      value: read({ start: at + 1, end: word.end }, 'unquoted-space'),
      span: rest.spanOf(word.start, word.end),
    });
  }
  return { pairs, legacy: false };
}

const hasEquals = (text: string, { start, end }: Range): boolean => text.slice(start, end).includes('=');

/** The end of the last word without `=` from the `i`th on. */
function endOfRun(text: string, words: readonly Range[], i: number): number {
  let last = i;
  while (words[last + 1] && !hasEquals(text, words[last + 1]!)) last++;
  return words[last]!.end;
}

/** Quotes the value up to the end of its last word; `undefined` when it contains quotes or escapes already. */
function quotedThrough(rest: SourceText, start: number, end: number, mark: string) {
  const value = rest.text.slice(start, end);
  if (start < 0 || /["']/.test(value) || value.includes(mark)) return undefined;
  return fix('suggested', 'Quote the whole value', rest.insert(start, '"'), rest.insert(end, '"'));
}

function skipAsciiSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && isAsciiSpace(text.charCodeAt(at))) at++;
  return at;
}

/**
 * The declarations of ARG; `readingNow` is called for each, because before the first FROM each sees those before it.
 */
export function declarationsOf(
  rest: SourceText,
  readingNow: () => Reading,
  problems: Finding[],
  declare: (declaration: ArgDeclaration) => void,
): void {
  const { text } = rest;
  const first = readingNow();
  for (const word of quotedWords(text, first.escape)) {
    const reading: Reading = { ...readingNow(), ends: 'unquoted-space' };
    const read = (start: number, end: number) => {
      const source = rest.slice(start, end);
      return accepted(source, readWord(source, reading), problems);
    };
    const equals = text.slice(word.start, word.end).indexOf('=');
    const nameEnd = equals < 0 ? word.end : word.start + equals;
    declare({
      name: read(word.start, nameEnd).source.text,
      nameSpan: rest.spanOf(word.start, nameEnd),
      default: equals < 0 ? undefined : read(nameEnd + 1, word.end),
      span: rest.spanOf(word.start, word.end),
    });
  }
}

/** `80`, `8000-8010`, `53/udp`; https://docs.docker.com/reference/dockerfile/#expose. */
export function portOf(value: Value): Port {
  const { text } = value.source;
  const slash = text.indexOf('/');
  const number = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(slash < 0 ? text : text.slice(0, slash));
  const after = slash < 0 ? undefined : text.slice(slash + 1);
  const protocol = after === undefined || after.includes(UNRESOLVED) ? undefined : after;
  return {
    value,
    first: number ? Number(number[1]) : undefined,
    last: number ? Number(number[2] ?? number[1]) : undefined,
    protocol,
    protocolSpan: protocol === undefined ? undefined : value.source.spanOf(slash + 1, text.length),
  };
}
