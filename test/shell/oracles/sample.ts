/** How much the oracles are asked: a sample in every run of the tests, everything under `npm run test:oracles`. */
import fc from 'fast-check';
import { makeScript, type Pick, spoiltScript } from './generate.ts';

export const FULL = process.env.ORACLES === 'full';
/** A directory with real scripts, given to `npm run test:oracles`. */
export const CORPUS = process.env.CORPUS ?? '';

/** Scripts that bash accepts. */
export function soundScripts(count: number, seed: number): readonly string[] {
  return sample(count, seed, pick => makeScript(pick));
}

/** Scripts with a slip in them. */
export function spoiltScripts(count: number, seed: number): readonly string[] {
  return sample(count, seed, spoiltScript);
}

function sample(count: number, seed: number, make: (pick: Pick) => string): readonly string[] {
  const scripts = fc.noBias(fc.integer({ min: 0, max: 2 ** 32 - 1 })).map(start => make(pickFrom(start)));
  return fc.sample(scripts, { numRuns: count, seed });
}

/** Mulberry32: the same integers from the same start. */
function pickFrom(start: number): Pick {
  let state = start;
  return max => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * (max + 1));
  };
}
