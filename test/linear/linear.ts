/** Proves regular expressions linear with recheck, in this process and without its native or Java backends. */

process.env.RECHECK_BACKEND = 'pure';
const { checkSync } = await import('recheck');

/** A pattern to prove, with a label for the report. */
export interface Pattern {
  readonly label: string;
  readonly source: string;
  readonly flags: string;
}

/** Where recheck's automata do not do (lookarounds, large patterns) it searches for attacks; counted, not timed. */
const PARAMETERS = { timeout: 300_000, attackTimeout: null, incubationTimeout: null };
/** This many rounds of the search find what is plain. */
const QUICK = { ...PARAMETERS, maxIteration: 3 };

/**
 * Without the flags that change no complexity, and those that recheck does not know. Without `y` either: who scans a
 * document with a sticky pattern tries it at every position, as the search does for all others.
 */
const essential = (flags: string) => flags.replace(/[dgvy]/g, '');

/** Whether to prove patterns as they are, which takes minutes. */
const FULL = process.env.LINEAR === 'full';

/** Repetitions of at most this are left alone in the quick form. */
const SMALL = 2;

/**
 * The quick form of a pattern: long counted repetitions made short. What makes a pattern slow is an ambiguity between
 * neighbors, and that is there with two repetitions as well as with three hundred; but recheck, which unrolls
 * them, needs a hundredth of the time. Unbounded quantifiers stay unbounded.
 */
export function shortened(source: string): string {
  return source.replace(
    /\{(\d+)(,?)(\d*)\}/g,
    (_, least: string, comma: string, most: string) =>
      `{${Math.min(Number(least), comma === '' ? SMALL : SMALL - 1)}${comma}${most && Math.min(Number(most), SMALL)}}`,
  );
}

const TOKEN =
  /\\(?:u[\da-fA-F]{4}|x[\da-fA-F]{2}|[pP]\{\w+\}|.)|\[(?:\\.|[^\]\\])*\]|\(\?(?:<?[=!]|:|<\w+>)|\w{2,}(?![*+?{])|./gs;

/**
 * The pattern with words cut to their first letter, except in groups that repeat. Loops then overlap wherever they did,
 * and perhaps where they did not: what is linear in this form is linear as written.
 */
export function abridged(source: string): string {
  const tokens = source.match(TOKEN) ?? [];
  const open: number[] = [];
  const repeated: [from: number, to: number][] = [];
  tokens.forEach((token, index) => {
    if (token.startsWith('(')) open.push(index);
    else if (token === ')') {
      const from = open.pop()!;
      if (/^[*+{]/.test(tokens[index + 1] ?? '')) repeated.push([from, index]);
    }
  });
  return tokens
    .map((token, at) =>
      !/^\w{2,}$/.test(token) || tokens[at - 1] === '{' || repeated.some(([from, to]) => from < at && at < to)
        ? token
        : token[0],
    )
    .join('');
}

/** Whether anything in the pattern can repeat; without that a match looks at a few characters and no more. */
function repeats(source: string): boolean {
  return /[*+{]/.test(source.replace(/\\./g, '').replace(/\[[^\]]*\]/g, ''));
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
    if (label in signed || !repeats(source)) continue;
    const proven = FULL ? source : shortened(source);
    const shape = `${essential(flags)} ${proven.replace(/^(?:[\w:. =-]|\\.)+(?=[([])/, 'p')}`;
    if (!verdicts.has(shape)) {
      const quick = FULL ? proven : abridged(proven);
      const problem = verdict(quick, essential(flags));
      verdicts.set(shape, problem !== undefined && quick !== proven ? verdict(proven, essential(flags)) : problem);
    }
    const problem = verdicts.get(shape);
    if (problem !== undefined) found.push(`${label}: ${problem}`);
  }
  return found;
}

function verdict(source: string, flags: string): string | undefined {
  const result = checkSync(source, flags, FULL ? PARAMETERS : QUICK);
  if (result.status === 'safe') return undefined;
  return result.status === 'vulnerable' ? `${result.complexity.type} time` : `not proven (${result.error.kind})`;
}
