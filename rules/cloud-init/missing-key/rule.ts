import type { Finding } from '../../../core/finding.ts';
import { schemaIssues } from '../../../languages/cloud-init/modules/check.ts';
import { joined, pathText } from '../../../languages/cloud-init/modules/describe.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'missing-key',
  summary: 'The module needs a key that is not there',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  aliases: ['cloud-init:schema'],
  *check(tree): Iterable<Finding> {
    for (const issue of schemaIssues(tree)) {
      if (issue.kind !== 'missing-key') continue;
      const { map, path, names } = issue;
      const wanted = joined(names.map(name => `\`${name}\``));
      yield {
        message: `\`${pathText(path)}\` has no ${wanted}, without which ${path[0] === 'autoinstall' ? "Ubuntu's installer" : 'cloud-init'} cannot use it.`,
        span: map.entries[0]?.key.span ?? map.span,
      };
    }
  },
});
