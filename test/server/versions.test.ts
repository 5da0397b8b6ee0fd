import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { only } from '../../core/config/resolve.ts';
import { NO_FILES } from '../../core/language.ts';
import { lint } from '../../core/linter.ts';
import type { Checked } from '../../server/checker.ts';
import { diagnosticOf } from '../../server/convert.ts';
import { Diagnostics } from '../../server/diagnostics.ts';
import { Session } from './session.ts';
import { toyEngine } from './toy.ts';

/** What an editor and a file system can do to one of three documents, in any order and with any pause in between. */
const event = fc.record({
  uri: fc.constantFrom('a', 'b', 'c'),
  what: fc.constantFrom('open', 'change', 'change', 'change', 'close', 'save', 'invalidate', 'ask'),
  pause: fc.constantFrom(0, 0, 0, 1, 10, 60, 160, 400),
});

describe('publishing', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('is only ever for the current version of an open document, and ends with the newest', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 40 }),
        fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1 }),
        async (events, delays) => {
          const open = new Map<string, TextDocument>();
          const shown = new Map<string, number>();
          const wrong: string[] = [];
          let checks = 0;
          const diagnostics: Diagnostics = new Diagnostics({
            async check(document): Promise<Checked> {
              await new Promise(resolve => setTimeout(resolve, delays[checks++ % delays.length]));
              const { version } = document;
              return {
                version,
                text: document.getText(),
                diagnostics: [],
                run: 'onType',
                config: undefined,
                again: () => undefined,
              };
            },
            publish(document, { version }) {
              const current = open.get(document.uri);
              if (current !== document || current.version !== version) wrong.push(`${document.uri} ${version}`);
              shown.set(document.uri, version);
            },
            closed: document => void shown.delete(document.uri),
          });
          let version = 0;
          for (const { uri, what, pause } of events) {
            const document = open.get(uri);
            if (what === 'open' && !document) {
              open.set(uri, TextDocument.create(uri, '', ++version, ''));
              diagnostics.opened(open.get(uri)!);
            } else if (what === 'change' && document) {
              TextDocument.update(document, [{ text: String(version) }], ++version);
              diagnostics.edited(uri);
            } else if (what === 'close' && document) {
              open.delete(uri);
              diagnostics.closed(uri);
            } else if (what === 'save') diagnostics.saved(uri);
            else if (what === 'invalidate') diagnostics.invalidate();
            else if (what === 'ask') {
              const asked = open.get(uri);
              void diagnostics.current(uri).then(now => {
                if (now && now.checked.version !== now.document.version) wrong.push(`answer for ${uri}`);
                if (!now && asked && open.get(uri) === asked) wrong.push(`no answer for ${uri}`);
              });
            }
            await vi.advanceTimersByTimeAsync(pause);
          }
          await vi.advanceTimersByTimeAsync(20_000);
          expect(wrong).toEqual([]);
          expect([...shown]).toEqual(expect.arrayContaining([...open].map(([uri, { version }]) => [uri, version])));
          expect(shown.size).toBe(open.size);
        },
      ),
      { numRuns: 400 },
    );
  });
});

/** Pieces that make positions hard: line ends of all kinds, characters of two units, halves of them, a mark at the start. */
const piece = fc.constantFrom(
  'bad',
  'ugly',
  ' ',
  ' ',
  '\n',
  '\r\n',
  '\r',
  '😀',
  '\ud83d',
  '\ude00',
  '\uFEFF',
  '# c',
  'é',
  '\u2028',
);
const text = fc.array(piece, { maxLength: 12 }).map(pieces => pieces.join(''));
const edit = fc.record({ from: fc.nat(400), length: fc.nat(30), text, whole: fc.nat(9) });

describe('incremental edits', () => {
  it('lead to the same findings at the same places as opening the final text', async () => {
    const session = await Session.start({ engine: toyEngine, files: new Map() });
    try {
      const histories = fc.sample(fc.tuple(text, fc.array(edit, { maxLength: 25 })), 150);
      for (const [i, [initial, edits]] of histories.entries()) {
        const uri = `file:///ws/${i}/Dockerfile`;
        await session.open(uri, initial);
        for (const { from, length, text, whole } of edits) {
          const document = session.documents.get(uri)!;
          const start = Math.min(from, document.getText().length);
          const range = { start: document.positionAt(start), end: document.positionAt(start + length) };
          await session.change(uri, [whole === 0 ? { text } : { range, text }]);
        }
      }
      for (const [i, [initial]] of histories.entries()) {
        const uri = `file:///ws/${i}/Dockerfile`;
        const found = await session.settled(uri);
        // The oracle never saw an edit: a new document of the text that the edits come to.
        const text = session.documents.get(uri)!.getText();
        const fresh = TextDocument.create(uri, 'dockerfile', 1, text);
        const expected = lint(
          { path: `/ws/${i}/Dockerfile`, text, language: 'dockerfile' },
          {
            engine: { ...toyEngine, shell: undefined },
            settings: only(toyEngine.rules),
            files: NO_FILES,
            today: undefined,
          },
        )!.diagnostics;
        expect(found, JSON.stringify([initial, text])).toEqual(
          expected.map(one => diagnosticOf(fresh, one, { supported: false, otherFile: () => undefined })),
        );
        for (const { range, code } of found) expect(fresh.getText(range)).toBe(code === 'bad-word' ? 'bad' : 'ugly');
      }
    } finally {
      await session.stop();
    }
  });
});
