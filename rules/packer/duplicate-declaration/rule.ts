import { quoted } from '../../../core/quoted.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { Duplicate } from '../../../languages/packer/tree.ts';

const KINDS: Readonly<Record<Duplicate['kind'], string>> = {
  variable: 'variable',
  local: 'local variable',
  source: 'source',
  data: 'data source',
  required_plugin: 'required plugin',
};

export default definePackerRule({
  id: 'duplicate-declaration',
  summary: 'Two declarations have the same name',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { blocks: ['variable', 'variables', 'local', 'locals', 'source', 'data', 'required_plugins'] },
  since: '2026.11',
  hclOnly: true,
  *check({ module }) {
    for (const { first, kind, name, span } of module.duplicates) {
      if (span.file !== undefined) continue;
      yield {
        message: `Duplicate ${KINDS[kind]} ${quoted(name)}`,
        help: 'Rename one of them, or remove it',
        span,
        related: [{ message: 'First declared here', span: first }],
      };
    }
  },
});
