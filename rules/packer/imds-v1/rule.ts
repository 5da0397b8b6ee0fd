import { fix } from '../../../core/finding.ts';
import { insertAttribute } from '../../../languages/packer/edits.ts';
import { skipsImage } from '../../../languages/packer/images.ts';
import { isSet, usedSources } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { badSettings, sourceBlocks } from '../../../languages/packer/settings.ts';
import { settingNeeds } from '../../../languages/packer/sources/needs.ts';

const AL2023 = /\bal2023-ami-/;

export default definePackerRule({
  id: 'imds-v1',
  summary: 'Instances launched from an image accept IMDSv1',
  policies: ['G10'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  needs: settingNeeds('metadata-service'),
  since: '2026.11',
  *check(tree) {
    const overridden = new Map(
      usedSources(tree).flatMap(({ source }) => (source.source ? [[source.source, source] as const] : [])),
    );
    for (const { block, source } of sourceBlocks(tree)) {
      if (block !== source.block || skipsImage(block)) continue;
      for (const { attribute, concern, badWhenAbsent, good } of source.facts!.settings) {
        if (concern !== 'metadata-service' || !badWhenAbsent || isSet(block, attribute)) continue;
        // Its images ask for IMDSv2, and a new image inherits that: https://docs.aws.amazon.com/linux/al2023/ug/ec2.html
        if (block.hcl && AL2023.test(block.source.text.slice(block.hcl.start, block.hcl.end))) continue;
        const use = overridden.get(source);
        if (use && isSet(use, attribute)) continue;
        const edits = good === undefined ? undefined : insertAttribute(block, attribute, good);
        const addition = edits && fix('suggested', `Add \`${attribute} = ${good}\``, ...edits);
        yield {
          message: 'Instances of this image accept IMDSv1',
          ...(!addition && { help: `Set \`${attribute}${good === undefined ? '' : ` = ${good}`}\`` }),
          span: source.header,
          fixes: [addition],
        };
      }
    }
    for (const { setting, span, value } of badSettings(tree, 'metadata-service')) {
      const { attribute, good } = setting;
      const { written } = value;
      const change =
        good === undefined
          ? undefined
          : fix('suggested', `Change it to \`${good}\``, written.replace(0, written.text.length, good));
      yield {
        message: `\`${attribute}\` leaves IMDSv1 enabled`,
        ...(!change && { help: 'Remove it' }),
        span,
        fixes: [change],
      };
    }
  },
});
