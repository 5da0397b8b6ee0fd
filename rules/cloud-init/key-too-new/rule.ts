import type { Finding } from '../../../core/finding.ts';
import { schemaIssues } from '../../../languages/cloud-init/modules/check.ts';
import { isOlder } from '../../../languages/cloud-init/modules/versions.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'key-too-new',
  summary: 'The oldest cloud-init that has to understand the file does not know the key',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  *check(tree, { project }): Iterable<Finding> {
    for (const issue of schemaIssues(tree)) {
      if (issue.kind !== 'young-key' || !isOlder(project.cloudInitVersion, issue.since)) continue;
      yield {
        message: `\`${issue.entry.name}\` came with cloud-init ${issue.since}, and ${project.cloudInitVersion}, which the project supports, ignores it.`,
        span: issue.entry.key.span,
      };
    }
  },
});
