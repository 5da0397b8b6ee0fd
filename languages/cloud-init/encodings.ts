/** Content that is written encoded: base64, and gzip in base64. Decoded to be read, never to be written. */
import { Decoder, type SourceText, UNRESOLVED } from '../../core/text.ts';
import { gunzip } from './gunzip.ts';
import { UNWRITTEN } from './scalar.ts';

/** Decoded content is cut here, in bytes: enough to be scanned. */
const MOST_BYTES = 1024 * 1024;

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes of base64, whitespace ignored; `undefined` when it is invalid. */
function base64Bytes(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.min(MOST_BYTES, Math.ceil((text.length * 3) / 4)));
  let length = 0;
  let bits = 0;
  let held = 0;
  for (const character of text) {
    if (character === '=') break;
    if (character === '\n' || character === ' ' || character === '\r' || character === '\t') continue;
    const digit = DIGITS.indexOf(character === '-' ? '+' : character === '_' ? '/' : character);
    if (digit < 0) return undefined;
    held = ((held << 6) | digit) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    if (length < bytes.length) bytes[length++] = (held >> bits) & 0xff;
  }
  return bytes.subarray(0, length);
}

/** UTF-8; an invalid byte becomes U+FFFD. */
function utf8(bytes: Uint8Array): string {
  const out: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at++]!;
    const more = first < 0x80 ? 0 : first >= 0xf0 && first < 0xf5 ? 3 : first >= 0xe0 ? 2 : first >= 0xc2 ? 1 : -1;
    let code = more === 0 ? first : more === 1 ? first & 0x1f : more === 2 ? first & 0x0f : first & 0x07;
    let read = 0;
    while (read < more && ((bytes[at + read] ?? 0) & 0xc0) === 0x80) code = (code << 6) | (bytes[at + read++]! & 0x3f);
    const whole = more >= 0 && first < 0xf5 && read === more && code <= 0x10ffff;
    if (whole) at += more;
    out.push(whole ? String.fromCodePoint(code) : '\uFFFD');
  }
  return out.join('');
}

/**
 * The text that base64 (`gzipped`: of gzip) stands for. All of it maps to all of what is written and none of it can be
 * replaced. `undefined` when it cannot be decoded or holds a template expression.
 */
export function decodeBase64(source: SourceText, gzipped = false): SourceText | undefined {
  if (source.text.includes(UNRESOLVED)) return undefined;
  const bytes = base64Bytes(source.text);
  const plain = bytes && gzipped ? gunzip(bytes, MOST_BYTES) : bytes;
  if (!plain) return undefined;
  return new Decoder(source, UNWRITTEN).as(utf8(plain), 0, source.text.length).done();
}
