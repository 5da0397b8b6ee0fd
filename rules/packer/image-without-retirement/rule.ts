import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { tooNew } from '../../../languages/packer/components/history.ts';
import { componentOfBlock } from '../../../languages/packer/components/resolve.ts';
import { insertAttribute } from '../../../languages/packer/edits.ts';
import { type OwnImage, ownImages, wordsOfKey } from '../../../languages/packer/images.ts';
import { labelsOf } from '../../../languages/packer/labels.ts';
import { isSet } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { sourceName } from '../../../languages/packer/shown-name.ts';
import type { PackerBuild, PackerBuildSource, PackerTree } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'image-without-retirement',
  summary: 'An image has no deprecation date',
  policies: ['G7', 'G6'],
  category: 'ownership',
  severity: 'info',
  preset: 'strict',
  needs: { blocks: ['build'] },
  since: '2026.11',
  *check(file, { project }) {
    if (project.retirement !== undefined) return;
    for (const image of ownImages(file)) {
      const { declared, facts, uses } = image;
      if (facts.retirement.length === 0 || !uses.some(({ build, source }) => staysForever(source, build))) continue;
      const labels = facts.labels.find(({ form }) => form === 'map' || form === 'blocks')?.attribute;
      yield {
        message: `Image from ${quoted(sourceName(declared))} has no deprecation date`,
        help: `Set \`${facts.retirement[0]}\`${labels === undefined || facts.retirement[0]!.length > 30 ? '' : `, or add an expiry date to \`${labels}\``}`,
        span: declared.header,
        fixes: [retirementFix(image, file)],
      };
    }
  },
});

const RETIREMENT =
  /-(?:expir[a-z]*|ttl|retire[a-z]*|retention|deprecat[a-z]*|delet[a-z]*|eol|lifecycle|lifetime|clean-?up|purge[a-z]*|valid-until|keep[a-z]*)-|-end-of-life-/;

function staysForever(source: PackerBuildSource, { postProcessors }: PackerBuild): boolean {
  // Only versions in a gallery have an end-of-life date; a managed image has none.
  if (source.type.startsWith('azure-') && !isSet(source, 'shared_image_gallery_destination')) return false;
  if (source.facts?.retirement.some(attribute => isSet(source, attribute))) return false;
  if (postProcessors.flat().some(({ type }) => type === undefined || /management|retention|cleanup/.test(type)))
    return false;
  const { labels, labelsKnown } = labelsOf(source);
  return labelsKnown && !labels.some(({ key }) => RETIREMENT.test(wordsOfKey(key)));
}

/** 90 days. https://developer.hashicorp.com/packer/docs/templates/hcl_templates/functions/datetime/timeadd */
const IN_90_DAYS = 'timeadd(timestamp(), "2160h")';

function retirementFix({ declared, facts }: OwnImage, { module }: PackerTree) {
  const attribute = facts.retirement[0]!;
  const used = componentOfBlock(declared.block, module);
  // The plugin that the template asks for may not know it yet.
  if (used && tooNew(used, attribute) !== undefined) return undefined;
  const edits = insertAttribute(declared.block, attribute, IN_90_DAYS, facts.names[0]);
  return edits && fix('suggested', `Add \`${attribute}\`, 90 days after the build`, ...edits);
}
