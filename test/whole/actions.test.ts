/** What a menu offers changes only what it says, over the documents of the pages. */
import { expect, test } from 'vitest';
import { withMerged } from '../../core/causes.ts';
import { only } from '../../core/config/resolve.ts';
import { applyEdits, newFindings } from '../../core/fixer.ts';
import { NO_FILES } from '../../core/language.ts';
import { EXAMPLE_DAY, engineOf } from '../../dev/engine.ts';
import { dockerfileMeaning } from '../../dev/fixes/meaning.ts';
import { untouched } from '../../dev/fixes/values.ts';
import type { CloudInitTree } from '../../languages/cloud-init/tree.ts';
import type { DockerfileTree } from '../../languages/dockerfile/tree.ts';
import { rules } from '../../rules/index.ts';
import { breaksNothing } from '../../workspace/accept.ts';
import { ignoreHere, ignoreInFile } from '../../workspace/ignore-comment.ts';
import { type Linted, lintDocument } from '../../workspace/lint.ts';
import { type Seed, seeds } from './documents.ts';
import { variantsOf } from './variants.ts';

const engine = engineOf(rules);
const settings = only(rules);
const linter =
  ({ path, language }: Seed) =>
  (text: string): Linted =>
    lintDocument({ path, text, language }, { engine, settings, files: NO_FILES, today: EXAMPLE_DAY })!;

/** Every twelfth document, each in another way of writing it. */
const documents: readonly Seed[] = seeds
  .filter((_, i) => i % 12 === 0)
  .map((seed, i) => {
    const variants = variantsOf(seed);
    return { ...seed, text: variants[i % variants.length]!.text };
  });

/** What must be the same with and without a comment, found another way than the code that is tested finds it. */
function sayings({ build }: Linted): readonly string[] {
  if (build!.language === 'dockerfile') {
    const { directives } = build!.syntax as DockerfileTree;
    return [...directives.map(({ name, value }) => `${name}=${value}`), ...dockerfileMeaning(build!)];
  }
  const { form, kind } = build!.syntax as CloudInitTree & { readonly kind: string };
  // In a list of HCL the comment is a part of the value's text.
  return [form ?? kind, ...untouched(build!, [])].map(text => text.replaceAll(/[ \t]*# bakelint ignore[^\n]*\n/g, ''));
}

test('ignoring a finding adds a comment and nothing else', () => {
  let [offered, refused] = [0, 0];
  for (const seed of documents) {
    const lint = linter(seed);
    const linted = lint(seed.text);
    const seen = new Set<string>();
    for (const found of linted.diagnostics) {
      if (seen.has(found.rule) || seen.size >= 2) continue;
      seen.add(found.rule);
      const document = { text: seed.text, linted, lint };
      for (const edit of [ignoreHere(document, found), ignoreInFile(document, found)]) {
        if (!edit) {
          refused++;
          continue;
        }
        offered++;
        const after = lint(applyEdits(seed.text, [edit]));
        const name = `${found.rule} in ${seed.name}`;
        expect(sayings(after), name).toEqual(sayings(linted));
        expect(newFindings(linted.diagnostics, after.diagnostics), name).toEqual([]);
        // Another place with the same cause may be reported in place of the ignored one.
        expect(withMerged(after.diagnostics).length, name).toBeLessThan(withMerged(linted.diagnostics).length);
        expect(edit.newText, name).toMatch(/^[ \t]*# bakelint ignore(?:-file)? [\w-]+: \r?\n$/);
        // Where lines end in both ways, the line beside it decides.
        if (!/(?<!\r)\n/.test(seed.text)) expect(edit.newText, name).toMatch(/\r\n$/);
        else if (!seed.text.includes('\r')) expect(edit.newText, name).not.toContain('\r');
      }
    }
  }
  expect(offered).toBeGreaterThan(100);
  expect(refused).toBeLessThan(offered);
});

test('a fix that is offered brings nothing new', () => {
  for (const seed of documents.slice(0, 80)) {
    const lint = linter(seed);
    const linted = lint(seed.text);
    for (const { rule, fixes } of linted.diagnostics)
      for (const fix of fixes) {
        const after = lint(applyEdits(seed.text, fix.edits));
        expect(breaksNothing(linted, after), `${rule}, "${fix.title}" in ${seed.name}`).toBe(true);
      }
  }
});
