import { beforeAll, expect, test } from 'vitest';
import { type Report, reportOf } from '../../cli/report.ts';
import { NO_CONFIG, only } from '../../core/config/resolve.ts';
import { NO_FILES } from '../../core/language.ts';
import type { Engine } from '../../core/linter.ts';
import { engineOf } from '../../dev/engine.ts';
import { filled, opaque, PLANTS, type Plant } from '../../dev/secrets/documents.ts';
import { EXAMPLE_IDS, example } from '../../dev/secrets/examples.ts';
import { seeded } from '../../dev/secrets/random.ts';
import { Lines } from '../../node/lines.ts';
import { rules } from '../../rules/index.ts';
import { lintDocument } from '../../workspace/lint.ts';
import { formatsInTurn } from '../cli/every-format.ts';

let engine: Engine;
beforeAll(async () => {
  engine = engineOf(rules);
});

/** So many characters in a row are a part of a secret and no chance. */
const TELLING = 6;
const windows = (text: string) =>
  new Set(Array.from({ length: Math.max(0, text.length - TELLING + 1) }, (_, i) => text.slice(i, i + TELLING)));

/** Everything that is said about a file: by every rule, and by the formats of the command line in turn. */
function outputs(plant: Plant, text: string): { readonly said: string; readonly findings: number } {
  const settings = only(engine.rules, NO_CONFIG);
  const result = lintDocument(
    { path: plant.path, text, language: plant.language },
    { engine, settings, files: NO_FILES, today: '2026-11-21' },
  )!;
  expect(result.failures.map(({ rule }) => rule)).toEqual([]);
  const lines = new Lines(text);
  const { masks } = result;
  const reporting = {
    policiesOf: () => ['G1'],
    otherFiles: { show: (path: string) => path, text: () => undefined },
    withEdits: true,
  };
  const file = reportOf({ path: plant.path, language: plant.language, lines, masks }, result.diagnostics, reporting);
  const report: Report = { files: [file], fixed: 0, known: 0, errors: [] };
  const messages = result.diagnostics.flatMap(({ message, help, related, fixes }) => [
    message,
    help ?? '',
    ...related.map(one => one.message),
    ...fixes.map(({ title }) => title),
  ]);
  const said = [...messages, ...Object.values(formatsInTurn(report, engine.rules, 120))];
  return { said: said.join('\n'), findings: result.diagnostics.length };
}

/** How many of the telling parts are said; a number, because a failing test must not print them. */
function leaks(said: string, parts: ReadonlySet<string>): number {
  let count = 0;
  for (const part of parts) if (said.includes(part)) count++;
  return count;
}

test('nothing is said of thousands of passwords, wherever they stand', () => {
  const random = seeded(20261121);
  const wrong: string[] = [];
  let planted = 0;
  for (const plant of PLANTS)
    for (let i = 0; i < 12; i++) {
      const secret = opaque(random);
      const { said } = outputs(plant, filled(plant, secret));
      planted++;
      if (leaks(said, windows(secret)) > 0) wrong.push(`${plant.language}, ${plant.sink}: ${plant.text}`);
    }
  expect(planted).toBeGreaterThan(2000);
  expect([...new Set(wrong)]).toEqual([]);
});

test('nothing is said of tokens of any format', () => {
  const random = seeded(4);
  const wrong: string[] = [];
  const places = PLANTS.filter(({ sink }) => ['RUN', 'ENV', 'write_files', 'variable default'].includes(sink)).slice(
    0,
    400,
  );
  for (const id of EXAMPLE_IDS) {
    const { text, start, end } = example(id, random);
    const secret = text.slice(start, end);
    // What every token of the format has is its prefix, and no part of the secret.
    const other = example(id, random);
    const common = windows(other.text);
    const parts = new Set(
      [...windows(secret)].filter(part => !common.has(part) && !/^[\s\w]*-----|^[A-Z -]+$/.test(part)),
    );
    if (secret.includes('\n')) continue;
    for (let i = 0; i < 6; i++) {
      // A slash ends the part of a URL where a password can be.
      const plant = random.pick(/[/+=@:#?]/.test(secret) ? places.filter(one => !one.text.includes('⟦S⟧@')) : places);
      const { said } = outputs(plant, filled(plant, secret));
      if (leaks(said, parts) > 0) wrong.push(`${id} in ${plant.language}, ${plant.sink}: ${plant.text}`);
    }
  }
  expect([...new Set(wrong)]).toEqual([]);
});

test('the search for leaks finds one', () => {
  const secret = opaque(seeded(1));
  expect(leaks(`a message with ${secret.slice(3, 9)} in it`, windows(secret))).toBe(1);
});
