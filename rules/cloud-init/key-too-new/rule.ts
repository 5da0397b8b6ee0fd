import type { Finding } from '../../../core/finding.ts';
import { schemaIssues } from '../../../languages/cloud-init/modules/check.ts';
import { isOlder } from '../../../languages/cloud-init/modules/versions.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'key-too-new',
  summary: 'A key is newer than the oldest supported cloud-init',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(tree, { project }): Iterable<Finding> {
    let outer = '';
    for (const issue of schemaIssues(tree)) {
      if (issue.kind !== 'young-key' || !isOlder(project.cloudInitVersion, issue.since)) continue;
      // What is below a key goes with it.
      const where = issue.path.join('/');
      if (outer !== '' && where.startsWith(`${outer}/`)) continue;
      outer = where;
      yield {
        message: `\`${issue.entry.name}\` needs cloud-init ${issue.since}, but \`cloud-init-version\` is ${project.cloudInitVersion}`,
        help: 'Use keys that the older version has, or raise `images.cloud-init-version`',
        span: issue.entry.key.span,
      };
    }
  },
});
