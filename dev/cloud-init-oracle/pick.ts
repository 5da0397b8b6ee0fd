/** Gives an integer from 0 to `max`. */
export type Pick = (max: number) => number;

/** Mulberry32: the same integers from the same seed. */
export function pickFrom(seed: number): Pick {
  let state = seed;
  return max => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * (max + 1));
  };
}
