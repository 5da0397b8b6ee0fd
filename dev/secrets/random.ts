/** A small seeded generator (mulberry32): the same seed gives the same secrets on every machine. */
export interface Random {
  /** A number from 0 up to, not including, `limit`. */
  below(limit: number): number;
  /** Characters of an alphabet. */
  text(alphabet: string, length: number): string;
  pick<T>(items: readonly T[]): T;
}

/** Starts a generator. */
export function seeded(seed: number): Random {
  let state = seed | 0;
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  return {
    below,
    text: (alphabet, length) => Array.from({ length }, () => alphabet[below(alphabet.length)]).join(''),
    pick: items => items[below(items.length)]!,
  };
}
