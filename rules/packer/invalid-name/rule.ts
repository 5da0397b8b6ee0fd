import type { Finding } from '../../../core/finding.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { isBroken } from '../../../languages/packer/schema.ts';

/** https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#identifiers */
const NAME = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;
/** Longer names are not looked at. */
const LONGEST = 200;

export default definePackerRule({
  id: 'invalid-name',
  summary: 'A variable, a local or a reference to a source has an invalid name',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { blocks: ['variable', 'local', 'build'] },
  since: '2026.11',
  hclOnly: true,
  *check({ file }): Iterable<Finding> {
    if (file.kind !== 'template') return;
    for (const block of file.top.blocks()) {
      if (isBroken(block, file.hcl.problems)) continue;
      const [label] = block.labels;
      if ((block.type === 'variable' || block.type === 'local') && label && !isName(label.text))
        yield {
          message: `Invalid name of a ${block.type === 'local' ? 'local variable' : 'variable'}`,
          help: 'Start with a letter or `_`, and use letters, digits, `_` and `-`',
          span: label.span,
        };
      if (block.type !== 'build') continue;
      // `undeclared-source` speaks of a text without a dot.
      for (const { kind, span, text } of block.attribute('sources')?.value.items ?? [])
        if (kind === 'string' && text?.includes('.') && !FILLED_IN.test(text) && !isReference(text))
          yield {
            message: 'Invalid reference to a source',
            help: 'Write `source.TYPE.NAME`',
            span,
          };
    }
  },
});

/** Signs of what another program fills in: `#{name}#` of a pipeline. */
const FILLED_IN = /#\{|@@|%%|\{\{|<[\w-]{1,60}>|\uE000/;

const isName = (text: string): boolean => text.length > LONGEST || NAME.test(text);

/** What Packer reads of it: `type.name` after `source.`, and nothing after the name. */
function isReference(text: string): boolean {
  const parts = text.split('.');
  const [type, name] = parts.length > 2 ? parts.slice(1) : parts;
  return type !== undefined && name !== undefined && isName(type) && isName(name);
}
