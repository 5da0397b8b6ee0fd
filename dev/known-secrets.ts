import { judge } from '../facts/secrets/judge.ts';
import { rules } from '../rules/index.ts';
import { engineOf } from './engine.ts';
import { measure, type Tally } from './secrets/measure.ts';
import { table } from './secrets/table.ts';

/**
 * Prints how many of the names, values and places that the detection is written for are judged rightly, by class: a
 * check that nothing known is lost, not a measure of what is found elsewhere (`secrets-table` is). No secret is printed.
 * Exits with 1 when something is misjudged.
 */
export async function knownSecrets(): Promise<number> {
  const groups = new Map<string, { right: number; all: number }>();
  for (const row of table()) {
    const tally = groups.get(row.group) ?? { right: 0, all: 0 };
    groups.set(row.group, { right: tally.right + (judge(row)?.kind === row.expected ? 1 : 0), all: tally.all + 1 });
  }
  const lines: readonly Tally[] = [...groups].map(([group, tally]) => ({ group, ...tally }));
  print('Names and values', lines);
  const documents = measure(engineOf(rules), 5);
  print('Build files', documents);
  return [...lines, ...documents].some(({ right, all }) => right < all) ? 1 : 0;
}

function print(title: string, tallies: readonly Tally[]): void {
  const all = tallies.reduce((sum, tally) => sum + tally.all, 0);
  process.stdout.write(`${title}: ${all} lines\n`);
  for (const tally of tallies)
    process.stdout.write(
      `  ${tally.group.padEnd(40)} ${String(tally.right).padStart(5)} of ${String(tally.all).padStart(5)}${tally.right < tally.all ? '  <-' : ''}\n`,
    );
}
