import type { Finding } from '../../../core/finding.ts';
import type { Span } from '../../../core/text.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { accountEntry, accountsOf } from '../../../languages/cloud-init/logins.ts';
import { asScalar, entriesOf, get, itemsOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { CloudInitTree, YamlNode } from '../../../languages/cloud-init/tree.ts';

export default defineCloudInitRule({
  id: 'docker-group-member',
  summary: 'A user is in the `docker` group, which grants root access',
  policies: ['G10'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  needs: { keys: ['groups'] },
  since: '2026.11',
  *check(tree, { project }): Iterable<Finding> {
    if (!isConfig(tree) || project.kind === 'ci-runner' || project.kind === 'vagrant') return;
    for (const span of memberships(tree))
      yield {
        message: 'Membership in the `docker` group grants root access',
        help: 'Remove it; start containers from a service, or use rootless Docker',
        span,
      };
  },
});

/** `groups` of accounts, and of the document with members: `- docker: [ada]`. */
function* memberships(tree: CloudInitTree): Iterable<Span> {
  for (const account of accountsOf(tree)) {
    const groups = accountEntry(account, 'groups')?.value;
    for (const node of groups ? [groups, ...itemsOf(groups)] : []) {
      const found = nameIn(node);
      if (found) yield found;
    }
  }
  const groups = get(tree.root, 'groups');
  for (const node of groups ? [groups, ...itemsOf(groups)] : [])
    for (const { name, value, span } of entriesOf(node))
      if (name === 'docker' && (asScalar(value) || itemsOf(value).length > 0)) yield span;
}

/** Where the group's name is in a comma-separated list. */
function nameIn(node: YamlNode): Span | undefined {
  const text = asScalar(node)?.text;
  const found = text && /(?:^|[,\s])docker(?=[,\s]|$)/.exec(text.text);
  return text && found
    ? text.spanOf(found.index + found[0].length - 'docker'.length, found.index + found[0].length)
    : undefined;
}
