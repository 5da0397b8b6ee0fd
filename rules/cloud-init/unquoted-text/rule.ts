import { type Finding, fix } from '../../../core/finding.ts';
import { schemaIssues } from '../../../languages/cloud-init/modules/check.ts';
import { isCommandPath } from '../../../languages/cloud-init/modules/command-paths.ts';
import { pathText } from '../../../languages/cloud-init/modules/describe.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { YamlScalar } from '../../../languages/cloud-init/tree.ts';

/** Keys whose value is no business of a message, even one that YAML has changed. */
const SECRET = /pass|secret|token|content|(?:^|[_-])(?:keys?|certs?|data)$/i;

export default defineCloudInitRule({
  id: 'unquoted-text',
  summary: 'YAML reads the text as a boolean, a number or a date',
  policies: ['G13'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  aliases: ['cloud-init:schema'],
  *check(tree): Iterable<Finding> {
    for (const issue of schemaIssues(tree)) {
      if (issue.kind !== 'unquoted') continue;
      const { node, path } = issue;
      // `command-not-a-string` and `unquoted-permissions` say more about these.
      if (isCommandPath(path) || (path[0] === 'write_files' && path[2] === 'permissions')) continue;
      const { written } = node;
      const secret = path.some(step => typeof step === 'string' && SECRET.test(step));
      yield {
        message: `\`${pathText(path)}\` takes text, but without quotes YAML reads ${secret ? 'this' : `\`${written.text}\``} as ${reading(node, secret)}.`,
        span: node.span,
        fixes: [fix('safe', 'Put quotes around it', written.insert(0, "'"), written.insert(written.text.length, "'"))],
      };
    }
  },
});

function reading({ type, value, text }: YamlScalar, secret: boolean): string {
  if (type === 'bool') return secret ? 'a boolean' : `the boolean ${String(value)}`;
  if (type === 'timestamp') return 'a date';
  return secret || String(value) === text.text || value === undefined ? 'a number' : `the number ${String(value)}`;
}
