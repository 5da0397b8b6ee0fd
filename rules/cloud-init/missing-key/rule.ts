import type { Finding } from '../../../core/finding.ts';
import { eitherOf, quoted } from '../../../core/quoted.ts';
import { schemaIssues } from '../../../languages/cloud-init/modules/check.ts';
import { pathText } from '../../../languages/cloud-init/modules/describe.ts';
import { entryOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { CloudInitTree } from '../../../languages/cloud-init/tree.ts';

export default defineCloudInitRule({
  id: 'missing-key',
  summary: 'A required key is missing',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  aliases: ['cloud-init:schema'],
  *check(tree): Iterable<Finding> {
    // What is merged into other user-data may leave to that what it does not change.
    if (isMerged(tree)) return;
    for (const issue of schemaIssues(tree)) {
      if (issue.kind !== 'missing-key') continue;
      const { map, path, names } = issue;
      yield {
        message: `${quoted(pathText(path))} has no ${eitherOf(names)}`,
        help: `Add ${names.length > 1 ? 'one of them' : 'it'}, or check the indentation`,
        span: map.entries[0]?.key.span ?? map.span,
      };
    }
  },
});

/** https://docs.cloud-init.io/en/latest/reference/merging.html */
function isMerged({ root }: CloudInitTree): boolean {
  return ['merge_how', 'merge_type'].some(key => entryOf(root, key) !== undefined);
}
