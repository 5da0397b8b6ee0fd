import type { Finding } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { quoted } from '../../../core/quoted.ts';
import { asScalar, get, itemsOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

/** What an item of an archive may have. https://docs.cloud-init.io/en/latest/explanation/format/cloud-config-archive.html */
const KEYS: readonly string[] = ['content', 'type', 'filename', 'launch-index'];
/** Headers of the part that it may have as well. */
const HEADERS: readonly string[] = ['Merge-Type', 'X-Merge-Type', 'Content-Disposition', 'Content-Type'];

export default defineCloudInitRule({
  id: 'empty-archive-part',
  summary: 'An item of a cloud-config archive has no `content`',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (tree.form !== 'archive' || tree.problems.length > 0) return;
    if (tree.document?.kind === 'map' && tree.templated.length === 0)
      yield {
        message: 'Archive is a mapping: cloud-init reads parts from a list only',
        help: 'Write each part as an item: `- type: …`',
        span: (tree.document.entries[0] ?? tree.document).span,
      };
    for (const item of itemsOf(tree.document)) {
      if (item.kind !== 'map') continue;
      const others = item.entries.filter(
        ({ name }) => name !== undefined && !KEYS.includes(name) && !HEADERS.includes(name),
      );
      const content = get(item, 'content');
      const text = asScalar(content)?.text.text;
      const empty = content === undefined || content.kind === 'null' || text?.trim() === '';
      if (empty && (tree.templated.length === 0 || others.length > 0)) {
        yield {
          message: 'Archive part without `content`: cloud-init skips it',
          help: others.some(({ name }) => nearest(name!, ['content']))
            ? 'Did you mean `content`?'
            : others.length > 0
              ? content === undefined
                ? 'Add `content: |`, and indent the keys below it'
                : 'Indent the keys below `content: |`'
              : 'Add `content`, or remove the part',
          span: (item.entries[0] ?? item).span,
          related: others.slice(0, 3).map(({ key }) => ({ message: 'Ignored key', span: key.span })),
        };
        continue;
      }
      for (const { key, name } of others) {
        const meant = nearest(name!, [...KEYS, ...HEADERS]);
        yield {
          message: `Unknown key ${quoted(name!)} in an archive part`,
          help: meant ? `Did you mean \`${meant}\`?` : `Use ${KEYS.map(one => `\`${one}\``).join(', ')}`,
          span: key.span,
          severity: 'warning',
        };
      }
    }
  },
});
