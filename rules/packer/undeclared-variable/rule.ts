import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { guesser } from '../../../languages/packer/guess.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { isPlainName } from '../../../languages/packer/shown-name.ts';
import type { PackerModule, PackerReference, PackerTree } from '../../../languages/packer/tree.ts';

/** What each root refers to, and how to declare it. */
const KINDS = {
  var: { kind: 'variable', help: 'Declare it in a `variable` block' },
  local: { kind: 'local variable', help: 'Declare it in a `locals` block' },
  data: { kind: 'data source', help: 'Declare it in a `data` block' },
} as const;
type Root = keyof typeof KINDS;

export default definePackerRule({
  id: 'undeclared-variable',
  summary: 'A variable, local variable or data source is used but not declared',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(tree) {
    if (tree.kind !== 'template') return;
    for (const root of ['var', 'local', 'data'] as const) {
      const missing = undeclaredOf(tree, root);
      const declared = namesOf(tree.module, root);
      const first = missing.values().next().value?.[0];
      if (first && declared.length === 0 && missing.size > 1) {
        // All declarations are elsewhere: one cause.
        yield {
          message: `${missing.size} ${KINDS[root].kind}s are used, but none is declared in this directory`,
          help: 'Add the file that declares them',
          span: first.span,
        };
        continue;
      }
      const guessAt = guesser(declared);
      for (const [name, uses] of missing) {
        const guess = guessAt(name);
        yield {
          message: `${sentenceCase(KINDS[root].kind)}${isPlainName(name) ? ` \`${name}\`` : ''} is not declared`,
          help: guess === undefined ? KINDS[root].help : `Did you mean ${quoted(`${root}.${guess}`)}?`,
          span: uses[0]!.span,
          related: uses.slice(1).map(({ span }) => ({ message: 'Also used here', span })),
          fixes: [guess === undefined ? undefined : renamed(tree, uses, name, guess)],
        };
      }
    }
  },
});

/** The uses in the linted document of each name that is not declared. */
function undeclaredOf({ module }: PackerTree, root: Root): ReadonlyMap<string, readonly PackerReference[]> {
  const missing = new Map<string, PackerReference[]>();
  for (const reference of module.references) {
    if (!reference.undeclared || reference.root !== root || reference.span.file !== undefined) continue;
    const name = reference.path.slice(0, root === 'data' ? 2 : 1).join('.');
    const uses = missing.get(name);
    if (uses) uses.push(reference);
    else missing.set(name, [reference]);
  }
  return missing;
}

function sentenceCase(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}

function namesOf({ data, locals, variables }: PackerModule, root: Root): readonly string[] {
  if (root === 'data') return data.map(({ name, type }) => `${type}.${name}`);
  return (root === 'var' ? variables : locals).map(({ name }) => name);
}

/** Only where the name follows its root after a dot: not in an index. */
function renamed({ source }: PackerTree, uses: readonly PackerReference[], name: string, guess: string) {
  const edits = uses.map(({ root, span }) => {
    const start = span.start + root.length + 1;
    const isPlain = source.text.startsWith(`${root}.${name}`, span.start);
    return isPlain ? source.replace(start, start + name.length, guess) : undefined;
  });
  const title = `Change it to \`${uses[0]!.root}.${guess}\``;
  return fix('suggested', title, ...edits);
}
