import type { Finding } from '../../../core/finding.ts';
import type { Span } from '../../../core/text.ts';
import { HOLE } from '../../../core/text.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { CloudInitPart } from '../../../languages/cloud-init/tree.ts';

/** Types whose handler is found by the first line of the text. */
const BY_FIRST_LINE = new Set(['text/plain', 'text/x-not-multipart']);
/** Types that have a handler (https://docs.cloud-init.io/en/latest/explanation/format.html). */
const KNOWN = new Set([
  ...BY_FIRST_LINE,
  'text/cloud-config',
  'text/cloud-config-archive',
  'text/cloud-config-jsonp',
  'text/cloud-boothook',
  'text/jinja2',
  'text/part-handler',
  'text/x-include-url',
  'text/x-include-once-url',
  'text/x-shellscript',
  'text/x-shellscript-per-boot',
  'text/x-shellscript-per-instance',
  'text/x-shellscript-per-once',
  'text/upstart-job',
  'application/gzip',
  'application/gzip-compressed',
  'application/gzipped',
  'application/x-compress',
  'application/x-compressed',
  'application/x-gunzip',
  'application/x-gzip',
  'application/x-gzip-compressed',
]);

export default defineCloudInitRule({
  id: 'mislabelled-part',
  summary: 'The type of a part does not fit what is in it, so nothing reads it',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    // A part of Python may handle types of its own.
    const handlers = tree.parts.some(part => part.type === 'text/part-handler' || part.tree?.form === 'part-handler');
    for (const part of tree.parts) {
      const message = messageFor(part, handlers);
      if (message) yield { message, span: placeOf(part) };
    }
  },
});

function messageFor({ type, content }: CloudInitPart, handlers: boolean): string | undefined {
  if (type !== undefined && !KNOWN.has(type)) {
    if (handlers || type.startsWith('multipart/') || type.startsWith('message/')) return undefined;
    return `cloud-init has no handler for parts of type \`${type.slice(0, 60)}\`, so it drops this one.`;
  }
  const text = content?.text.trimStart().slice(0, 200) ?? '';
  if (text === '' || text.startsWith(HOLE) || /^(?:\$\{|%\{|\{\{|\{%)/.test(text)) return undefined;
  const script = type?.startsWith('text/x-shellscript') ?? false;
  if (script && /^#cloud-config/i.test(text))
    return 'This part says that it is a script but holds cloud-config, which is then run as a program: its type is `text/cloud-config`.';
  if (script && !text.startsWith('#!'))
    return 'This script does not start with `#!`, so the system does not know what to run it with.';
  if (type === 'text/cloud-config' && text.startsWith('#!'))
    return 'This part says that it is cloud-config but holds a script, which is then read as YAML: its type is `text/x-shellscript`.';
  return undefined;
}

/** The first line of the content, or of the part. */
function placeOf({ content, span }: CloudInitPart): Span {
  if (!content) return span;
  const lead = content.text.length - content.text.trimStart().length;
  const newline = content.text.indexOf('\n', lead);
  return content.spanOf(lead, newline < 0 ? content.text.length : newline);
}
