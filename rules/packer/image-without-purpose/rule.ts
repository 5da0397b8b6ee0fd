import { ownImages, wordsOfKey } from '../../../languages/packer/images.ts';
import { lowerOutput } from '../../../languages/packer/lower/outputs.ts';
import { isSet, valuesAt } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerBuild, PackerBuildSource } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'image-without-purpose',
  summary: 'Nothing says what the image is for',
  policies: ['G7'],
  category: 'ownership',
  severity: 'info',
  preset: 'strict',
  since: '2026.11',
  *check(file) {
    for (const { declared, facts, uses } of ownImages(file)) {
      if (facts.descriptions.length === 0 && !facts.labels.some(({ form }) => form !== 'list')) continue;
      if (!uses.some(({ build, source }) => !saysPurpose(source, build))) continue;
      yield {
        message: `The image of \`${declared.type}.${declared.name}\` has no description and no tag that says what it is for, so people have to start it to find out.`,
        span: declared.header,
      };
    }
  },
});

const PURPOSE = /-(?:purpose|description|desc|role|function|usage|use|app|application|service|component|project)-/;

function saysPurpose(source: PackerBuildSource, { description }: PackerBuild): boolean {
  if (description && description.kind !== 'null') return true;
  const descriptions = source.facts?.descriptions ?? [];
  if (descriptions.some(path => isSet(source, path) || valuesAt(source, path).length > 0)) return true;
  const output = lowerOutput(source)[0];
  return !output?.labelsKnown || output.labels.some(({ key }) => PURPOSE.test(wordsOfKey(key)));
}
