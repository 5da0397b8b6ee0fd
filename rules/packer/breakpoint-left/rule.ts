import { fix } from '../../../core/finding.ts';
import { insertAttribute } from '../../../languages/packer/edits.ts';
import { isOwn } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

const TITLE = 'Add `disable = true`';

export default definePackerRule({
  id: 'breakpoint-left',
  summary: 'A `breakpoint` provisioner is enabled',
  policies: ['G9'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { blocks: ['provisioner.breakpoint'] },
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
          message: 'Breakpoint pauses every build until Enter is pressed',
          help: 'Remove it, or set `disable = true`',
          span: header,
          fixes: [
            edits
              ? fix('suggested', TITLE, ...edits)
              : written && fix('suggested', TITLE, written.replace(0, written.text.length, 'true')),
          ],
        };
      }
    }
  },
});
