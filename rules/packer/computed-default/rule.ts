import { eachCallIn } from '../../../languages/packer/calls.ts';
import { eachTraversal } from '../../../languages/packer/references.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

export default definePackerRule({
  id: 'computed-default',
  summary: 'The default of a variable refers to something or calls a function',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
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
            message: `The default of a variable can call nothing but \`env()\`: compute it in a local value.`,
            span: source.spanOf(call.name.start, call.name.end),
          };
        }
        const found: { start: number; end: number }[] = [];
        eachTraversal(attribute.value.expression, node => found.push(node));
        for (const { end, start } of found)
          yield {
            message: 'The default of a variable cannot refer to anything: compute it in a local value.',
            span: source.spanOf(start, end),
          };
      }
    }
  },
});
