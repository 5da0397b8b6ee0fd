import { type Finding, fix } from '../../../core/finding.ts';
import { namesOf as listOf, quoted } from '../../../core/quoted.ts';
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
  summary: 'An undeclared variable, local variable or data source is used',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(tree, { path = '' }, build) {
    if (tree.kind !== 'template') return;
    const isReplaced = placeholdersOf(tree, path);
    // What Packer does not read stands behind what it stops at.
    const isRead = ({ span }: PackerReference): boolean => build.idleness?.(span) !== 'unread';
    for (const root of ['var', 'local', 'data'] as const) {
      const missing = undeclaredOf(tree, root, isRead).filter(({ name }) => !isReplaced(name));
      const guessAt = guesser(namesOf(tree.module, root));
      const strangers: Missing[] = [];
      for (const one of missing) {
        const guess = guessAt(one.name);
        if (guess === undefined) strangers.push(one);
        else yield misspelt(one, root, guess, tree);
      }
      for (const group of [
        strangers.filter(({ uses }) => isRead(uses[0])),
        strangers.filter(({ uses }) => !isRead(uses[0])),
      ])
        if (group.length > MOST_ALONE || (group.length > 1 && namesOf(tree.module, root).length === 0))
          yield together(group, root, tree);
        else for (const one of group) yield found(one, root);
    }
  },
});

/** More names than these are not forgotten one by one: their declarations are elsewhere. */
const MOST_ALONE = 3;

/** A name that is not declared, with its uses in the document. */
interface Missing {
  readonly name: string;
  readonly uses: readonly [PackerReference, ...PackerReference[]];
}

function found({ name, uses }: Missing, root: Root): Finding {
  return {
    message: `${sentenceCase(KINDS[root].kind)}${isPlainName(name) ? ` \`${name}\`` : ''} is not declared`,
    help: KINDS[root].help,
    span: uses[0].span,
    related: uses.slice(1).map(({ span }) => ({ message: 'Also used here', span })),
  };
}

function misspelt(missing: Missing, root: Root, guess: string, tree: PackerTree): Finding {
  return {
    ...found(missing, root),
    help: `Did you mean ${quoted(`${root}.${guess}`)}?`,
    fixes: [renamed(tree, missing.uses, missing.name, guess)],
  };
}

/** One cause: the file that declares them is not here. */
function together(missing: readonly Missing[], root: Root, { file }: PackerTree): Finding {
  const isJson = /\.json$/i.test(file.path ?? '');
  const kind = sentenceCase(`${KINDS[root].kind}s`);
  const names = missing.map(({ name }) => name);
  const isShown = names.every(isPlainName);
  const shown = names.length > SHOWN ? SHOWN - 1 : SHOWN;
  const [next] = missing.slice(shown);
  return {
    message: `${isShown ? `${kind} ${listOf(names)}` : `${names.length} ${KINDS[root].kind}s`} are not declared`,
    help: isJson
      ? 'Declare them in a template of this directory'
      : 'Declare them in a `.pkr.hcl` file of this directory',
    span: missing[0]!.uses[0].span,
    related:
      isShown && next
        ? [
            {
              message: `Also: ${names
                .slice(shown, shown + MOST_NAMED)
                .map(name => quoted(name))
                .join(', ')}`,
              span: next.uses[0].span,
            },
          ]
        : [],
  };
}
/** So many names are in the message, one fewer where there are more. */
const SHOWN = 3;
const MOST_NAMED = 20;

/** The names that are not declared, and their uses in the linted document, those that Packer reads first. */
function undeclaredOf(
  { module }: PackerTree,
  root: Root,
  isRead: (use: PackerReference) => boolean,
): readonly Missing[] {
  const missing = new Map<string, [PackerReference, ...PackerReference[]]>();
  for (const reference of module.references) {
    if (!reference.undeclared || reference.root !== root || reference.span.file !== undefined) continue;
    const name = reference.path.slice(0, root === 'data' ? 2 : 1).join('.');
    const uses = missing.get(name);
    if (!uses) missing.set(name, [reference]);
    else if (!isRead(uses[0]) && isRead(reference)) uses.unshift(reference);
    else uses.push(reference);
  }
  return [...missing].map(([name, uses]) => ({ name, uses }));
}

/**
 * Which names are to be replaced in a skeleton for new templates, such as `boot_cmd_DISTRO_NAME`: capitals in a name in lower
 * case, which the file has elsewhere too, or whose directory says what it is.
 */
function placeholdersOf({ source: { text } }: PackerTree, path: string): (name: string) => boolean {
  return name => {
    const placeholder = /^(?=.{0,100}[a-z])(?:[a-z\d]{1,60}[_-]){0,10}([A-Z]{2,20}(?:_[A-Z]{2,20}){1,5})(?![A-Z])/.exec(
      name,
    )?.[1];
    if (placeholder === undefined) return false;
    if (/(?:^|\/)(?:templates?|skeletons?|boilerplates?|scaffold(?:ing)?)\//i.test(path)) return true;
    return ['"', "'", '/', '.', '-'].some(mark => text.includes(mark + placeholder));
  };
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
