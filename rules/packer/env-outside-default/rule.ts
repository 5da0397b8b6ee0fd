import { eachCallIn } from '../../../languages/packer/calls.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

export default definePackerRule({
  id: 'env-outside-default',
  summary: '`env()` is called where Packer does not have it',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  *check({ file, source }) {
    for (const block of file.top.blocks()) {
      if (block.type === 'variables') continue;
      for (const { call, attribute } of eachCallIn(block.body)) {
        if (call.name.text !== 'env' || (block.type === 'variable' && attribute === 'default')) continue;
        yield {
          message:
            'Packer has `env()` in the default of a variable only: read the environment there and use the variable here.',
          span: source.spanOf(call.start, call.end),
        };
      }
    }
    for (const { hcl } of file.top.attributes)
      for (const { call } of eachCallIn({ items: [hcl] }))
        if (call.name.text === 'env')
          yield {
            message: 'A variables file cannot call `env()`: give the variable a default that does.',
            span: source.spanOf(call.start, call.end),
          };
  },
});
