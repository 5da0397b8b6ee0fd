/**
 * What all rules find in all documents of all pages, without messages: a change of a guard shows here even where the
 * page of its own rule has no case for it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Diagnostic } from '../core/finding.ts';
import type { Engine } from '../core/linter.ts';
import { rules } from '../rules/index.ts';
import { engineOf, lintWith, type RuleDirectory, ruleDirectories } from './engine.ts';
import { type Example, parseRulePage } from './rule-page.ts';

export const SNAPSHOTS = 'test/whole/snapshots';

/** A document of a page, with the name that it has in the snapshots: `latest-tag 3` is the third on that page. */
export interface ExampleDocument {
  readonly name: string;
  readonly directory: Pick<RuleDirectory, 'id' | 'directory'>;
  readonly example: Example;
}

/** Every document of every page, by rule and then in the order of the page. */
export function exampleDocuments(): ExampleDocument[] {
  return ruleDirectories().flatMap(directory =>
    parseRulePage(directory.page).examples.map((example, i) => ({
      name: `${directory.id} ${i + 1}`,
      directory,
      example,
    })),
  );
}

/** The group of a rule by its directory: `rules/packer/no-name` is of `packer`. */
export const groupOf = (directory: string): string => directory.split('/')[1]!;

/** The text of each snapshot by its group. */
export function snapshots(engine: Engine): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { name, directory, example } of exampleDocuments()) {
    const { diagnostics, inOtherFiles } = lintWith(engine, directory.id, example);
    const inside = [...inOtherFiles].flatMap(([path, found]) =>
      findingLines(example.files.get(path) ?? '', found).map(line => `${path} ${line}`),
    );
    const lines = [...findingLines(example.text, diagnostics), ...inside];
    const entry = [`${name} ${example.kind}`, ...lines.map(line => `  ${line}`)].join('\n');
    const group = groupOf(directory.directory);
    texts.set(group, `${texts.get(group) ?? ''}${entry}\n`);
  }
  return texts;
}

/** One line per finding, sorted by place and rule: `3:5-3:12 warning latest-tag`. No text of the document is in it. */
export function findingLines(text: string, diagnostics: readonly Diagnostic[]): string[] {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const where = (offset: number): string => {
    const line = starts.findLastIndex(start => start <= offset);
    return `${line + 1}:${offset - starts[line]! + 1}`;
  };
  return diagnostics
    .toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : 1))
    .map(({ span, severity, rule }) => `${where(span.start)}-${where(span.end)} ${severity} ${rule}`);
}

/** Writes the snapshots. */
export async function snapshot(): Promise<number> {
  mkdirSync(SNAPSHOTS, { recursive: true });
  for (const [group, text] of snapshots(await engineOf(rules))) writeFileSync(`${SNAPSHOTS}/${group}.txt`, text);
  return 0;
}
