/** gzip (RFC 1952) over DEFLATE (RFC 1951), with a bound on what comes out. */

/** A canonical Huffman code: how many codes of each length there are, and the symbols in order. */
interface Huffman {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

function huffman(lengths: Uint8Array): Huffman {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length]!++;
  counts[0] = 0;
  const offsets = new Uint16Array(16);
  for (let i = 1; i < 16; i++) offsets[i] = offsets[i - 1]! + counts[i - 1]!;
  const symbols = new Uint16Array(lengths.length);
  lengths.forEach((length, symbol) => {
    if (length > 0) symbols[offsets[length]!++] = symbol;
  });
  return { counts, symbols };
}

const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
];
const DISTANCE_EXTRA = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

const FIXED = {
  literals: huffman(Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))),
  distances: huffman(new Uint8Array(30).fill(5)),
};

class Broken extends Error {}

class Inflater {
  private at: number;
  private held = 0;
  private bits = 0;
  private length = 0;
  private out = new Uint8Array(64 * 1024);

  constructor(
    private readonly bytes: Uint8Array,
    start: number,
    private readonly most: number,
  ) {
    this.at = start;
  }

  run(): Uint8Array {
    for (let last = false; !last && this.length < this.most; ) {
      last = this.take(1) === 1;
      const type = this.take(2);
      if (type === 0) this.stored();
      else if (type === 1) this.codes(FIXED.literals, FIXED.distances);
      else if (type === 2) this.dynamic();
      else throw new Broken();
    }
    return this.out.subarray(0, Math.min(this.length, this.most));
  }

  private take(count: number): number {
    while (this.bits < count) {
      if (this.at >= this.bytes.length) throw new Broken();
      this.held |= this.bytes[this.at++]! << this.bits;
      this.bits += 8;
    }
    const value = this.held & ((1 << count) - 1);
    this.held >>>= count;
    this.bits -= count;
    return value;
  }

  private symbol({ counts, symbols }: Huffman): number {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length < 16; length++) {
      code |= this.take(1);
      const count = counts[length]!;
      if (code - count < first) return symbols[index + code - first]!;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new Broken();
  }

  private put(byte: number): void {
    if (this.length >= this.out.length) {
      const larger = new Uint8Array(this.out.length * 2);
      larger.set(this.out);
      this.out = larger;
    }
    this.out[this.length++] = byte;
  }

  private stored(): void {
    this.held = 0;
    this.bits = 0;
    const length = this.take(16);
    this.take(16);
    for (let i = 0; i < length && this.length < this.most; i++) this.put(this.take(8));
  }

  private dynamic(): void {
    const literals = this.take(5) + 257;
    const distances = this.take(5) + 1;
    const used = this.take(4) + 4;
    const codeLengths = new Uint8Array(19);
    for (let i = 0; i < used; i++) codeLengths[CODE_ORDER[i]!] = this.take(3);
    const code = huffman(codeLengths);
    const lengths = new Uint8Array(literals + distances);
    for (let i = 0; i < lengths.length; ) {
      const symbol = this.symbol(code);
      if (symbol < 16) lengths[i++] = symbol;
      else {
        if (symbol === 16 && i === 0) throw new Broken();
        const value = symbol === 16 ? lengths[i - 1]! : 0;
        const repeat = symbol === 16 ? 3 + this.take(2) : symbol === 17 ? 3 + this.take(3) : 11 + this.take(7);
        if (i + repeat > lengths.length) throw new Broken();
        lengths.fill(value, i, i + repeat);
        i += repeat;
      }
    }
    this.codes(huffman(lengths.subarray(0, literals)), huffman(lengths.subarray(literals)));
  }

  private codes(literals: Huffman, distances: Huffman): void {
    while (this.length < this.most) {
      const symbol = this.symbol(literals);
      if (symbol === 256) return;
      if (symbol < 256) this.put(symbol);
      else this.copy(symbol - 257, distances);
    }
  }

  private copy(symbol: number, distances: Huffman): void {
    if (symbol >= LENGTH_BASE.length) throw new Broken();
    const length = LENGTH_BASE[symbol]! + this.take(LENGTH_EXTRA[symbol]!);
    const code = this.symbol(distances);
    if (code >= DISTANCE_BASE.length) throw new Broken();
    const from = this.length - (DISTANCE_BASE[code]! + this.take(DISTANCE_EXTRA[code]!));
    if (from < 0) throw new Broken();
    for (let i = 0; i < length; i++) this.put(this.out[from + i]!);
  }
}

/** What the gzip member holds, cut after `most` bytes; `undefined` when it is not gzip or broken. Checksums are not read. */
export function gunzip(bytes: Uint8Array, most: number): Uint8Array | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) return undefined;
  const flags = bytes[3]!;
  let at = 10;
  if (flags & 4) at += 2 + ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
  for (const flag of [8, 16]) {
    if (!(flags & flag)) continue;
    while (at < bytes.length && bytes[at] !== 0) at++;
    at++;
  }
  if (flags & 2) at += 2;
  try {
    return new Inflater(bytes, at, most).run();
  } catch (error) {
    if (error instanceof Broken) return undefined;
    throw error;
  }
}
