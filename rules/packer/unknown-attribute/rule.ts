import { type Finding, fix, type Severity } from '../../../core/finding.ts';
import type { Edit, SourceText } from '../../../core/text.ts';
import { isStillThere, oldNameOf, tooNew } from '../../../languages/packer/components/history.ts';
import { mayBeNewer } from '../../../languages/packer/components/resolve.ts';
import { renameAttribute } from '../../../languages/packer/edits.ts';
import { guesser } from '../../../languages/packer/guess.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { type BlockSchema, type KnownBlock, knownBlocks } from '../../../languages/packer/schema.ts';
import { isPlainName, shownName } from '../../../languages/packer/shown-name.ts';
import type { PackerAttribute } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'unknown-attribute',
  summary: 'A block has an unknown attribute',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  hclOnly: true,
  *check(tree) {
    for (const known of knownBlocks(tree)) {
      const { block, schema } = known;
      let guessAt: ((word: string) => string | undefined) | undefined;
      if (schema.used?.kind === 'provisioner' && !schema.nested) yield* inOverride(known);
      for (const attribute of block.attributes) {
        const { name } = attribute;
        if (schema.blocks.has(name)) yield isBlock(attribute, tree.source);
        else if (schema.attributes.has(name)) {
          const since = schema.used && !schema.nested ? tooNew(schema.used, name) : undefined;
          if (since !== undefined) yield notYet(attribute, since);
        } else if (!isKnownElsewhere(schema, name)) {
          guessAt ??= guesser(unused(schema.offered, block.attributes));
          yield unknown(known, attribute, guessAt(name));
        }
      }
    }
  },
});

/** `override = { "qemu.web" = { … } }` has attributes of the step for one source. */
function* inOverride({ block, schema }: KnownBlock): Iterable<Finding> {
  for (const { value } of block.attribute('override')?.value.entries ?? [])
    for (const { key, keySpan } of value.entries) {
      if (schema.attributes.has(key) || schema.blocks.has(key) || isKnownElsewhere(schema, key)) continue;
      const guess = guesser(schema.offered)(key);
      const severity = severityOf(schema, guess);
      yield {
        message: `Unknown attribute${isPlainName(key) ? ` ${shownName(key, '')}` : ''} in \`override\``,
        help: guess === undefined ? 'Correct the name, or remove it' : `Did you mean \`${guess}\`?`,
        span: keySpan,
        ...(severity && { severity }),
      };
    }
}

/** Attributes that the plugin had: `deprecated-syntax` reports those that it has no more. */
function isKnownElsewhere({ nested, used }: BlockSchema, name: string): boolean {
  return used !== undefined && !nested && (isStillThere(used, name) || oldNameOf(used, name) !== undefined);
}

function isBlock({ hcl, name, nameSpan }: PackerAttribute, source: SourceText): Finding {
  const edit = asBlock(hcl, source);
  return {
    message: `\`${name}\` is a block, not an attribute`,
    help: `Write \`${name} { … }\``,
    span: nameSpan,
    fixes: [edit && fix('suggested', 'Remove `=`', edit)],
  };
}

/** Removes the `=`, where everything after it reads the same in a block. */
function asBlock({ name, value }: PackerAttribute['hcl'], source: SourceText): Edit | undefined {
  if (value.kind !== 'object' || value.close === undefined) return undefined;
  const isBody = value.items.every(
    item => item.key.kind === 'variable' && item.separator === '=' && item.comma === undefined,
  );
  return isBody ? source.replace(name.end, value.start, ' ') : undefined;
}

function notYet({ name, nameSpan }: PackerAttribute, since: string): Finding {
  return {
    message: `\`${name}\` needs version ${since} of the plugin`,
    help: `Allow \`>= ${since}\` in \`required_plugins\``,
    span: nameSpan,
  };
}

function unknown({ block, schema }: KnownBlock, attribute: PackerAttribute, guess: string | undefined): Finding {
  const { name, nameSpan } = attribute;
  const edits = guess === undefined ? undefined : renameAttribute(block, attribute, guess);
  const severity = severityOf(schema, guess);
  return {
    message: `Unknown attribute${isPlainName(name) ? ` ${shownName(name, '')}` : ''} ${schema.where}`,
    help:
      guess === undefined
        ? block.hcl
          ? schema.isLenient
            ? 'Packer ignores it: correct the name, or remove it'
            : 'Correct the name, or remove it'
          : 'Set values of variables in a `.pkrvars.hcl` file'
        : `Did you mean \`${guess}\`?`,
    span: nameSpan,
    ...(severity && { severity }),
    fixes: [edits && fix('suggested', `Change it to \`${guess}\``, ...edits)],
  };
}

/** A plugin that is newer than what is known of it may have the attribute. */
function severityOf({ isLenient, used }: BlockSchema, guess: string | undefined): Severity | undefined {
  if (isLenient) return 'warning';
  if (!used || used.builtIn || !mayBeNewer(used)) return undefined;
  return guess === undefined ? 'info' : 'warning';
}

/** The known names that are not used yet: a second attribute of a name would be an error too. */
function unused(known: readonly string[], given: readonly { readonly name: string }[]): readonly string[] {
  const taken = new Set(given.map(({ name }) => name));
  return known.filter(name => !taken.has(name));
}
