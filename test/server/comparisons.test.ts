/** Findings that the change in a comparison brings. */
import { afterEach, describe, expect, it } from 'vitest';
import { at, Session } from './session.ts';
import { toyEngine } from './toy.ts';

const URI = 'file:///ws/Dockerfile';
let session: Session;
afterEach(() => session.stop());

const compare = (...comparisons: readonly { uri: string; original: string }[]) =>
  session.client.sendNotification('bakelint/comparisons', { comparisons });
const sources = (found: readonly { source?: string }[]): unknown[] => found.map(({ source }) => source);
const NEW = 'bakelint (new)';

describe('in a comparison', () => {
  it('new findings have a source of their own, until it is closed', async () => {
    session = await Session.start({ engine: toyEngine, files: new Map() });
    await session.open(URI, 'x\nbad\nmore bad\n');
    await session.until(URI, found => found.length === 2);
    await compare({ uri: URI, original: 'bad\n' });
    const found = await session.until(URI, found => sources(found).includes(NEW));
    expect(sources(found)).toEqual(['bakelint', NEW]);
    const [fix] = await session.actions(URI, at(2, 6));
    expect(sources(fix!.diagnostics!)).toEqual([NEW]);
    await session.change(URI, [{ text: 'bad\nbad\n' }]);
    expect(sources(await session.settled(URI))).toEqual(['bakelint', NEW]);
    await compare({ uri: URI, original: 'bad\nbad\n' });
    expect(sources(await session.until(URI, found => !sources(found).includes(NEW)))).toEqual(['bakelint', 'bakelint']);
    await compare({ uri: URI, original: '' });
    await session.until(URI, found => sources(found).every(source => source === NEW));
    await compare();
    await session.until(URI, found => sources(found).every(source => source === 'bakelint'));
  });

  it('other documents are not affected', async () => {
    session = await Session.start({ engine: toyEngine, files: new Map() });
    await compare({ uri: URI, original: '' });
    await session.open('file:///ws/other/Dockerfile', 'bad\n');
    expect(sources(await session.until('file:///ws/other/Dockerfile', found => found.length === 1))).toEqual([
      'bakelint',
    ]);
    await session.open(URI, 'bad\n');
    expect(sources(await session.until(URI, found => found.length === 1))).toEqual([NEW]);
  });
});
