/** The JSON form `["a", "b"]` of an instruction (https://docs.docker.com/reference/dockerfile/#exec-form). */
import { Decoder, type SourceText } from '../../core/text.ts';
import type { JsonForm } from './tree.ts';

/**
 * `undefined`: not JSON, so BuildKit reads the text in shell form. `not-strings`: an array with other values than
 * strings, which BuildKit rejects.
 */
export function readJsonForm(source: SourceText): JsonForm | 'not-strings' | undefined {
  const { text } = source;
  if (!text.startsWith('[') || !text.trimEnd().endsWith(']')) return undefined;
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(values)) return undefined;
  if (!values.every(value => typeof value === 'string')) return 'not-strings';
  return { elements: elementsOf(source), span: source.span };
}

/** The strings of text that is known to be a JSON array of strings. */
function elementsOf(source: SourceText): SourceText[] {
  const { text } = source;
  const elements: SourceText[] = [];
  let at = 1;
  while (at < text.length) {
    if (text[at] === '"') {
      const decoder = new Decoder(source, encodeJson, at + 1);
      at = decodeString(text, at + 1, decoder);
      elements.push(decoder.done());
    } else at++;
  }
  return elements;
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Decodes from after the opening quote; returns the offset after the closing one. */
function decodeString(text: string, start: number, decoder: Decoder): number {
  let from = start;
  let at = start;
  while (text[at] !== '"') {
    if (text[at] !== '\\') {
      at++;
      continue;
    }
    decoder.verbatim(from, at);
    const kind = text[at + 1]!;
    const length = kind === 'u' ? 6 : 2;
    const decoded =
      kind === 'u' ? String.fromCharCode(Number.parseInt(text.slice(at + 2, at + 6), 16)) : (ESCAPES[kind] ?? kind);
    decoder.as(decoded, at, at + length);
    at += length;
    from = at;
  }
  decoder.verbatim(from, at);
  return at + 1;
}

/** The inside of a JSON string. */
function encodeJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
