import { type Finding, fix } from '../../../core/finding.ts';
import { matchesGlob } from '../../../core/glob.ts';
import { quoted } from '../../../core/quoted.ts';
import { componentByName } from '../../../languages/packer/components/table.ts';
import { guesser } from '../../../languages/packer/guess.ts';
import { isOwn } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { isPlainName, shownName } from '../../../languages/packer/shown-name.ts';
import type { Evaluated, PackerBuild, PackerPostProcessor, PackerTree } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'invalid-only-reference',
  summary: '`only`, `except` or `override` does not match a source',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { attributes: ['only', 'except', 'override'] },
  since: '2026.11',
  hclOnly: true,
  *check(tree) {
    for (const build of tree.module.builds) {
      const names = namesIn(build);
      if (!isOwn(tree, build.block) || !names) continue;
      const plain = new Set([...names].map(name => name.slice(name.indexOf('.') + 1)));
      const guessAt = guesser(names);
      for (const step of [...build.provisioners, ...build.cleanups, ...build.postProcessors.flat()])
        yield* unknownNames(tree, step, { names, plain, guessAt });
    }
  },
});

interface Names {
  /** `type.name`. */
  readonly names: ReadonlySet<string>;
  /** Without the type. */
  readonly plain: ReadonlySet<string>;
  readonly guessAt: (word: string) => string | undefined;
}

/** The names that steps of a build can refer to, `type.name`; `undefined` when they are not all known. */
function namesIn({ sources, sourcesKnown }: PackerBuild): ReadonlySet<string> | undefined {
  if (!sourcesKnown || sources.length === 0) return undefined;
  const names = new Set<string>();
  for (const { name, overrides, type } of sources) {
    const given = overrides?.attribute('name')?.value;
    if (given && given.text === undefined) return undefined;
    names.add(`${type}.${given?.text ?? name}`);
  }
  return names;
}

/** Whether it is the type of a known builder. */
function isBuilder(type: string): boolean {
  return componentByName('source', type) !== undefined;
}

function helpWithout(type: string, names: ReadonlySet<string>): string {
  const same = [...names].find(name => name.startsWith(`${type}.`));
  if (same === undefined && isBuilder(type))
    return `Add a source of this type to the build, and name it as ${quoted(`${type}.name`)}`;
  return `Use \`type.name\`, such as ${quoted(same ?? [...names][0]!)}`;
}

function* unknownNames(
  { source }: PackerTree,
  { block }: PackerPostProcessor,
  { guessAt, names, plain }: Names,
): Iterable<Finding> {
  for (const attribute of ['only', 'except'] as const) {
    const items = block.attribute(attribute)?.value.items ?? [];
    const effect = items.length !== 1 ? '' : `: the step ${attribute === 'only' ? 'never' : 'always'} runs`;
    for (const item of items) {
      const { text } = item;
      if (text === undefined || names.has(text) || item.source !== source) continue;
      if (text.includes('*')) {
        yield { ...wildcard(attribute, item, names, effect), span: item.span };
        continue;
      }
      const bare = text.replace(/^sources?\./, '');
      const type = bare.split('.', 1)[0]!;
      const same = [...names].filter(name => name.slice(name.indexOf('.') + 1) === bare);
      const nearby = names.has(bare) ? bare : same.length === 1 ? same[0] : guessAt(text);
      // Another builder is no misspelling: what the step does may be for this one alone.
      const guess = nearby === undefined || nearby.startsWith(`${type}.`) || !isBuilder(type) ? nearby : undefined;
      const isListed = guess !== undefined && items.some(other => other.text === guess);
      const edit =
        guess === undefined || isListed ? undefined : item.written.replace(0, item.written.text.length, `"${guess}"`);
      yield {
        message: `\`${attribute}\` value ${shownName(text, 'here')} matches no source of this build${effect}`,
        help:
          guess === undefined
            ? helpWithout(type, same.length > 0 ? new Set(same) : names)
            : isListed
              ? `Remove it: ${quoted(guess)} is already in the list`
              : guess === same[0]
                ? `Write ${quoted(guess)}`
                : `Did you mean ${quoted(guess)}?`,
        span: item.span,
        fixes: [edit && fix('suggested', `Change it to \`${guess}\``, edit)],
      };
    }
  }
  for (const { key, keySpan } of block.attribute('override')?.value.entries ?? []) {
    if (plain.has(key) || keySpan.file !== undefined) continue;
    yield {
      message: `\`override\` names ${shownName(key, 'a source')}, which is not in this build`,
      help: `Use a name without the type, such as ${quoted([...plain][0]!)}`,
      span: keySpan,
    };
  }
}

/** `hyperv-iso.*`: Packer knows patterns in `-only` on its command line, and compares these lists character by character. */
function wildcard(
  attribute: 'only' | 'except',
  { text = '', written }: Evaluated,
  names: ReadonlySet<string>,
  effect: string,
): Pick<Finding, 'fixes' | 'help' | 'message'> {
  const matching = [...names].filter(name => matchesGlob(text.replace(/^sources?\./, ''), name));
  const list = matching.map(name => `"${name}"`).join(', ');
  const edit = matching.length === 0 ? undefined : written.replace(0, written.text.length, list);
  const isPlain = isPlainName(text.replaceAll('*', 'x'));
  return {
    message: `${isPlain ? `Wildcard \`${text}\`` : 'A wildcard'} in \`${attribute}\` matches no source${effect}`,
    help: `Wildcards are not supported here: ${matching[0] ? `list the names, such as ${quoted(matching[0])}` : 'use `type.name`'}`,
    fixes: [edit && fix('suggested', 'List the matching names', edit)],
  };
}
