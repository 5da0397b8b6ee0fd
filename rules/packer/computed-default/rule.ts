import { eachCallIn } from '../../../languages/packer/calls.ts';
import { eachTraversal } from '../../../languages/packer/references.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { shownName } from '../../../languages/packer/shown-name.ts';

export default definePackerRule({
  id: 'computed-default',
  summary: 'The default of a variable contains a reference or a function call',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { blocks: ['variables'], attributes: ['default'] },
  since: '2026.11',
  *check({ file, source }) {
    if (file.kind !== 'template') return;
    for (const block of file.top.blocks()) {
      const values =
        block.type === 'variables' ? block.attributes : block.type === 'variable' ? [block.attribute('default')] : [];
      for (const attribute of values) {
        if (!attribute) continue;
        for (const { call } of eachCallIn({ items: [attribute.hcl] })) {
          if (call.name.text === 'env') continue;
          yield {
            message: `${call.name.text.length > 30 ? 'A function' : `\`${call.name.text}()\``} is called in the default of a variable`,
            help: 'Compute the value in `locals`; a default may only call `env()`',
            span: source.spanOf(call.name.start, call.name.end),
          };
        }
        const found: { start: number; end: number }[] = [];
        eachTraversal(attribute.value.expression, node => found.push(node));
        for (const { end, start } of found)
          yield {
            message: `Variable default refers to ${shownName(source.text.slice(start, end), 'another value')}`,
            help: 'Compute the value in `locals`; a default must be constant',
            span: source.spanOf(start, end),
          };
      }
    }
  },
});
