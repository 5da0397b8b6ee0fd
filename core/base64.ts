/** Base64 without `atob`, which the core's library does not have. */

const digits = new Int8Array(128).fill(-1);
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
for (let i = 0; i < alphabet.length; i++) digits[alphabet.charCodeAt(i)] = i;
digits[45] = 62; // base64url writes - and _ for + and /
digits[95] = 63;

/** The most characters `decodeBase64` reads: enough for a key or a credentials file. */
const LIMIT = 64 * 1024;

/**
 * The bytes of a base64 or base64url text, one UTF-16 unit per byte (Latin-1), or undefined when it is neither.
 * White space is passed over, padding is optional, and reading stops quietly after 64 Ki characters.
 */
export function decodeBase64(text: string): string | undefined {
  const bytes: string[] = [];
  let bits = 0;
  let held = 0;
  let padded = false;
  const end = Math.min(text.length, LIMIT);
  for (let i = 0; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || code === 13 || code === 32 || code === 9) continue;
    if (code === 61) {
      padded = true;
      continue;
    }
    const digit = code < 128 ? (digits[code] ?? -1) : -1;
    if (digit < 0 || padded) return undefined;
    held = ((held << 6) | digit) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push(String.fromCharCode((held >> bits) & 255));
    }
  }
  return bytes.join('');
}

/** Text as UTF-16 of little-endian bytes in base64, as Windows writes it; undefined when it is none or would not be readable. */
export function decodeUtf16(text: string): string | undefined {
  const bytes = decodeBase64(text) ?? '';
  if (bytes === '' || bytes.length % 2 !== 0) return undefined;
  const units: number[] = [];
  for (let i = 0; i < bytes.length; i += 2) {
    const unit = bytes.charCodeAt(i) + 256 * bytes.charCodeAt(i + 1);
    // Bytes of another encoding come out as letters of rare scripts, or as characters that nobody types.
    if (unit > 0x24f || (unit < 32 && unit !== 9 && unit !== 10 && unit !== 13)) return undefined;
    units.push(unit);
  }
  return units.map(unit => String.fromCharCode(unit)).join('');
}

/** The text that a base64 value hides, or undefined when what it decodes to is not printable ASCII. */
export function decodePrintable(text: string): string | undefined {
  const decoded = decodeBase64(text);
  if (decoded === undefined || decoded === '') return undefined;
  for (let i = 0; i < decoded.length; i++) {
    const code = decoded.charCodeAt(i);
    if (code > 126 || (code < 32 && code !== 9 && code !== 10 && code !== 13)) return undefined;
  }
  return decoded;
}
