import { type Finding, fix } from '../../../core/finding.ts';
import type { Span } from '../../../core/text.ts';
import { schemaIssues } from '../../../languages/cloud-init/modules/check.ts';
import { pathText } from '../../../languages/cloud-init/modules/describe.ts';
import { isOlder, versionOfSystems } from '../../../languages/cloud-init/modules/versions.ts';
import { get } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { CloudInitTree } from '../../../languages/cloud-init/tree.ts';

export default defineCloudInitRule({
  id: 'deprecated-key',
  summary: 'A cloud-config key is deprecated',
  policies: [],
  category: 'correctness',
  severity: 'info',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  aliases: ['cloud-init:schema'],
  *check(tree, { project }): Iterable<Finding> {
    const ofSystems = versionOfSystems(tree.source);
    for (const issue of schemaIssues(tree)) {
      if (issue.kind !== 'deprecated-key') continue;
      const { entry, path, deprecated, taken } = issue;
      // The cloud-init of the images may not support the replacement yet.
      if (isOlder(project.cloudInitVersion ?? ofSystems, deprecated.since)) continue;
      const { key } = entry;
      yield {
        message: `\`${path.length === 2 ? pathText(path) : entry.name}\` ${isForNetplan(tree, key.span) ? 'is deprecated in Netplan' : `was deprecated in cloud-init ${deprecated.since}`}`,
        help: `Use ${deprecated.instead}`,
        // Before 25.3 only Netplan understood `to: default`.
        ...(/^gateway[46]$/.test(entry.name ?? '') && { preset: 'strict' as const }),
        span: key.span,
        fixes: [
          deprecated.use !== undefined && !taken
            ? fix(
                'safe',
                `Rename it to \`${deprecated.use}\``,
                key.text.replace(0, key.text.text.length, deprecated.use),
              )
            : undefined,
        ],
      };
    }
  },
});

/** The installer of Ubuntu gives its network to Netplan as it is. */
function isForNetplan({ autoinstall }: CloudInitTree, { start }: Span): boolean {
  const network = get(autoinstall, 'network');
  return network !== undefined && network.span.start <= start && start < network.span.end;
}
