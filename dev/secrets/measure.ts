/** What the rules make of the generated files: recall for each place and format, precision for each trap. */
import { NO_CONFIG, only } from '../../core/config/resolve.ts';
import { NO_FILES } from '../../core/language.ts';
import { type Engine, lint } from '../../core/linter.ts';
import type { Rule } from '../../core/rule.ts';
import { filled, opaque, PLANTS, type Plant, TRAPS } from './documents.ts';
import { EXAMPLE_IDS, example } from './examples.ts';
import { type Random, seeded } from './random.ts';

/** How many of a class were there, and how many were judged rightly. */
export interface Tally {
  readonly group: string;
  readonly right: number;
  readonly all: number;
}

/** The rules whose findings are on a secret's value; rules that look at names and files are not asked. */
const VALUE_RULES = ['baked-secret', 'plain-password', 'weak-credential', 'password-hash', 'build-login-left'];

/** Whether one of the rules finds the secret, and at its place. */
export function isFound(engine: Engine, plant: Plant, secret: string): boolean {
  const text = filled(plant, secret);
  const at = text.indexOf(secret);
  return findings(engine, plant, text).some(({ span }) => span.start <= at && at + secret.length <= span.end + 2);
}

function findings(engine: Engine, { language, path }: Plant, text: string) {
  const rules: readonly Rule[] = engine.rules.filter(({ id }) => VALUE_RULES.includes(id));
  const input = { engine: { ...engine, rules }, settings: only(rules, NO_CONFIG), files: NO_FILES, today: undefined };
  return lint({ path, text, language }, input)?.diagnostics ?? [];
}

/** For each place, `times` secrets drawn by chance; then each format in one place; then each trap. */
export function measure(engine: Engine, times: number, seed = 1): readonly Tally[] {
  const random = seeded(seed);
  const tallies = new Map<string, { right: number; all: number }>();
  const count = (group: string, right: boolean) => {
    const tally = tallies.get(group) ?? { right: 0, all: 0 };
    tallies.set(group, { right: tally.right + (right ? 1 : 0), all: tally.all + 1 });
  };
  for (const plant of PLANTS)
    for (let i = 0; i < times; i++) count(`${plant.language}: ${plant.sink}`, isFound(engine, plant, opaque(random)));
  for (const id of EXAMPLE_IDS) count('known formats', formatIsFound(engine, id, random));
  for (const trap of TRAPS)
    for (let i = 0; i < times; i++)
      count(
        `trap, ${trap.language}: ${trap.sink}`,
        findings(engine, trap, filled(trap, random.text('0123456789abcdef', 40))).length === 0,
      );
  return [...tallies].map(([group, tally]) => ({ group, ...tally }));
}

/** A token of a known format in a file that the build writes, whatever the file's name. */
function formatIsFound(engine: Engine, id: string, random: Random): boolean {
  const { text } = example(id, random);
  const plant: Plant = {
    sink: 'file',
    language: 'dockerfile',
    path: 'Dockerfile',
    text: `FROM debian:12.8\nCOPY <<"EOT" /opt/data\n${text}\nEOT\n`,
  };
  return findings(engine, plant, plant.text).length > 0;
}
