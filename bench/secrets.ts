import { filled, opaque, PLANTS, TRAPS } from '../dev/secrets/documents.ts';
import { EXAMPLE_IDS, example } from '../dev/secrets/examples.ts';
import { measure } from '../dev/secrets/measure.ts';
import { seeded } from '../dev/secrets/random.ts';
import { table as labelled } from '../dev/secrets/table.ts';
import { judge } from '../facts/secrets/judge.ts';
import { findSecretFormats } from '../facts/secrets/scan.ts';
import { lintInput } from './engine.ts';
import { median, table, timedOver } from './statistics.ts';

/** Recall and precision on what the detection is written for (names and values, places in build files), and what the search costs per kilobyte. */
export async function benchSecrets(): Promise<void> {
  const rows = labelled();
  const kinds = ['secret', 'weak-credential', 'password-hash', 'placeholder', 'declared'] as const;
  const judged = rows.map(row => ({ expected: row.expected, given: judge(row)?.kind }));
  process.stdout.write(
    table([
      ['names and values', 'lines', 'recall', 'precision'],
      ...kinds.map(kind => {
        const wanted = judged.filter(({ expected }) => expected === kind);
        const given = judged.filter(one => one.given === kind);
        const both = wanted.filter(one => one.given === kind).length;
        return [kind, wanted.length, both / wanted.length, both / given.length];
      }),
    ]),
  );
  const tallies = measure((await lintInput()).engine, 20);
  const share = (traps: boolean) => {
    const some = tallies.filter(({ group }) => group.startsWith('trap') === traps);
    return some.map(({ group, right, all }) => [group, all, right / all]);
  };
  process.stdout.write(`\n${table([['planted in build files', 'files', 'recall'], ...share(false)])}`);
  process.stdout.write(`\n${table([['traps in build files', 'files', 'silent'], ...share(true)])}`);
  process.stdout.write(`\n${table([['search for known formats', 'KB', 'µs/KB'], ...costs()])}`);
}

/** The cost of one pass over strings of each kind. */
function costs(): (string | number)[][] {
  const random = seeded(7);
  const prose = PLANTS.concat(TRAPS)
    .map(plant => filled(plant, opaque(random)))
    .join('\n');
  const tokens = EXAMPLE_IDS.map(id => example(id, random).text).join('\n');
  const classes: readonly (readonly [string, string])[] = [
    ['build files', prose],
    ['nothing but tokens', tokens],
    ['base64', random.text('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', 200_000)],
    ['hexadecimal', random.text('0123456789abcdef', 200_000)],
    ['one prefix over and over', `${'gh'}p_`.repeat(50_000)],
  ];
  return classes.map(([name, text]) => {
    const kilobytes = text.length / 1024;
    return [
      name,
      kilobytes,
      (median(timedOver(Array<string>(15).fill(text), 3, findSecretFormats)) * 1000) / kilobytes,
    ];
  });
}
