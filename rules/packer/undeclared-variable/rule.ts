import { fix } from '../../../core/finding.ts';
import { guesser } from '../../../languages/packer/guess.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { shownName } from '../../../languages/packer/schema.ts';
import type { PackerModule, PackerReference, PackerTree } from '../../../languages/packer/tree.ts';

/** How each kind of name is declared, as messages say it. */
const KINDS = { var: 'variable', local: 'local value', data: 'data source' } as const;
type Root = keyof typeof KINDS;

export default definePackerRule({
  id: 'undeclared-variable',
  summary: 'A variable, local value or data source is used that nothing declares',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  *check(tree) {
    if (tree.kind !== 'template') return;
    for (const root of ['var', 'local', 'data'] as const) {
      const missing = undeclaredOf(tree, root);
      const declared = namesOf(tree.module, root);
      const first = missing.values().next().value?.[0];
      if (first && declared.length === 0 && missing.size > 1) {
        // Their declarations stand elsewhere, all of them: one cause.
        yield {
          message: `No ${KINDS[root]} at all is declared in this folder, but ${missing.size} of them are used: Packer refuses the template as it stands.`,
          span: first.span,
        };
        continue;
      }
      const guessAt = guesser(declared);
      for (const [name, uses] of missing) {
        const guess = guessAt(name);
        yield {
          message: `No ${KINDS[root]} ${inMessage(name)} is declared, so Packer refuses the template.`,
          span: uses[0]!.span,
          related: uses.slice(1).map(({ span }) => ({ message: 'It is used here too.', span })),
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

function inMessage(name: string): string {
  return name.split('.').every(part => shownName(part) !== 'this') ? `\`${name}\`` : 'of this name';
}

function namesOf({ data, locals, variables }: PackerModule, root: Root): readonly string[] {
  if (root === 'data') return data.map(({ name, type }) => `${type}.${name}`);
  return (root === 'var' ? variables : locals).map(({ name }) => name);
}

/** Only where the name stands behind its root as one word: not in an index. */
function renamed({ source }: PackerTree, uses: readonly PackerReference[], name: string, guess: string) {
  const edits = uses.map(({ root, span }) => {
    const start = span.start + root.length + 1;
    const isPlain = source.text.startsWith(`${root}.${name}`, span.start);
    return isPlain ? source.replace(start, start + name.length, guess) : undefined;
  });
  const title = `Change it to \`${uses[0]!.root}.${guess}\``;
  return fix('suggested', title, ...edits);
}
