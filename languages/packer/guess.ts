/** Guesses at what a misspelled name was meant to be. */
import { nearest } from '../../core/nearest.ts';

/** How many comparisons one set of candidates may cost in all; later words get no guess. */
const MOST_COMPARISONS = 20_000;

/** Answers with the candidate nearest to a word, see {@link nearest}, within bounds however many words and candidates there are. */
export function guesser(candidates: Iterable<string>): (word: string) => string | undefined {
  const known = [...candidates];
  let left = MOST_COMPARISONS;
  return word => {
    left -= known.length;
    return left < 0 ? undefined : nearest(word, known);
  };
}
