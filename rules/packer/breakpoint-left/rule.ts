import { fix } from '../../../core/finding.ts';
import { insertAttribute } from '../../../languages/packer/edits.ts';
import { isOwn } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

export default definePackerRule({
  id: 'breakpoint-left',
  summary: 'A breakpoint stops the build until somebody presses a key',
  policies: ['G9'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  *check(tree) {
    for (const { provisioners } of tree.module.builds) {
      for (const { block, header, type } of provisioners) {
        if (type !== 'breakpoint' || !isOwn(tree, block)) continue;
        const disable = block.attribute('disable');
        const isOff = disable && disable.value.kind !== 'null' && disable.value.bool !== false;
        if (isOff) continue;
        const written = disable?.value.written;
        const edits = disable ? undefined : insertAttribute(block, 'disable', 'true');
        yield {
          message:
            'This breakpoint stops every build here until somebody presses Enter, and whatever is changed by hand meanwhile ends up in the image.',
          span: header,
          fixes: [
            edits
              ? fix('suggested', 'Disable it', ...edits)
              : written && fix('suggested', 'Disable it', written.replace(0, written.text.length, 'true')),
          ],
        };
      }
    }
  },
});
