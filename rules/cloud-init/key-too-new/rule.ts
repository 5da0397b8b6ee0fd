import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { schemaIssues } from '../../../languages/cloud-init/modules/check.ts';
import { isOlder } from '../../../languages/cloud-init/modules/versions.ts';
import { asSeq, entriesOf, entryOf, get } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { CloudInitTree, YamlEntry } from '../../../languages/cloud-init/tree.ts';

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
    for (const { entry, what, since, help } of youngForms(tree))
      if (isOlder(project.cloudInitVersion, since))
        yield {
          message: `${what} needs cloud-init ${since}, but \`cloud-init-version\` is ${project.cloudInitVersion}`,
          help,
          span: entry.key.span,
        };
  },
});

interface YoungForm {
  readonly entry: YamlEntry;
  /** How the message starts. */
  readonly what: string;
  readonly since: string;
  readonly help: string;
}

/**
 * Keys that are older than the form they have here: an older version fails on it, or skips it with a warning in its log.
 * Of values that only an older schema rejects (`locale: false`), nothing is lost.
 */
function* youngForms(tree: CloudInitTree): Iterable<YoungForm> {
  if (!isConfig(tree)) return;
  const pull = entryOf(get(tree.root, 'ansible'), 'pull');
  if (pull && asSeq(pull.value))
    yield {
      entry: pull,
      what: 'A list in `ansible.pull`',
      since: '25.2',
      help: 'Write one mapping, or raise `images.cloud-init-version`',
    };
  for (const entry of entriesOf(get(tree.root, 'yum_repos'))) {
    const names = entriesOf(entry.value).map(({ name }) => name);
    if (entry.name === undefined || names.includes(undefined) || names.includes('baseurl')) continue;
    const since = names.includes('metalink') ? '24.2' : names.includes('mirrorlist') ? '24.3' : undefined;
    if (since !== undefined)
      yield {
        entry,
        what: `${quoted(entry.name, 20)} without \`baseurl\``,
        since,
        help: 'Add `baseurl`, or raise `images.cloud-init-version`',
      };
  }
}
