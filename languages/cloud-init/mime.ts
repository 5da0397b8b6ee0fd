/** MIME multi-part user-data and the places of its parts (https://docs.cloud-init.io/en/latest/explanation/format/mime.html). */
import type { Finding } from '../../core/finding.ts';
import { quoted } from '../../core/quoted.ts';
import type { SourceText, Span } from '../../core/text.ts';

export interface MimePart {
  readonly type: string | undefined;
  /** Where the type is written. */
  readonly typeSpan: Span | undefined;
  readonly filename: string | undefined;
  readonly mergeType: string | undefined;
  /** `base64`, `quoted-printable`, or one that leaves the text as it is; lower case. */
  readonly encoding: string;
  /** As written, from after the headers to before the next boundary. */
  readonly body: SourceText;
  readonly span: Span;
}
export interface MimeMessage {
  readonly parts: readonly MimePart[];
  readonly problems: readonly Finding[];
}

/** More parts are not read. */
const MOST_PARTS = 200;
const LONGEST_HEADERS = 4_000;

interface Headers {
  readonly values: ReadonlyMap<string, string>;
  /** Where the value of `Content-Type` starts. */
  readonly typeStart: number | undefined;
  /** Where the body starts. */
  readonly end: number;
}

/** The parts of a message, those of messages inside it in their place. */
export function readMime(source: SourceText): MimeMessage {
  const parts: MimePart[] = [];
  const problems: Finding[] = [];
  readInto(source, parts, problems, 0);
  return { parts, problems };
}

function readInto(source: SourceText, parts: MimePart[], problems: Finding[], depth: number): void {
  const { text } = source;
  const start = text.length - text.trimStart().length;
  const headers = readHeaders(text, start);
  const boundary = parameter(headers.values.get('content-type') ?? '', 'boundary');
  const firstLine = source.spanOf(start, lineEnd(text, start));
  if (!boundary) {
    problems.push({
      message: 'MIME message without a `boundary`',
      help: 'Add `boundary="…"` to the `Content-Type` header',
      span: firstLine,
    });
    return;
  }
  let open: number | undefined;
  let closed = false;
  for (let at = headers.end; at < text.length && !closed && parts.length < MOST_PARTS; ) {
    const end = lineEnd(text, at);
    if (text.startsWith(`--${boundary}`, at)) {
      const rest = text.slice(at + 2 + boundary.length, end).trimEnd();
      if (rest === '' || rest === '--') {
        if (open !== undefined) readPart(source, open, at, parts, problems, depth);
        open = end + 1;
        closed = rest === '--';
      }
    }
    at = end + 1;
  }
  if (open === undefined)
    problems.push({
      message: 'MIME message without parts: its boundary does not appear',
      help: `Start each part with the line ${quoted(`--${boundary}`)}`,
      span: firstLine,
    });
  else if (!closed && parts.length < MOST_PARTS) readPart(source, open, text.length, parts, problems, depth);
}

function readPart(
  source: SourceText,
  start: number,
  stop: number,
  parts: MimePart[],
  problems: Finding[],
  depth: number,
): void {
  const { text } = source;
  const headers = readHeaders(text, start);
  const contentType = headers.values.get('content-type') ?? '';
  if (/^multipart\//i.test(contentType) && depth < 4) {
    readInto(source.slice(start, stop), parts, problems, depth + 1);
    return;
  }
  // The line break before a boundary belongs to the boundary.
  let end = stop;
  if (stop < text.length && text[end - 1] === '\n') end -= text[end - 2] === '\r' ? 2 : 1;
  const from = Math.min(headers.end, Math.max(start, end));
  const type = /^[\w.+-]+\/[\w.+-]+/.exec(contentType)?.[0];
  const { typeStart } = headers;
  parts.push({
    type: type?.toLowerCase(),
    typeSpan:
      type !== undefined && typeStart !== undefined && text.startsWith(type, typeStart)
        ? source.spanOf(typeStart, typeStart + type.length)
        : undefined,
    filename: parameter(headers.values.get('content-disposition') ?? '', 'filename') ?? parameter(contentType, 'name'),
    mergeType: headers.values.get('merge-type') ?? headers.values.get('x-merge-type'),
    encoding: (headers.values.get('content-transfer-encoding') ?? '7bit').trim().toLowerCase(),
    body: source.slice(from, Math.max(from, end)),
    span: source.spanOf(start, Math.max(start, end)),
  });
}

/** Header lines up to the empty one; lines that start with whitespace continue the one above. */
function readHeaders(text: string, start: number): Headers {
  const values = new Map<string, string>();
  let typeStart: number | undefined;
  let name = '';
  let at = start;
  while (at < text.length && at - start < LONGEST_HEADERS) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end).trimEnd();
    if (line === '') return { values, typeStart, end: end + 1 };
    const header = /^([\w-]{1,80}):[ \t]*/.exec(line);
    if (/^[ \t]/.test(line) && name) values.set(name, `${values.get(name)} ${line.trim()}`);
    else if (header) {
      name = header[1]!.toLowerCase();
      values.set(name, line.slice(header[0].length));
      if (name === 'content-type') typeStart = at + header[0].length;
    } else return { values, typeStart, end: at };
    at = end + 1;
  }
  return { values, typeStart, end: Math.min(at, text.length) };
}

function parameter(header: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;]+))`, 'i').exec(header);
  return found?.[1] ?? found?.[2];
}

function lineEnd(text: string, start: number): number {
  const found = text.indexOf('\n', start);
  return found < 0 ? text.length : found;
}
