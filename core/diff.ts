/** How one list becomes another. Lines make a unified diff of it, words make a small edit. */

/** One step of the way: an item that stays, goes or comes. */
export interface Step {
  readonly sign: ' ' | '-' | '+';
  /** Its index in the first list, for one that comes in the second. */
  readonly at: number;
}

/** More differences than this are not paired: the way is then "all of the first goes, all of the second comes". */
const MOST_DIFFERENCES = 1000;

/** The shortest way from `before` to `after`; what they begin and end with alike always stays. */
export function stepsBetween(before: readonly string[], after: readonly string[]): readonly Step[] {
  const room = Math.min(before.length, after.length);
  let head = 0;
  while (head < room && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < room - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const [from, to] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  return [
    ...range(' ', 0, head),
    ...shortest(from, to).map(({ sign, at }) => ({ sign, at: at + head })),
    ...range(' ', before.length - tail, before.length),
  ];
}

function range(sign: Step['sign'], start: number, end: number): Step[] {
  return Array.from({ length: end - start }, (_, i) => ({ sign, at: start + i }));
}

/**
 * E. W. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986). Round `d` holds for each diagonal
 * `k = -d, -d + 2 … d` how far into `before` one gets along it with `d` differences, at the index `(k + d) / 2`.
 */
function shortest(before: readonly string[], after: readonly string[]): readonly Step[] {
  const rounds: Int32Array[] = [];
  for (let d = 0; d <= Math.min(before.length + after.length, MOST_DIFFERENCES); d++) {
    const last = rounds.at(-1);
    const round = new Int32Array(d + 1);
    rounds.push(round);
    for (let i = 0; i <= d; i++) {
      const k = 2 * i - d;
      let x = last === undefined ? 0 : comes(last, i) ? last[i]! : last[i - 1]! + 1;
      while (x < before.length && x - k < after.length && before[x] === after[x - k]) x++;
      round[i] = x;
      if (x >= before.length && x - k >= after.length) return wayBack(rounds, before.length, after.length);
    }
  }
  return [...range('-', 0, before.length), ...range('+', 0, after.length)];
}

/** Whether the diagonal at index `i` is entered by an item that comes, from the diagonal above, or by one that goes. */
function comes(last: Int32Array, i: number): boolean {
  return i === 0 || (i < last.length && last[i - 1]! < last[i]!);
}

function wayBack(rounds: readonly Int32Array[], length: number, afterLength: number): readonly Step[] {
  const steps: Step[] = [];
  let [x, y] = [length, afterLength];
  for (let d = rounds.length - 1; d > 0; d--) {
    const last = rounds[d - 1]!;
    const i = (x - y + d) / 2;
    const added = comes(last, i);
    const entered = added ? last[i]! : last[i - 1]! + 1;
    for (; x > entered; y--) steps.push({ sign: ' ', at: --x });
    if (added) steps.push({ sign: '+', at: --y });
    else steps.push({ sign: '-', at: --x });
  }
  while (x > 0) steps.push({ sign: ' ', at: --x });
  return steps.reverse();
}
