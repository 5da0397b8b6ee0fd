import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { Duplicate } from '../../../languages/packer/tree.ts';

const KINDS: Readonly<Record<Duplicate['kind'], string>> = {
  variable: 'The variable',
  local: 'The local value',
  source: 'The source',
  data: 'The data source',
  required_plugin: 'The plugin',
};

export default definePackerRule({
  id: 'duplicate-declaration',
  summary: 'A variable, local value, source, data source or plugin is declared twice',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  *check({ module }) {
    for (const { first, kind, name, span } of module.duplicates) {
      if (span.file !== undefined) continue;
      yield {
        message: `${KINDS[kind]} \`${name}\` is declared a second time, and Packer refuses the template.`,
        span,
        related: [{ message: 'It is declared here already.', span: first }],
      };
    }
  },
});
