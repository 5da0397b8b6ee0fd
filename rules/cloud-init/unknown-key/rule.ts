import { type Finding, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { schemaIssues } from '../../../languages/cloud-init/modules/check.ts';
import { holderText, keyText } from '../../../languages/cloud-init/modules/describe.ts';
import { isReadByOthers } from '../../../languages/cloud-init/modules/other-readers.ts';
import { meantBy } from '../../../languages/cloud-init/modules/places.ts';
import { isOlder } from '../../../languages/cloud-init/modules/versions.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { CloudInitTree } from '../../../languages/cloud-init/tree.ts';

export default defineCloudInitRule({
  id: 'unknown-key',
  summary: 'A key is unknown to cloud-init',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  aliases: ['cloud-init:schema'],
  *check(tree, { project }): Iterable<Finding> {
    for (const issue of schemaIssues(tree)) {
      if (issue.kind !== 'unknown-key') continue;
      if (issue.path.length === 1 && isReadByOthers(issue.entry, tree)) continue;
      const meant = meantBy(issue);
      // `misplaced-key` says where the others belong.
      if (meant?.kind === 'other place' || meant?.kind === 'other file') continue;
      const { key, name = '', value } = issue.entry;
      // `missing-key` says what `- default:` does.
      if (name === 'default' && value.kind === 'null' && issue.path[0] === 'users') continue;
      const named = keyText(name);
      if (meant?.kind === 'old name') {
        const { instead, since } = meant.removed;
        // The oldest image that the file is for still reads it.
        if (since !== undefined && isOlder(project.cloudInitVersion, since)) continue;
        yield {
          message: `${named ?? 'This key'} ${since ? `was removed in cloud-init ${since}` : 'is no longer supported by cloud-init'}`,
          help: instead ? `Use ${instead}` : 'Remove it: nothing takes its place',
          span: key.span,
        };
        continue;
      }
      const inside = issue.path.length > 1;
      const taken = meant && issue.siblings.has(meant.name);
      // Nothing reads what was meant for the whole module.
      const lost = meant?.sure && !taken && issue.path.length === 1;
      yield {
        message: `Unknown ${inside ? '' : issue.network ? 'network ' : 'cloud-config '}key${named ? ` ${named}` : ''}${inside ? ` in ${holderText(issue.path)}` : ''}`,
        help: meant
          ? `Did you mean \`${meant.name}\`?`
          : inside && OF_SYSTEM.has(name)
            ? `Remove it: ${quoted(name)} belongs in \`system_info\` of \`/etc/cloud/cloud.cfg\``
            : 'Correct the name, or remove the key',
        span: key.span,
        ...(lost ? { severity: 'error' } : {}),
        fixes: [
          // Where the header is missing too, that is to be put right first: nothing in the file is read.
          meant?.sure && !taken && !lacksHeader(tree)
            ? fix('suggested', `Rename it to \`${meant.name}\``, key.text.replace(0, key.text.text.length, meant.name))
            : undefined,
        ],
      };
    }
  },
});

/** Keys of `system_info` that people copy from `/etc/cloud/cloud.cfg` along with the default user. */
const OF_SYSTEM: ReadonlySet<string> = new Set(['default_user', 'distro', 'package_mirrors', 'paths', 'ssh_svcname']);

function lacksHeader({ form, header, path, within }: CloudInitTree): boolean {
  return form === 'cloud-config' && !header && !within && path !== undefined;
}
