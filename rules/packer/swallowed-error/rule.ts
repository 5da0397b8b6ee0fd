import { isOwn } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

/** More exit codes than a program documents. */
const MANY_CODES = 5;

export default definePackerRule({
  id: 'swallowed-error',
  summary: 'A failed step does not fail the build',
  policies: ['G13'],
  category: 'correctness',
  severity: 'hint',
  preset: 'all',
  needs: { attributes: ['continue_on_error', 'valid_exit_codes'] },
  since: '2026.11',
  *check(tree) {
    for (const { provisioners } of tree.module.builds) {
      for (const { block } of provisioners) {
        if (!isOwn(tree, block)) continue;
        const continues = block.attribute('continue_on_error');
        if (continues?.value.bool === true)
          yield {
            message: '`continue_on_error` ignores a failure of this step',
            help: 'Remove it, and handle the expected failure in the script',
            span: continues.span,
          };
        const codes = block.attribute('valid_exit_codes');
        if (codes && codes.value.items.length > MANY_CODES)
          yield {
            message: `${codes.value.items.length} exit codes count as success`,
            help: 'List only the exit codes that the program documents',
            span: codes.span,
          };
      }
    }
  },
});
