/** Check digits that providers put into their tokens. Each answers for a whole token and never throws. */

const crcTable = new Int32Array(256);
for (let byte = 0; byte < 256; byte++) {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  crcTable[byte] = value;
}

/** CRC-32 (IEEE 802.3) of an ASCII text, as an unsigned number. */
export function crc32(text: string): number {
  let crc = -1;
  for (let i = 0; i < text.length; i++) crc = (crc >>> 8) ^ (crcTable[(crc ^ text.charCodeAt(i)) & 255] ?? 0);
  return (crc ^ -1) >>> 0;
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A number in base 62 (digits, upper, lower), padded with zeros to six characters. */
export function base62(value: number): string {
  let rest = value;
  let text = '';
  while (rest > 0) {
    text = (BASE62[rest % 62] ?? '') + text;
    rest = Math.floor(rest / 62);
  }
  return text.padStart(6, '0');
}

/**
 * GitHub's scheme, which npm and others took over: a prefix that ends with `_`, then random characters, then the
 * CRC-32 of those random characters as six base-62 digits.
 * https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 */
export function base62CrcAfterPrefix(token: string): boolean {
  const body = token.slice(token.indexOf('_') + 1);
  return base62(crc32(body.slice(0, -6))) === body.slice(-6);
}

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const BECH32_GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** Whether the six trailing characters of a Bech32 string in one case are right (BIP 173, which age uses for keys). */
export function bech32Valid(token: string): boolean {
  const text = token.toLowerCase();
  const separator = text.lastIndexOf('1');
  const values: number[] = [];
  for (let i = 0; i < separator; i++) values.push(text.charCodeAt(i) >> 5);
  values.push(0);
  for (let i = 0; i < separator; i++) values.push(text.charCodeAt(i) & 31);
  for (let i = separator + 1; i < text.length; i++) values.push(BECH32.indexOf(text.charAt(i)));
  let check = 1;
  for (const value of values) {
    if (value < 0) return false;
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    BECH32_GENERATOR.forEach((generator, bit) => {
      if ((top >>> bit) & 1) check ^= generator;
    });
  }
  return check === 1;
}
