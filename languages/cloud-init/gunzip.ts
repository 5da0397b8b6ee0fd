/** gzip (RFC 1952) with a bound on what comes out. */
import { Gunzip } from 'fflate';

/** So much is unpacked at a time, in bytes: DEFLATE makes at most 1,032 times as much of it before the bound is looked at. */
const SLICE = 512;
/** Each member costs the library more than its bytes do; what follows the first ones is cut. */
const MOST_MEMBERS = 100;

/** What the gzip members hold, cut after `most` bytes; `undefined` when it is not gzip or broken. Checksums are not read. */
export function gunzip(bytes: Uint8Array, most: number): Uint8Array | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) return undefined;
  const chunks: Uint8Array[] = [];
  let length = 0;
  let members = 0;
  const stream = new Gunzip(chunk => {
    chunks.push(chunk);
    length += chunk.length;
  });
  stream.onmember = () => void members++;
  try {
    for (let at = 0; at < bytes.length && length < most && members < MOST_MEMBERS; at += SLICE)
      stream.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length);
  } catch (error) {
    if (isBroken(error)) return undefined;
    throw error;
  }
  return joined(chunks, Math.min(length, most));
}

/** The library's own errors carry a number; anything else is a defect. */
function isBroken(error: unknown): boolean {
  return error instanceof Error && typeof (error as { code?: unknown }).code === 'number';
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const out = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    const room = chunk.subarray(0, length - at);
    out.set(room, at);
    at += room.length;
  }
  return out;
}
