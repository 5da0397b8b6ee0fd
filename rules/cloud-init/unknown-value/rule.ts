import { type Finding, fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { schemaIssues } from '../../../languages/cloud-init/modules/check.ts';
import { pathText } from '../../../languages/cloud-init/modules/describe.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

/** In shorter words another letter makes another word: `dsa` is no slip of `rsa`. */
const SHORTEST_SLIP = 4;

export default defineCloudInitRule({
  id: 'unknown-value',
  summary: 'The module does not take this value',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  aliases: ['cloud-init:schema'],
  *check(tree): Iterable<Finding> {
    for (const { kind, ...issue } of schemaIssues(tree)) {
      if (kind !== 'unknown-value') continue;
      const { node, path, takes, values } = issue as Extract<
        ReturnType<typeof schemaIssues>[number],
        { kind: 'unknown-value' }
      >;
      const close =
        node.kind === 'scalar' && node.text.text.length >= SHORTEST_SLIP ? nearest(node.text.text, values) : undefined;
      yield {
        message: `\`${pathText(path)}\` takes ${takes}, so with anything else the module fails or does nothing.`,
        span: node.span,
        fixes: [
          node.kind === 'scalar' && close !== undefined
            ? fix('suggested', `Write \`${close}\``, node.text.replace(0, node.text.text.length, close))
            : undefined,
        ],
      };
    }
  },
});
