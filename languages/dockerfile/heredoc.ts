/** Heredocs of RUN, COPY and ADD (https://docs.docker.com/reference/dockerfile/#here-documents). */
import { type Finding, fix } from '../../core/finding.ts';
import { quoted } from '../../core/quoted.ts';
import { Decoder, type Encode, type SourceText } from '../../core/text.ts';
import { isSpace, type Lines } from './lines.ts';
import { readTemplate } from './template.ts';
import type { HeredocFile } from './tree.ts';
import type { Range } from './words.ts';

export interface Marker extends Range {
  readonly delimiter: string;
  readonly quoted: boolean;
  readonly stripTabs: boolean;
  /** `<< EOF`: before BuildKit 0.22 it opens nothing. */
  readonly apart: boolean;
  readonly fileDescriptor: number | undefined;
}

/**
 * The heredoc markers of an instruction's line. A marker is a word of its own (`<<EOF`, `3<<-"EOF"`), or two since
 * BuildKit 0.22 (`<< EOF`); within quotes, or directly after other characters (`cat<<EOF`), BuildKit sees none. The
 * escape character is always a backslash here.
 */
export function heredocMarkers(text: string, from: number): Marker[] {
  const markers: Marker[] = [];
  if (!text.includes('<<', from)) return markers;
  let quote = '';
  let start = -1;
  /** Whether the operator is a word, and its delimiter the next one. */
  let apart = false;
  for (let at = from; at <= text.length; at++) {
    const character = text[at];
    if (character === undefined || (quote === '' && isSpace(text.charCodeAt(at)))) {
      if (apart && isSpace(text.charCodeAt(at - 1))) continue;
      apart = !apart && start >= 0 && at - start < 16 && OPERATOR.test(text.slice(start, at));
      if (apart) continue;
      const marker = start < 0 ? undefined : markerOf(text, start, at);
      if (marker) markers.push(marker);
      start = -1;
      continue;
    }
    if (start < 0) start = at;
    if (character === '\\' && quote !== "'") at++;
    else if (quote === '' ? character === '"' || character === "'" : character === quote)
      quote = quote === '' ? character : '';
  }
  // With an unclosed quote, BuildKit finds no words at all.
  return quote === '' ? markers : [];
}

/** The word in front of a delimiter that is written apart. */
const OPERATOR = /^\d{0,9}<<-?$/;

function markerOf(text: string, start: number, end: number): Marker | undefined {
  const found = /^(\d{0,9})<<(-?)(\s*)([^\s<][^<]*)$/.exec(text.slice(start, Math.min(end, start + 600)));
  if (!found || end - start > 500) return undefined;
  const word = found[4]!;
  const { nodes, error } = readTemplate(word, '\\');
  if (error) return undefined;
  const delimiter = nodes
    .map(node =>
      node.kind === 'literal' && node.escaped !== undefined ? node.escaped : word.slice(node.start, node.end),
    )
    .join('');
  if (delimiter === '') return undefined;
  return {
    start,
    end,
    delimiter,
    quoted: delimiter !== word,
    stripTabs: found[2] === '-',
    apart: found[3] !== '',
    fileDescriptor: found[1] === '' ? undefined : Number(found[1]),
  };
}

export interface Bodies {
  readonly heredocs: readonly HeredocFile[];
  /** The marker of each. */
  readonly markers: readonly Marker[];
  /** The first line after the last delimiter. */
  readonly next: number;
  readonly problems: readonly Finding[];
}

/**
 * The bodies that follow an instruction, from physical line `first` on. An unclosed one ends, for this reader, before
 * the next line that starts like an instruction, so that the rest of the file can still be read.
 */
export function readBodies(
  lines: Lines,
  first: number,
  markers: readonly Marker[],
  line: SourceText,
  isInstruction: (line: number) => boolean,
): Bodies {
  const heredocs: HeredocFile[] = [];
  const opened: Marker[] = [];
  const problems: Finding[] = [];
  let next = first;
  for (const marker of markers) {
    const found = lines.find(marker.delimiter, marker.stripTabs, next);
    // `$((1 <<X))` is not meant as a heredoc, however BuildKit reads it.
    if (found === undefined && (marker.apart || !/^[A-Za-z_][\w.-]*$/.test(marker.delimiter))) continue;
    opened.push(marker);
    let end = found ?? next;
    if (found === undefined) while (end < lines.count && !isInstruction(end)) end++;
    const span = { start: lines.start(next), end: end > next ? lines.next(end - 1) : lines.start(next) };
    const place = line.spanOf(marker.start, marker.end);
    heredocs.push({
      marker: place,
      delimiter: marker.delimiter,
      quoted: marker.quoted,
      stripTabs: marker.stripTabs,
      fileDescriptor: marker.fileDescriptor,
      body: bodyOf(lines, next, end, marker),
      raw: rawOf(lines, next, end, found, marker),
      span: lines.source.spanOf(span.start, span.end),
      close: found === undefined ? undefined : lines.source.spanOf(lines.start(found), lines.end(found)),
    });
    next = found === undefined ? end : found + 1;
    if (found !== undefined) continue;
    const before = lines.source.text[span.end - 1];
    problems.push({
      message: `Heredoc ${quoted(marker.delimiter)} is not closed`,
      help: `Add a line that contains only ${quoted(marker.delimiter)}`,
      span: place,
      // BuildKit reads no instruction behind it.
      region: { start: place.start, end: lines.source.span.end },
      fixes: [
        fix(
          'suggested',
          `Add the line ${quoted(marker.delimiter)}`,
          lines.source.insert(span.end, `${before === '\n' ? '' : '\n'}${marker.delimiter}\n`),
        ),
      ],
    });
  }
  return { heredocs, markers: opened, next, problems };
}

/** The body and its delimiter, with leading tabs. */
function rawOf(lines: Lines, from: number, to: number, close: number | undefined, marker: Marker): SourceText {
  const start = lines.start(from);
  const end = to > from ? lines.next(to - 1) : start;
  const decoder = new Decoder(lines.source, bodyEncoder(lines, { ...marker, stripTabs: false }, end), start);
  decoder.verbatim(start, end);
  if (close !== undefined) decoder.verbatim(lines.start(close), lines.end(close));
  return decoder.done();
}

function bodyOf(lines: Lines, from: number, to: number, marker: Marker): SourceText {
  const { text } = lines.source;
  const start = lines.start(from);
  const end = to > from ? lines.next(to - 1) : start;
  const decoder = new Decoder(lines.source, bodyEncoder(lines, marker, end), start);
  if (!marker.stripTabs) return decoder.verbatim(start, end).done();
  for (let line = from; line < to; line++) {
    let at = lines.start(line);
    while (text.charCodeAt(at) === 0x09) at++;
    decoder.verbatim(at, lines.next(line));
  }
  return decoder.done();
}

/** Writes into a body: no line may become the delimiter, and line breaks are those of the document. */
function bodyEncoder({ source }: Lines, { delimiter, stripTabs }: Marker, bodyEnd: number): Encode {
  return (newText, at) => {
    const { text } = source;
    const windows = text[text.indexOf('\n', at.parentStart) - 1] === '\r';
    const written = windows
      ? newText.replace(/\r?\n/g, (found, i) => (i === 0 && at.before === '\r' ? found : '\r\n'))
      : newText;
    const lineStart = text.lastIndexOf('\n', at.parentStart - 1) + 1;
    const lineEnd = text.indexOf('\n', at.parentEnd);
    const head = text.slice(lineStart, at.parentStart) + written;
    const last = at.parentEnd >= bodyEnd;
    // The delimiter's line follows: it must stay a line of its own.
    if (last && head !== '' && !head.endsWith('\n')) return undefined;
    const changed = last ? head : head + text.slice(at.parentEnd, lineEnd < 0 ? text.length : lineEnd);
    const closes = changed.split('\n').some(line => {
      const bare = line.replace(/(?<!\r)\r+$/, '');
      return (stripTabs ? bare.replace(/^\t+/, '') : bare) === delimiter;
    });
    if (closes) return undefined;
    // A leading tab would be removed again.
    if (stripTabs && /(?:^|\n)\t/.test(newText)) return undefined;
    return written;
  };
}
