import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'user-data-per-environment',
  summary: "User-data is a near copy of another environment's user-data",
  policies: ['G12'],
  category: 'separation',
  severity: 'info',
  preset: 'strict',
  needs: 'always',
  asksAcrossFiles: true,
  since: '2026.11',
  *check({ within, source, surroundings }, { acrossFiles }): Iterable<Finding> {
    if (within !== undefined) return;
    const twin = surroundings.twins[0]?.name ?? acrossFiles?.twin;
    if (twin === undefined) return;
    const end = source.text.indexOf('\n');
    yield {
      message: `Nearly identical to ${quoted(twin)}, for another environment`,
      help: 'Use one file, and fill in what differs with a template or Jinja',
      span: source.spanOf(0, end < 0 ? source.text.length : end),
    };
  },
});
