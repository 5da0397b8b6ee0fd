import { quoted } from '../../../core/quoted.ts';
import { ownImages, wordsOfKey } from '../../../languages/packer/images.ts';
import { labelsOf } from '../../../languages/packer/labels.ts';
import { isSet, valuesAt } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { sourceName } from '../../../languages/packer/shown-name.ts';
import type { PackerBuild, PackerBuildSource } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'image-without-purpose',
  summary: 'An image has no description or tag that says what it is for',
  policies: ['G7', 'G8'],
  category: 'ownership',
  severity: 'info',
  preset: 'strict',
  needs: { blocks: ['build'] },
  since: '2026.11',
  *check(file, { project }) {
    if (project.purpose !== undefined) return;
    for (const { declared, facts, uses } of ownImages(file)) {
      const labels = facts.labels.find(({ form }) => form !== 'list');
      if (facts.descriptions.length === 0 && !labels) continue;
      if (!uses.some(({ build, source }) => !saysPurpose(source, build))) continue;
      yield {
        message: `Image from ${quoted(sourceName(declared))} has no description or purpose tag`,
        help: facts.descriptions[0]
          ? `Set \`${facts.descriptions[0]}\`${labels ? ', or add a `purpose` tag' : ''}`
          : `Add \`purpose\` to \`${labels!.attribute}\``,
        span: declared.header,
      };
    }
  },
});

const PURPOSE =
  /-(?:purpose|description|desc|role|function|usage|use|task|workload|app|application|service|component|project)-/;

function saysPurpose(source: PackerBuildSource, { description, registry }: PackerBuild): boolean {
  // HCP Packer shows the description of the bucket with each image.
  for (const value of [description, registry?.attribute('description')?.value])
    if (value && value.kind !== 'null') return true;
  const descriptions = source.facts?.descriptions ?? [];
  if (descriptions.some(path => isSet(source, path) || valuesAt(source, path).length > 0)) return true;
  const { labels, labelsKnown } = labelsOf(source);
  return !labelsKnown || labels.some(({ key }) => PURPOSE.test(wordsOfKey(key)));
}
