import { type Finding, type Fix, fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { eitherOf, quoted } from '../../../core/quoted.ts';
import { type Path, schemaIssues } from '../../../languages/cloud-init/modules/check.ts';
import { pathText } from '../../../languages/cloud-init/modules/describe.ts';
import { entryOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { CloudInitTree, YamlMap } from '../../../languages/cloud-init/tree.ts';

export default defineCloudInitRule({
  id: 'missing-key',
  summary: 'An entry has no `path`, `mode` or other required key',
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
      if (path.length === 2 && path[0] === 'users' && names.includes('name')) {
        yield nameless(map, path);
        continue;
      }
      const slip = misspelled(map, names);
      yield {
        message: `${path.length > 0 ? quoted(pathText(path)) : 'Network configuration'} has no ${eitherOf(names)}`,
        ...(slip ? {} : { help: `Add ${names.length > 1 ? 'one of them' : 'it'}, or check the indentation` }),
        span: map.entries[0]?.key.span ?? map.span,
        fixes: [slip],
      };
    }
  },
});

/** https://docs.cloud-init.io/en/latest/reference/merging.html */
function isMerged({ root }: CloudInitTree): boolean {
  return ['merge_how', 'merge_type'].some(key => entryOf(root, key) !== undefined);
}

/** One of its keys is written almost like the one that is missing. */
function misspelled({ entries }: YamlMap, names: readonly string[]): Fix | undefined {
  for (const { key, name } of entries) {
    const meant = name === undefined || names.includes(name) ? undefined : nearest(name, names);
    if (meant !== undefined && key.written.text === name)
      return fix('suggested', `Rename it to \`${meant}\``, key.written.replace(0, key.written.text.length, meant));
  }
  return undefined;
}

/** cloud-init takes such a user for the default one (`_normalize_users` in `cloudinit/distros/ug_util.py`). */
function nameless(map: YamlMap, path: Path): Finding {
  const slip = entryOf(map, 'default');
  const isSlip = map.entries.length === 1 && slip?.value.kind === 'null';
  return {
    message: `${quoted(pathText(path))} has no \`name\`, so it changes the default user`,
    help: isSlip ? 'Write `- default`, without a colon' : 'Add `name`, or `name: default` if that is intended',
    span: map.entries[0]?.key.span ?? map.span,
    severity: 'warning',
    fixes: [
      isSlip && !map.flow
        ? fix('suggested', 'Write `default`', map.written.replace(0, map.written.text.length, 'default'))
        : undefined,
    ],
  };
}
