/** Which findings are read: all errors first, few of each rule, and no repository before the others. */
import type { Severity } from '../../core/finding.ts';
import type { Random } from '../secrets/random.ts';
import { groupedBy, type Place, placeKey } from './readings.ts';

/** A finding as the command line reports it. */
export interface Found extends Place {
  readonly preset: string;
  readonly severity: Severity;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly help: string | null;
  readonly related: readonly unknown[];
}

export interface DrawOptions {
  /** At most so many findings. */
  readonly size: number;
  /** At most so many of one rule. */
  readonly perRule: number;
  readonly random: Random;
}

/** A sample in the order in which it is read: errors, then the rest, by place. */
export function draw(found: readonly Found[], { size, perRule, random }: DrawOptions): Found[] {
  const left = new Map<string, number>();
  const drawn: Found[] = [];
  for (const wanted of [true, false]) {
    const pool = found.filter(({ severity }) => (severity === 'error') === wanted);
    const byRule = groupedBy(inOrder(pool), ({ rule }) => rule);
    const capped = [...byRule].flatMap(([rule, all]) => {
      const some = inTurn(all, left.get(rule) ?? perRule, random);
      left.set(rule, (left.get(rule) ?? perRule) - some.length);
      return some;
    });
    drawn.push(...inOrder(inTurn(capped, size - drawn.length, random)));
  }
  return drawn;
}

/** `count` of the findings at random, the repositories in turn: one with hundreds of alike files counts no more than others. */
function inTurn(found: readonly Found[], count: number, random: Random): Found[] {
  const byRepository = [...groupedBy(found, ({ repository }) => repository).values()].map(one => shuffled(one, random));
  const rounds = Math.max(0, ...byRepository.map(one => one.length));
  const turns = Array.from({ length: rounds }, (_, round) =>
    shuffled(
      byRepository.flatMap(one => one.slice(round, round + 1)),
      random,
    ),
  );
  return turns.flat().slice(0, count);
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const all = [...items];
  for (let i = all.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all;
}

/** By repository, path and position; what a draw chooses does not depend on the order in which findings came. */
function inOrder(found: readonly Found[]): Found[] {
  const by = (one: Found): readonly (string | number)[] => [
    one.repository,
    one.path,
    one.line,
    one.column,
    placeKey(one),
  ];
  return found
    .map(one => ({ one, by: by(one) }))
    .toSorted((a, b) => {
      const i = a.by.findIndex((value, i) => value !== b.by[i]);
      return i === -1 ? 0 : a.by[i]! < b.by[i]! ? -1 : 1;
    })
    .map(({ one }) => one);
}
