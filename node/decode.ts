import { isEncrypted } from '../core/encrypted.ts';

/** The text of a file, or why it has none. */
export type Decoded = { readonly text: string } | { readonly problem: 'binary' | 'utf-16' | 'invalid' | 'encrypted' };

const latin1 = new TextDecoder('latin1');
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads UTF-8, strictly. A byte order mark stays in the text, so that offsets are those of the file. */
export function decode(bytes: Uint8Array): Decoded {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return { problem: 'utf-16' };
  if (bytes.includes(0))
    return { problem: isEncrypted(latin1.decode(bytes.subarray(0, 100))) ? 'encrypted' : 'binary' };
  try {
    const text = utf8.decode(bytes);
    return isEncrypted(text) ? { problem: 'encrypted' } : { text };
  } catch {
    return { problem: 'invalid' };
  }
}
