import { afterAll, beforeAll, expect, test } from 'vitest';
import { engineOf } from '../../dev/engine.ts';
import { filled, opaque, PLANTS } from '../../dev/secrets/documents.ts';
import { seeded } from '../../dev/secrets/random.ts';
import { rules } from '../../rules/index.ts';
import { Session } from '../server/session.ts';

let session: Session;
beforeAll(async () => {
  const engine = engineOf(rules);
  session = await Session.start({
    engine,
    files: new Map(),
    settings: { preset: 'all' },
  });
});
afterAll(() => session.stop());

const TELLING = 6;
const windows = (text: string) =>
  Array.from({ length: text.length - TELLING + 1 }, (_, i) => text.slice(i, i + TELLING));

test('nothing that the server sends holds a part of a secret', async () => {
  const random = seeded(99);
  const open: { uri: string; secret: string; place: string }[] = [];
  for (const [i, plant] of PLANTS.entries()) {
    const secret = opaque(random);
    const uri = `file:///ws/${i}/${plant.path}`;
    await session.open(uri, filled(plant, secret), plant.language);
    open.push({ uri, secret, place: `${plant.language}, ${plant.sink}: ${plant.text}` });
  }
  let found = 0;
  for (const { uri } of open) {
    const diagnostics = await session.settled(uri);
    for (const { range } of diagnostics) {
      found++;
      await session.hover(uri, range.start.line, range.start.character);
    }
    // Edits are for the editor and may hold the user's own text; their titles are shown.
    const range = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };
    const before = session.sent;
    const actions = await session.actions(uri, range, { diagnostics });
    session.sent = before + JSON.stringify(actions.map(({ title, command }) => ({ title, command })));
  }
  expect(found).toBeGreaterThan(PLANTS.length);
  // By place, so that a failure prints no secret.
  expect(
    open.filter(({ secret }) => windows(secret).some(part => session.sent.includes(part))).map(({ place }) => place),
  ).toEqual([]);
});
