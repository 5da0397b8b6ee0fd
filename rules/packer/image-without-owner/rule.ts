import { fix, type Related } from '../../../core/finding.ts';
import { insertAttribute, insertBefore, insertBlock, insertEntry } from '../../../languages/packer/edits.ts';
import { type OwnImage, ownImages, wordsOfKey } from '../../../languages/packer/images.ts';
import { lowerOutput } from '../../../languages/packer/lower/outputs.ts';
import { isOwn, isSet, valuesAt } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerBuildSource, PackerTree } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'image-without-owner',
  summary: 'Nothing on the image says who owns it',
  policies: ['G7'],
  category: 'ownership',
  severity: 'warning',
  preset: 'strict',
  since: '2026.11',
  *check(file, { project }) {
    const wanted = project.ownerKeys.map(wordsOfKey);
    const isOwner = (key: string): boolean => wanted.some(words => wordsOfKey(key).includes(words));
    for (const image of ownImages(file)) {
      const { declared, facts, uses } = image;
      // Bare words without values have no room for a name.
      if (!facts.labels.some(({ form }) => form === 'map' || form === 'blocks')) continue;
      if (!uses.some(({ source }) => lacksOwner(source, isOwner))) continue;
      yield {
        message: `No tag or label of the image of \`${declared.type}.${declared.name}\` names an owner, so nobody knows whom to ask before it is changed or deleted.`,
        span: placeOf(image),
        related: strayOwners(uses[0]!.source, isOwner),
        fixes: [ownerFix(file, image)],
      };
    }
  },
});

function lacksOwner(source: PackerBuildSource, isOwner: (key: string) => boolean): boolean {
  const output = lowerOutput(source)[0];
  if (!output?.labelsKnown || output.labels.some(({ key }) => isOwner(key))) return false;
  const described = (source.facts?.descriptions ?? []).flatMap(path => valuesAt(source, path));
  return !described.some(({ value }) =>
    /\b(?:own(?:er|ed)|maintain(?:er|ed)|contact|team)\b/i.test(value.asValue().source.text),
  );
}

function placeOf({ declared, facts }: OwnImage) {
  const labels = facts.labels.flatMap(({ attribute }) => declared.block.attribute(attribute) ?? [])[0];
  return labels ? labels.nameSpan : declared.header;
}

/** Owners among the labels that stay with the machine that builds. */
function strayOwners(source: PackerBuildSource, isOwner: (key: string) => boolean): Related[] {
  return (source.facts?.buildOnlyLabels ?? []).flatMap(name =>
    (source.attribute(name)?.value.entries ?? [])
      .filter(({ key }) => isOwner(key))
      .map(({ keySpan }) => ({ message: `\`${name}\` stays with the machine that builds the image.`, span: keySpan })),
  );
}

function ownerFix(file: PackerTree, { declared, facts }: OwnImage) {
  const { block } = declared;
  const { module } = file;
  const first = module.sources.find(source => isOwn(file, source.block));
  const isDeclared = module.variable('owner') !== undefined;
  if (!first || (!isDeclared && !module.complete)) return undefined;
  const variable = isDeclared ? [] : insertBefore(first.block, VARIABLE);
  const written = facts.labels.find(({ attribute }) => isSet(block, attribute)) ?? facts.labels[0]!;
  const object = block.attribute(written.attribute)?.value;
  const keys = object?.entries.map(({ key }) => key) ?? [];
  const key = (keys.length > 0 ? keys.some(name => /^[A-Z]/.test(name)) : /^(?:amazon|azure)-/.test(declared.type))
    ? 'Owner'
    : 'owner';
  const label =
    written.form === 'blocks'
      ? insertBlock(block, blockOf(written.attribute, written.key ?? 'key', key))
      : object
        ? insertEntry(object, key, 'var.owner')
        : insertAttribute(block, written.attribute, `{\n  ${key} = var.owner\n}`);
  return variable && label && fix('suggested', 'Name the owner by a variable', ...label, ...variable);
}

const VARIABLE = `variable "owner" {
  type        = string
  description = "Who answers for the image."
}`;

/** A block of one label, its two `=` in one column. */
function blockOf(type: string, keyName: string, key: string): string {
  const width = Math.max(keyName.length, 'value'.length);
  return `${type} {\n  ${keyName.padEnd(width)} = "${key}"\n  ${'value'.padEnd(width)} = var.owner\n}`;
}
