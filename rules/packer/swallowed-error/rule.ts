import { isOwn } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

/** More exit codes than this are hardly the ones of a program that is known. */
const MANY_CODES = 5;

export default definePackerRule({
  id: 'swallowed-error',
  summary: 'A step goes on when it fails, and the image is made all the same',
  policies: ['G13'],
  category: 'correctness',
  severity: 'hint',
  preset: 'all',
  since: '2026.11',
  *check(tree) {
    for (const { provisioners } of tree.module.builds) {
      for (const { block } of provisioners) {
        if (!isOwn(tree, block)) continue;
        const goesOn = block.attribute('continue_on_error');
        if (goesOn?.value.bool === true)
          yield {
            message: 'A failure of this step is not seen: the image is made without what it should have done.',
            span: goesOn.span,
          };
        const codes = block.attribute('valid_exit_codes');
        if (codes && codes.value.items.length > MANY_CODES)
          yield {
            message: `With ${codes.value.items.length} exit codes that count as success, a failure of this step is hardly seen.`,
            span: codes.span,
          };
      }
    }
  },
});
