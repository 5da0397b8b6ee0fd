/** No host says eight characters of a secret in a row, wherever it stands and whether or not a rule knows it for one. */

import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { unifiedDiff } from '../../cli/diff.ts';
import { type Report, reportOf } from '../../cli/report.ts';
import { only } from '../../core/config/resolve.ts';
import type { FixSafety } from '../../core/finding.ts';
import { fixAll } from '../../core/fixer.ts';
import { NO_FILES } from '../../core/language.ts';
import { EXAMPLE_DAY, engineOf } from '../../dev/engine.ts';
import { fakeSecrets } from '../../dev/fake-secrets.ts';
import { type Random, seeded } from '../../dev/secrets/random.ts';
import { Lines } from '../../node/lines.ts';
import { rules } from '../../rules/index.ts';
import { codeActions } from '../../server/code-actions.ts';
import { diagnosticOf } from '../../server/convert.ts';
import { hoverAt } from '../../server/hover.ts';
import { type Linted, lintDocument } from '../../workspace/lint.ts';
import { formatsInTurn } from '../cli/every-format.ts';
import { LEAK_CARRIERS, type LeakCarrier } from './leak-carriers.ts';

const engine = engineOf(rules);
const settings = only(rules);
/** So many characters in a row are a part of a secret and no chance. */
const TELLING = 8;

const LOWER = 'abcdefghkmnpqrstuvwxyz';
const MIXED = `${LOWER}ABCDEFGHKLMNPQRSTUVWXYZ23456789`;
const word = (random: Random): string => random.pick(['velvet', 'harbour', 'lantern', 'meadow', 'copper', 'juniper']);
const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

/** How people and programs make secrets. */
const NAMED_VALUES: Readonly<Record<string, (random: Random) => string>> = {
  opaque: random => `k7Q${random.text(MIXED, 18)}`,
  words: random => `${capital(word(random))}-${word(random)}${random.text('23456789', 3)}-${word(random)}`,
  slash: random => `${capital(word(random))}/${word(random)}${random.text('23456789', 3)}`,
  short: random => `${random.text(LOWER, 4)}${random.text('23456789', 2)}${random.text(LOWER, 4)}X9`,
  uuid: random => [8, 4, 4, 4, 12].map(length => random.text('0123456789abcdef', length)).join('-'),
  hex: random => random.text('0123456789abcdef', 40),
  base64: random => `${random.text(MIXED, 20)}+${random.text(MIXED, 12)}/${random.text(MIXED, 9)}=`,
};
const BARE_VALUES: typeof NAMED_VALUES = {
  opaque: random => `k7Q${random.text(MIXED, 25)}`,
  token: () => fakeSecrets.fill('{{secret:gitlab}}'),
};

const windows = (text: string): readonly string[] =>
  Array.from({ length: Math.max(0, text.length - TELLING + 1) }, (_, i) => text.slice(i, i + TELLING));

/** Everything that each host says of a document, by the way it says it. */
function outputs({ path, language }: LeakCarrier, text: string, withActions: boolean): Record<string, string> {
  const lint = (changed: string): Linted =>
    lintDocument({ path, text: changed, language }, { engine, settings, files: NO_FILES, today: EXAMPLE_DAY })!;
  const linted = lint(text);
  const { diagnostics, masks, failures } = linted;
  const lines = new Lines(text);
  const neighbors = { show: (one: string) => one, text: () => undefined };
  const reporting = { policiesOf: () => [], otherFiles: neighbors, withEdits: true };
  const file = reportOf({ path, language, lines, masks }, diagnostics, reporting);
  const report: Report = { files: [file], fixed: 0, known: 0, errors: [] };
  const hasFixes = diagnostics.some(({ fixes }) => fixes.length > 0);
  const diff = (allowed: readonly FixSafety[]): string => {
    const after = fixAll(text, changed => lint(changed).diagnostics, allowed);
    if (after === text) return '';
    return unifiedDiff(path, { text, masks }, { text: after, masks: lint(after).masks });
  };
  return {
    ...formatsInTurn(report, rules),
    diff: hasFixes ? diff(['safe', 'suggested']) : '',
    server: saidByServer(path, text, linted, withActions ? lint : undefined),
    failures: failures.map(({ rule }) => rule).join(),
  };
}

function saidByServer(
  path: string,
  text: string,
  linted: Linted,
  lint: ((text: string) => Linted) | undefined,
): string {
  const document = TextDocument.create(`file:///${path}`, '', 1, text);
  const checked = {
    version: 1,
    text,
    diagnostics: linted.diagnostics,
    inOtherFiles: [],
    isNamed: false,
    around: () => undefined,
    dialect: undefined,
    leftOut: undefined,
    run: 'onType' as const,
    config: undefined,
    configEdit: () => undefined,
    language: linted.build?.language,
    again: lint ?? (() => undefined),
  };
  const found = linted.diagnostics.map(one =>
    diagnosticOf(document, one, { supported: true, otherFile: () => undefined }, true),
  );
  const hovers = linted.diagnostics.map(({ span }) =>
    hoverAt(document, span.start, checked, rules, { markdown: true, messagesShown: false }),
  );
  const range = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };
  const actions = codeActions(
    document,
    checked,
    { range, context: { diagnostics: [] } },
    {
      versionedEdits: true,
      isOurClient: true,
      reasons: undefined,
      openAt: () => undefined,
      configEdit: () => undefined,
      cancelled: () => false,
      extractions: () => [],
      toLsp: (doc, one) => diagnosticOf(doc, one),
    },
  );
  const titles = linted.diagnostics.flatMap(({ fixes }) => fixes.map(({ title }) => title));
  // Edits are for the editor and hold the user's own text.
  return JSON.stringify([found, hovers, titles, (actions ?? []).map(({ edit: _, ...rest }) => rest)]);
}

/** Carriers with a value in its place, by a name that holds none of it. */
function leaksOf(carriers: readonly LeakCarrier[], values: typeof NAMED_VALUES, seed: number) {
  const random = seeded(seed);
  const leaks: string[] = [];
  let [planted, said] = [0, 0];
  // Every carrier meets two kinds, the next one the next two.
  const kinds = Object.entries(values);
  for (const [i, carrier] of carriers.entries())
    for (const [kind, make] of [0, 1].map(j => kinds[(2 * i + j) % kinds.length]!)) {
      const secret = make(random);
      const out = outputs(
        carrier,
        carrier.text.replaceAll('⟦S⟧', () => secret),
        // Each action costs lints.
        planted % 25 === 0,
      );
      const parts = windows(secret);
      planted++;
      said += out.text!.length;
      for (const [how, spoken] of Object.entries(out))
        if (parts.some(part => spoken.includes(part)))
          leaks.push(
            `${how}: ${kind} in ${carrier.language}: ${carrier.text.trim().replaceAll('\n', ' ¶ ').slice(0, 200)}`,
          );
    }
  return { leaks, planted, said };
}

test('a secret that something names is said by nobody', () => {
  const named = LEAK_CARRIERS.filter(({ kind }) => kind === 'named');
  const { leaks, planted, said } = leaksOf(named, NAMED_VALUES, 20261128);
  expect(planted).toBeGreaterThan(1000);
  expect(said).toBeGreaterThan(150_000);
  expect(leaks).toEqual([]);
}, 300_000);

test('what looks drawn or has the form of a token is said by nobody, wherever it stands', () => {
  const { leaks, planted } = leaksOf(
    LEAK_CARRIERS.filter(({ kind }) => kind === 'bare'),
    BARE_VALUES,
    7,
  );
  expect(planted).toBeGreaterThan(50);
  expect(leaks).toEqual([]);
});

test('the search for leaks finds one', () => {
  const carrier = LEAK_CARRIERS.find(({ text }) => text.includes('WORKDIR ⟦S⟧'))!;
  expect(leaksOf([carrier], { plain: () => 'srv-application' }, 1).leaks.length).toBeGreaterThan(0);
});
