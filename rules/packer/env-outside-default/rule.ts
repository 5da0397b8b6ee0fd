import { eachCallIn } from '../../../languages/packer/calls.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

export default definePackerRule({
  id: 'env-outside-default',
  summary: '`env()` is called outside the default of a variable',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  hclOnly: true,
  *check({ file, source }) {
    for (const block of file.top.blocks()) {
      if (block.type === 'variables') continue;
      for (const { call, attribute } of eachCallIn(block.body)) {
        if (call.name.text !== 'env' || (block.type === 'variable' && attribute === 'default')) continue;
        yield {
          message: '`env()` is only available in the default of a variable',
          help: 'Declare a variable with `default = env("…")`, and use the variable here',
          span: source.spanOf(call.start, call.end),
        };
      }
    }
    for (const { hcl } of file.top.attributes)
      for (const { call } of eachCallIn({ items: [hcl] }))
        if (call.name.text === 'env')
          yield {
            message: '`env()` cannot be called in a variables file',
            help: 'Set `default = env("…")` where the variable is declared',
            span: source.spanOf(call.start, call.end),
          };
  },
});
