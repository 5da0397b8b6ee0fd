/** The generators that cloud-init's own code is asked about: the same seed, the same documents. */
import { expect, test } from 'vitest';
import { MEANT } from '../../dev/cloud-init-oracle/meant.ts';
import { pickFrom } from '../../dev/cloud-init-oracle/pick.ts';
import { makeDocument, mutated, type Schema } from '../../dev/cloud-init-oracle/schema-documents.ts';

const SCHEMA: Schema = {
  $defs: { name: { type: 'string', enum: ['ada', 'bob'] } },
  allOf: [{ properties: { users: { type: 'array', minItems: 1, items: { $ref: '#/$defs/name' } } } }],
  properties: { version: { type: 'integer', minimum: 1, maximum: 1 }, users: {} },
  required: ['version'],
};
const seeds = Array.from({ length: 200 }, (_, seed) => seed);

test('documents have what the schema requires, and nothing that it rejects', () => {
  for (const seed of seeds) {
    const { version, users = ['ada'], ...others } = makeDocument(SCHEMA, pickFrom(seed)) as Record<string, unknown>;
    expect([version, others], `seed ${seed}`).toEqual([1, {}]);
    expect((users as string[]).every(name => ['ada', 'bob'].includes(name)) && (users as string[]).length > 0).toBe(
      true,
    );
  }
});

test('a mutation changes a document, and only where it says', () => {
  const changes = new Set<string>();
  for (const seed of seeds) {
    const pick = pickFrom(seed);
    const document = makeDocument(SCHEMA, pick);
    const { value, change, path } = mutated(document, pick);
    expect(value, `seed ${seed}: ${change} at ${path.join('.')}`).not.toEqual(document);
    changes.add(change);
    expect(mutated(makeDocument(SCHEMA, pickFrom(seed)), pickFrom(seed + 1))).toEqual(
      mutated(makeDocument(SCHEMA, pickFrom(seed)), pickFrom(seed + 1)),
    );
  }
  expect(changes.size).toBeGreaterThan(8);
});

test('each meant difference is of one kind of document, with a reason', () => {
  for (const { like, because } of MEANT) {
    expect(like.source).toMatch(/^\^(?:silent|too much) \\\| /);
    expect(because).toMatch(/^.{10,100}[^.]$/);
  }
  expect(new Set(MEANT.map(({ because }) => because)).size).toBe(MEANT.length);
});
