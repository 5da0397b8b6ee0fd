import { fix, type Related } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { insertAttribute, insertBefore, insertBlock, insertEntry } from '../../../languages/packer/edits.ts';
import { type OwnImage, ownImages, wordsOfKey } from '../../../languages/packer/images.ts';
import { labelsOf } from '../../../languages/packer/labels.ts';
import { isOwn, isSet, valuesAt } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { sourceName } from '../../../languages/packer/shown-name.ts';
import type { PackerBuildSource, PackerTree } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'image-without-owner',
  summary: 'An image has no tag or label for its owner',
  policies: ['G7'],
  category: 'ownership',
  severity: 'warning',
  preset: 'strict',
  needs: { blocks: ['build'] },
  since: '2026.11',
  *check(file, { project }) {
    if (project.owner !== undefined) return;
    const wanted = project.ownerKeys.map(wordsOfKey);
    const isOwner = (key: string): boolean => wanted.some(words => wordsOfKey(key).includes(words));
    for (const image of ownImages(file)) {
      const { declared, facts, uses } = image;
      // A list of words has no place for a name.
      if (!facts.labels.some(({ form }) => form === 'map' || form === 'blocks')) continue;
      if (!uses.some(({ source }) => lacksOwner(source, isOwner))) continue;
      const { attribute } = writtenLabels(image);
      yield {
        message: `Image from ${quoted(sourceName(declared))} has no owner ${/label/.test(attribute) ? 'label' : 'tag'}`,
        help: `Add \`owner\`, \`team\` or \`contact\` to \`${attribute}\``,
        span: placeOf(image),
        related: strayOwners(uses[0]!.source, isOwner),
        fixes: [ownerFix(file, image)],
      };
    }
  },
});

function lacksOwner(source: PackerBuildSource, isOwner: (key: string) => boolean): boolean {
  const { labels, labelsKnown } = labelsOf(source);
  if (!labelsKnown || labels.some(({ key }) => isOwner(key))) return false;
  const described = (source.facts?.descriptions ?? []).flatMap(path => valuesAt(source, path));
  return !described.some(({ value }) =>
    /\b(?:own(?:er|ed)|maintain(?:er|ed)|contact|team)\b/i.test(value.asValue().source.text),
  );
}

function placeOf({ declared, facts }: OwnImage) {
  const labels = facts.labels.flatMap(({ attribute }) => declared.block.attribute(attribute) ?? [])[0];
  return labels ? labels.nameSpan : declared.header;
}

/** The labels that the source sets, or else the first that it can set. */
function writtenLabels({ declared, facts }: Pick<OwnImage, 'declared' | 'facts'>) {
  return facts.labels.find(({ attribute }) => isSet(declared.block, attribute)) ?? facts.labels[0]!;
}

/** Owners among the labels that only apply to the build machine. */
function strayOwners(source: PackerBuildSource, isOwner: (key: string) => boolean): Related[] {
  return (source.facts?.buildOnlyLabels ?? []).flatMap(name =>
    (source.attribute(name)?.value.entries ?? [])
      .filter(({ key }) => isOwner(key))
      .map(({ keySpan }) => ({ message: `\`${name}\` does not apply to the image`, span: keySpan })),
  );
}

function ownerFix(file: PackerTree, { declared, facts }: OwnImage) {
  const { block } = declared;
  const { module } = file;
  const first = module.sources.find(source => isOwn(file, source.block));
  const isDeclared = module.variable('owner') !== undefined;
  if (!first || (!isDeclared && !module.complete)) return undefined;
  const variable = isDeclared ? [] : insertBefore(first.block, VARIABLE);
  const written = writtenLabels({ declared, facts });
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
  return (
    variable &&
    label &&
    fix('suggested', `Add \`${key} = var.owner\` to \`${written.attribute}\``, ...label, ...variable)
  );
}

const VARIABLE = `variable "owner" {
  type        = string
  description = "Owner of the image."
}`;

/** A block with one label, its two `=` aligned. */
function blockOf(type: string, keyName: string, key: string): string {
  const width = Math.max(keyName.length, 'value'.length);
  return `${type} {\n  ${keyName.padEnd(width)} = "${key}"\n  ${'value'.padEnd(width)} = var.owner\n}`;
}
