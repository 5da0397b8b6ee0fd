import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { NO_CONFIG, settingsFor } from '../../core/config/resolve.ts';
import { NO_FILES } from '../../core/language.ts';
import { lint } from '../../core/linter.ts';
import { languages } from '../../languages/index.ts';
import { rules } from '../../rules/index.ts';
import type { Checked } from '../../server/checked.ts';
import { diagnosticOf } from '../../server/convert.ts';
import { Diagnostics } from '../../server/diagnostics.ts';
import { shellParser } from '../../shell/parser.ts';
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
                dialect: undefined,
                leftOut: undefined,
                run: 'onType',
                config: undefined,
                configEdit: () => undefined,
                language: undefined,
                inOtherFiles: [],
                isNamed: false,
                around: () => undefined,
                again: () => undefined,
              };
            },
            publish(document, { version }) {
              const current = open.get(document.uri);
              if (current !== document || current.version !== version) wrong.push(`${document.uri} ${version}`);
              shown.set(document.uri, version);
            },
            failed: error => void wrong.push(String(error)),
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
const HARD = ['\n', '\r\n', '\r', '😀', '\ud83d', '\ude00', '\uFEFF', 'é', '\u2028', ' ', '# c'];
const TOY = ['bad', 'bad', 'ugly'];
const REAL = [
  ...[
    'FROM debian:latest\n',
    'RUN docker pull x:latest',
    ' && ',
    '\\\n',
    '<<EOF\n',
    'EOF\n',
    '"',
    "'",
    '${X}',
    'ENV A=b',
    '\n',
  ],
  ...[
    'image = "nginx:latest"\n',
    'source "docker" "a" {\n',
    '}\n',
    '#cloud-config\n',
    'runcmd:\n',
    '  - docker run x:latest\n',
    '  - |\n',
  ],
];

/** Beginnings and the edits that come after. */
function histories(words: readonly string[], count: number) {
  const text = fc.array(fc.constantFrom(...HARD, ...words, ...words), { maxLength: 12 }).map(pieces => pieces.join(''));
  const edit = fc.record({ from: fc.nat(400), length: fc.nat(30), text, whole: fc.nat(9) });
  return fc.sample(fc.tuple(text, fc.array(edit, { maxLength: 25 })), count);
}

const realEngine = { languages, rules };
const engines = [
  { what: 'the toy', engine: toyEngine, mode: 'dockerfile', name: 'Dockerfile', words: TOY, count: 150 },
  { what: 'Dockerfiles', engine: realEngine, mode: 'dockerfile', name: 'Dockerfile', words: REAL, count: 60 },
  { what: 'Packer', engine: realEngine, mode: 'packer', name: 'a.pkr.hcl', words: REAL, count: 60 },
  { what: 'cloud-init', engine: realEngine, mode: 'cloud-config', name: 'user-data', words: REAL, count: 60 },
] as const;
const LANGUAGE = { dockerfile: 'dockerfile', packer: 'packer', 'cloud-config': 'cloud-init' } as const;

describe('incremental edits', () => {
  it.each(engines)('of $what lead to the findings of the final text', async ({ engine, mode, name, words, count }) => {
    const session = await Session.start({ engine, settings: { preset: 'all' } });
    try {
      const all = histories(words, count);
      for (const [i, [initial, edits]] of all.entries()) {
        const uri = `file:///ws/${i}/${name}`;
        await session.open(uri, initial, mode);
        for (const { from, length, text, whole } of edits) {
          const document = session.documents.get(uri)!;
          const start = Math.min(from, document.getText().length);
          const range = { start: document.positionAt(start), end: document.positionAt(start + length) };
          await session.change(uri, [whole === 0 ? { text } : { range, text }]);
        }
      }
      for (const [i, [initial]] of all.entries()) {
        const uri = `file:///ws/${i}/${name}`;
        const found = await session.settled(uri);
        // The oracle never saw an edit: a new document of the text that the edits come to.
        const text = session.documents.get(uri)!.getText();
        const fresh = TextDocument.create(uri, mode, 1, text);
        const path = `/ws/${i}/${name}`;
        const expected = lint(
          { path, text, language: LANGUAGE[mode] },
          {
            engine: { ...engine, shell: shellParser },
            settings: settingsFor(NO_CONFIG, path, engine.rules, 'all'),
            files: NO_FILES,
            today: '2026-11-01',
          },
        )!.diagnostics;
        const related = { supported: true, otherFile: () => undefined };
        expect(found, JSON.stringify([initial, text])).toEqual(
          expected.map(one => diagnosticOf(fresh, one, related, true)),
        );
        if (engine === toyEngine)
          for (const { range, code } of found) expect(fresh.getText(range)).toBe(String(code).split('-')[0]);
      }
    } finally {
      await session.stop();
    }
  });
});
