/** The text of a file, or why it has none. */
export type Decoded = { readonly text: string } | { readonly problem: 'binary' | 'utf-16' | 'invalid' };

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads UTF-8, strictly. A byte order mark stays in the text, so that offsets are those of the file. */
export function decode(bytes: Uint8Array): Decoded {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return { problem: 'utf-16' };
  if (bytes.includes(0)) return { problem: 'binary' };
  try {
    return { text: utf8.decode(bytes) };
  } catch {
    return { problem: 'invalid' };
  }
}
