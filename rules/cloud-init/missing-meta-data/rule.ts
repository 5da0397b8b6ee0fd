import type { Finding } from '../../../core/finding.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'missing-meta-data',
  summary: 'A NoCloud directory contains `user-data` but no `meta-data`',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check({ within, source, surroundings }): Iterable<Finding> {
    if (within !== undefined || !surroundings.lacksMetaData) return;
    const end = source.text.indexOf('\n');
    yield {
      message: 'No `meta-data` beside `user-data`: cloud-init ignores the directory',
      help: 'Add a file `meta-data`; it may be empty',
      span: source.spanOf(0, end < 0 ? source.text.length : end),
    };
  },
});
