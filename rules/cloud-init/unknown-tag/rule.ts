import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { walk } from '../../../languages/cloud-init/nodes.ts';
import { isUnknownTag } from '../../../languages/cloud-init/resolve.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

/** Tags of other programs, which are shown; another one may be a password that begins with `!`. */
const SHOWN =
  /^!{1,2}(?:env(?:_?var)?|vault|include|import|reference|ref|sub|getatt|secret|unsafe|join|file|concat|lambda|literal|python\/[a-z_./:]{1,60})$/i;

export default defineCloudInitRule({
  id: 'unknown-tag',
  summary: 'A YAML tag is unknown to PyYAML',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (!isConfig(tree) && tree.form !== 'network-config') return;
    const seen = new Set<string>();
    for (const node of walk(tree.document)) {
      const { tag, tagSpan, span } = node;
      if (!isUnknownTag(tag) || seen.has(tag)) continue;
      seen.add(tag);
      // Without a value it may be a value that is not in quotes.
      const isValue = node.kind === 'null' || (node.kind === 'scalar' && node.text.text === '');
      yield {
        message: `Unknown YAML tag${!isValue && SHOWN.test(tag) ? ` ${quoted(tag, 31)}` : ''}: the whole file is rejected`,
        help: isValue
          ? 'Quote the value if it starts with `!`'
          : 'Remove it, unless a tool replaces it before the boot',
        span: tagSpan ?? span,
        // No tool takes what is for Python objects; older versions of cloud-init read its text.
        ...(tag.startsWith('!!python/') && tag !== '!!python/unicode' && { severity: 'error' }),
      };
    }
  },
});
