import { fix } from '../../../core/finding.ts';
import { insertAttribute } from '../../../languages/packer/edits.ts';
import { isSet, usedSources } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { badSettings, placesOf } from '../../../languages/packer/settings.ts';

export default definePackerRule({
  id: 'imds-v1',
  summary: 'Machines made from the image answer to version 1 of the metadata service',
  policies: ['G10'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  since: '2026.11',
  *check(tree) {
    const overridden = new Map(
      usedSources(tree).flatMap(({ source }) => (source.source ? [[source.source, source] as const] : [])),
    );
    for (const { block, source } of placesOf(tree)) {
      if (block !== source.block) continue;
      for (const { attribute, concern, badWhenAbsent, good } of source.facts!.settings) {
        if (concern !== 'metadata-service' || !badWhenAbsent || isSet(block, attribute)) continue;
        const use = overridden.get(source);
        if (use && isSet(use, attribute)) continue;
        const edits = good === undefined ? undefined : insertAttribute(block, attribute, good);
        yield {
          message: `Without \`${attribute}\`, machines made from this image answer to version 1 of the metadata service, through which a web application gives its role's keys away.`,
          span: source.header,
          fixes: [edits && fix('suggested', `Add \`${attribute} = ${good}\``, ...edits)],
        };
      }
    }
    for (const { setting, span, value } of badSettings(tree, 'metadata-service')) {
      const { attribute, good } = setting;
      const { source, written } = value;
      const isHere = source.spanOf(0, 0).file === undefined && good !== undefined;
      yield {
        message: `\`${attribute}\` leaves version 1 of the metadata service on, through which a web application gives its role's keys away.`,
        span,
        fixes: [
          isHere
            ? fix('suggested', `Change it to \`${good}\``, written.replace(0, written.text.length, good))
            : undefined,
        ],
      };
    }
  },
});
