/** Messages are short and say what to do; messages, pages and help use the terms of the field. */
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { help } from '../cli/help.ts';
import { engineOf, ruleDirectories } from '../dev/engine.ts';
import { LONGEST_HELP, type Measure, measure, messagesShown, type Shown } from '../dev/messages/measure.ts';
import { markedLines, markersIn } from '../dev/messages/phrases.ts';
import { rules } from '../rules/index.ts';

/** Lengths in characters; `npm run dev -- messages` prints what they are. */
const LIMITS = { median: 60, ninetieth: 90 };

let shown: readonly Shown[];
let totals: Measure;
beforeAll(async () => {
  shown = messagesShown(engineOf(rules), rules);
  totals = measure(shown, rules);
});

test('every rule is measured', () => {
  expect(new Set(shown.map(({ rule }) => rule))).toEqual(new Set(rules.map(({ id }) => id)));
});

describe('messages', () => {
  test('are short', () => {
    expect(totals.median).toBeLessThanOrEqual(LIMITS.median);
    expect(totals.ninetieth).toBeLessThanOrEqual(LIMITS.ninetieth);
  });

  test('come with a help, or with a fix whose title says it', () => {
    expect(totals.helpless).toEqual([]);
    expect(shown.filter(({ help = '' }) => help.length > LONGEST_HELP)).toEqual([]);
  });

  test('use the terms of the field', () => {
    const marked = shown.filter(({ markers }) => markers.length > 0).map(({ rule, markers }) => `${rule}: ${markers}`);
    expect(marked).toEqual([]);
    expect(rules.filter(({ summary }) => markersIn(summary).length > 0).map(({ summary }) => summary)).toEqual([]);
  });
});

test('ids of rules use the terms of the field', () => {
  expect(rules.map(({ id }) => id).filter(id => markedLines(id.replaceAll('-', ' ')).length > 0)).toEqual([]);
});

describe('pages use the terms of the field', () => {
  const documents = [...readdirSync('.'), ...readdirSync('docs').map(name => `docs/${name}`)].filter(path =>
    path.endsWith('.md'),
  );

  test.each(documents)('%s', path => {
    expect(markedLines(readFileSync(path, 'utf8'))).toEqual([]);
  });

  test('of rules', () => {
    const marked = ruleDirectories().flatMap(({ directory, page }) =>
      markedLines(page.split(/^## Examples/m)[0]!).map(line => `${directory}/rule.md:${line}`),
    );
    expect(marked).toEqual([]);
  });

  test('of rules, each with the same sections', () => {
    const sections = ['Why it matters', 'When it is fine', 'How to fix', 'Sources', 'Examples'];
    const without = ruleDirectories().flatMap(({ directory, page }) => {
      const found = [...page.matchAll(/^## (.+)$/gm)]
        .map(([, title]) => title!)
        .filter(title => sections.includes(title));
      return found.join() === sections.join() && page.startsWith('Finds ') ? [] : [`${directory}: ${found.join(', ')}`];
    });
    expect(without).toEqual([]);
  });

  test('of rules, which say when a finding is fine and show a borderline case', () => {
    const poor = ruleDirectories().flatMap(({ directory, page }) => {
      const published = page.split(/^## Examples/m)[1]!.split(/^## Cases/m)[0]!;
      const blocks = [...published.matchAll(/^```\S+ (good|fixed)\b[^\n]*\n([\s\S]*?)^```/gm)];
      const isCopy = blocks.some(([, kind, text]) =>
        blocks.some(other => kind === 'good' && other[1] === 'fixed' && other[2] === text),
      );
      return /^## When it is fine\s+(?:Never|None)\b/m.test(page) || isCopy ? [directory] : [];
    });
    expect(poor).toEqual([]);
  });

  test('of rules, and do not repeat a message', () => {
    const pages = new Map(
      ruleDirectories().map(({ id, page }) => [id, page.split(/^## Examples/m)[0]!.replace(/\s+/g, ' ')] as const),
    );
    expect(shown.filter(({ message, rule }) => pages.get(rule)!.includes(message)).map(({ rule }) => rule)).toEqual([]);
  });

  test('bakelint --help', () => {
    expect(markedLines(help())).toEqual([]);
  });

  test.each([
    ['A name stands behind the colon.', ['1: behind, stands: A name stands behind the colon.']],
    ['See the\nfolder of the file.', ['2: folder: folder of the file.']],
    ['It is no file, see [a-folder](a-folder.md).', ['1: is no: It is no file, see ].']],
    ['```sh\ncd folder\n```\nThere is no text in `a folder` of the workspace folder.', []],
  ])('%j', (page, lines) => {
    expect(markedLines(page)).toEqual(lines);
  });
});

test.each([
  ['`node:latest` is whatever was pushed last.', ['whatever', 'full stop']],
  ['This is no name of an image, and the builder refuses it', ['is no', 'refuses']],
  ['This stands here a second time', ['stands']],
  ['`whatever.` stays behind the colon', ['behind']],
  ['`node:latest` is a moving tag', []],
  ['`cat` is no longer needed before a blank line', []],
])('%s', (message, markers) => {
  expect(markersIn(message)).toEqual(markers);
});
