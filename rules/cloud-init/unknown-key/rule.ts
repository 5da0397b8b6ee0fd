import { type Finding, fix } from '../../../core/finding.ts';
import { schemaIssues } from '../../../languages/cloud-init/modules/check.ts';
import { holderText, keyText } from '../../../languages/cloud-init/modules/describe.ts';
import { meantBy } from '../../../languages/cloud-init/modules/places.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'unknown-key',
  summary: 'cloud-init reads no such key, so what stands behind it does nothing',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  aliases: ['cloud-init:schema'],
  *check(tree): Iterable<Finding> {
    for (const issue of schemaIssues(tree)) {
      if (issue.kind !== 'unknown-key') continue;
      const meant = meantBy(issue);
      // `misplaced-key` says where the others belong.
      if (meant?.kind === 'other place' || meant?.kind === 'other file') continue;
      const { key, name = '' } = issue.entry;
      const named = keyText(name);
      if (meant?.kind === 'old name') {
        yield {
          message: `${named ?? 'This'} is a key of long ago that cloud-init's schema refuses: use ${meant.instead}.`,
          span: key.span,
        };
        continue;
      }
      const taken = meant && issue.siblings.has(meant.name);
      yield {
        message: `${capitalised(holderText(issue.path))} knows no ${named ? `key ${named}` : 'such key'}${meant ? ` (did you mean \`${meant.name}\`?)` : ''}, so what stands behind it does nothing.`,
        span: key.span,
        fixes: [
          meant?.sure && !taken
            ? fix('suggested', `Rename it to \`${meant.name}\``, key.text.replace(0, key.text.text.length, meant.name))
            : undefined,
        ],
      };
    }
  },
});

function capitalised(text: string): string {
  return text === 'cloud-init' ? text : text[0]!.toUpperCase() + text.slice(1);
}
