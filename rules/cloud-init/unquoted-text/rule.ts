import { type Finding, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { type Path, schemaIssues } from '../../../languages/cloud-init/modules/check.ts';
import { isCommandPath } from '../../../languages/cloud-init/modules/command-paths.ts';
import { pathText } from '../../../languages/cloud-init/modules/describe.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { YamlScalar } from '../../../languages/cloud-init/tree.ts';

/** Keys whose value may be a secret and is not quoted, not even as YAML reads it. */
const SECRET = /pass|secret|token|content|(?:^|[_-])(?:keys?|certs?|data)$/i;

export default defineCloudInitRule({
  id: 'unquoted-text',
  summary: 'YAML reads an unquoted string as a boolean, a number or a date',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  aliases: ['cloud-init:schema'],
  *check(tree): Iterable<Finding> {
    for (const issue of schemaIssues(tree)) {
      if (issue.kind !== 'unquoted') continue;
      const { node, path } = issue;
      // `command-not-a-string` and `unquoted-permissions` say more about these.
      if (isCommandPath(path) || (path[0] === 'write_files' && path[2] === 'permissions')) continue;
      const { written } = node;
      // useradd(8) takes the days until an account with an expired password is disabled, and no truth value.
      const isDays = path.at(-1) === 'inactive' && node.type === 'bool';
      const secret = path.some(step => typeof step === 'string' && SECRET.test(step));
      yield {
        message: `\`${pathText(path)}\`: unquoted ${secret ? 'value' : quoted(written.text)} is ${reading(node, secret)} in YAML`,
        help: isDays
          ? 'Write a number of days in quotes'
          : secret || written.text.length > 60
            ? 'Put it in quotes'
            : `Quote it: ${quoted(`'${written.text}'`, 62)}`,
        span: node.span,
        ...(stillWorks(node, path) ? { severity: 'info' } : {}),
        fixes: [
          isDays
            ? undefined
            : fix('safe', 'Put it in quotes', written.insert(0, "'"), written.insert(written.text.length, "'")),
        ],
      };
    }
  },
});

/** A number that is a word of a list in a list is written out again as it was: `[ping, -6]`, `[nginx, 2.43]`. */
function stillWorks({ type, value, text }: YamlScalar, path: Path): boolean {
  const inner = typeof path.at(-1) === 'number' && typeof path.at(-2) === 'number';
  return inner && (type === 'int' || type === 'float') && String(value) === text.text;
}

function reading({ type, value, text }: YamlScalar, secret: boolean): string {
  if (type === 'bool') return 'a boolean';
  if (type === 'timestamp') return 'a date';
  return secret || String(value) === text.text || value === undefined ? 'a number' : `the number ${String(value)}`;
}
