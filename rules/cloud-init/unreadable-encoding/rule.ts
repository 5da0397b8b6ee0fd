import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { UNRESOLVED } from '../../../core/text.ts';
import { decodeBase64 } from '../../../languages/cloud-init/encodings.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { asScalar, get, itemsOf, textOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

const BASE64 = new Set(['b64', 'base64']);
const GZIP = new Set(['gz+b64', 'gz+base64', 'gzip+b64', 'gzip+base64']);

/** Characters that base64 does not have, as templates of all kinds write what they insert, and manuals what they leave out. */
const INSERTED = /\.{3}|…|[$%]\{|\{\{|\{%|<%|\$\w|@@\w/;

export default defineCloudInitRule({
  id: 'unreadable-encoding',
  summary: 'The `content` of a file does not match its `encoding`',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { keys: ['encoding'] },
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (!isConfig(tree)) return;
    for (const file of itemsOf(get(tree.root, 'write_files'))) {
      const content = asScalar(get(file, 'content'));
      const encoding = textOf(get(file, 'encoding'));
      if (!content || encoding === undefined || content.tag !== undefined || content.text.text.includes(UNRESOLVED))
        continue;
      const wanted = encoding.toLowerCase();
      const gzipped = GZIP.has(wanted);
      if (!gzipped && !BASE64.has(wanted)) continue;
      if (decodeBase64(content.text, gzipped) !== undefined) continue;
      // A template fills in the encoded content, or it is not shown.
      if (INSERTED.test(content.text.text)) continue;
      const newline = content.written.text.indexOf('\n');
      yield {
        message: `\`encoding\` is ${quoted(encoding)}, but \`content\` is not ${gzipped ? 'gzip data in base64' : 'valid base64'}`,
        help: 'Encode the content, or remove `encoding`',
        span: newline < 0 ? content.span : content.written.spanOf(0, newline),
      };
    }
  },
});
