/** Proves regular expressions linear with recheck, in this process and without its native or Java backends. */

process.env.RECHECK_BACKEND = 'pure';
const { checkSync } = await import('recheck');

/** A pattern to prove, with a label for the report. */
export interface Pattern {
  readonly label: string;
  readonly source: string;
  readonly flags: string;
}

/** How long recheck may think about one pattern, in milliseconds. */
const TIMEOUT = 20_000;

/** What recheck does not know; a lookbehind of fixed width or offsets of groups change no complexity. */
const withoutUnknown = (flags: string) => flags.replace(/[dv]/g, '');

/** Repetitions of at most this are left alone in the quick form. */
const SMALL = 4;

/**
 * The quick form of a pattern: long counted repetitions made short. What makes a pattern slow is an ambiguity between
 * neighbours, and that is there with three repetitions as well as with three hundred; but recheck, which unrolls
 * them, needs a hundredth of the time. Unbounded quantifiers stay as they are.
 */
export function shortened(source: string): string {
  return source.replace(/\{(\d+)(?:,(\d+))?\}/g, (whole, least: string, most: string | undefined) => {
    const low = Math.min(Number(least), SMALL - 1);
    if (most === undefined) return Number(least) <= SMALL ? whole : `{${low}}`;
    return Number(most) <= SMALL ? whole : `{${low},${SMALL}}`;
  });
}

/**
 * The patterns that recheck does not call safe, each with its verdict. Patterns that differ only in a literal
 * beginning are checked once. `signed` lists labels that a person vouches for, with the reason. With the environment
 * variable LINEAR=full counted repetitions are proven at full length, which takes minutes.
 */
export function notLinear(
  patterns: readonly Pattern[],
  signed: Readonly<Record<string, string>> = {},
): readonly string[] {
  const verdicts = new Map<string, string | undefined>();
  const found: string[] = [];
  for (const { label, source, flags } of patterns) {
    if (label in signed) continue;
    const proven = process.env.LINEAR === 'full' ? source : shortened(source);
    const shape = `${flags} ${proven.replace(/^(?:[\w:. =-]|\\.)+(?=[([])/, 'p')}`;
    if (!verdicts.has(shape)) verdicts.set(shape, verdict(proven, withoutUnknown(flags)));
    const problem = verdicts.get(shape);
    if (problem !== undefined) found.push(`${label}: ${problem}`);
  }
  return found;
}

function verdict(source: string, flags: string): string | undefined {
  const result = checkSync(source, flags, { timeout: TIMEOUT });
  if (result.status === 'safe') return undefined;
  return result.status === 'vulnerable' ? `${result.complexity.type} time` : `not proven (${result.error.kind})`;
}
