import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Span } from '../../../core/text.ts';
import { UNRESOLVED } from '../../../core/text.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { CloudInitPart } from '../../../languages/cloud-init/tree.ts';

/** Types for which the first line of the content decides. */
const BY_FIRST_LINE = new Set(['text/plain', 'text/x-not-multipart']);
/** Types that have a handler (https://docs.cloud-init.io/en/latest/explanation/format/mime.html). */
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
  // Amazon's node agent reads these parts of the same message. https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
  'application/node.eks.aws',
  'application/gzip',
  'application/gzip-compressed',
  'application/gzipped',
  'application/x-compress',
  'application/x-compressed',
  'application/x-gunzip',
  'application/x-gzip',
  'application/x-gzip-compressed',
]);

/** What a template or a script puts in. */
const TEMPLATED = /^(?:\$\{|%\{|\{\{|\{%|@@|<%|\[\[|\$[A-Za-z_]|%s)/;
/** First lines by which cloud-init tells what a part is, and those of cloudbase-init. */
const FIRST_LINES =
  /^(?:#cloud-config|#!|#include|#cloud-boothook|#part-handler|#upstart-job|## template: ?jinja|rem cmd|#ps1|<powershell|<script|Content-Type: ?multipart)/i;

export default defineCloudInitRule({
  id: 'mislabeled-part',
  summary: 'A user-data part has an unknown or wrong type',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    // A part handler may define types of its own.
    const handlers = tree.parts.some(part => part.type === 'text/part-handler' || part.tree?.form === 'part-handler');
    for (const part of tree.parts) {
      const problem = problemOf(part, handlers, tree.form === 'mime');
      if (problem) yield { span: placeOf(part), ...problem };
    }
  },
});

function problemOf(
  { type, typeSpan, content }: CloudInitPart,
  handlers: boolean,
  inMessage: boolean,
): (Omit<Finding, 'span'> & Partial<Pick<Finding, 'span'>>) | undefined {
  if (type !== undefined && !KNOWN.has(type)) {
    if (handlers || type.startsWith('multipart/') || type.startsWith('message/')) return undefined;
    return {
      message: `Unknown part type ${quoted(type)}: cloud-init ignores it`,
      help: 'Use a type such as `text/cloud-config` or `text/x-shellscript`',
      ...(typeSpan && { span: typeSpan }),
    };
  }
  const text = content?.text.trimStart().slice(0, 200) ?? '';
  if (text === '' || text.startsWith(UNRESOLVED) || TEMPLATED.test(text)) return undefined;
  // What such a part is, cloud-init tells by its first line alone (`TYPE_NEEDED` in `cloudinit/user_data.py`).
  if (inMessage && (type === undefined || BY_FIRST_LINE.has(type)))
    return FIRST_LINES.test(text)
      ? undefined
      : {
          message: `Part ${type === undefined ? 'without a type' : `of type ${quoted(type)}`} has no header: cloud-init ignores it`,
          help: 'Set a type such as `text/cloud-config`, or start the part with `#cloud-config`',
        };
  const script = type?.startsWith('text/x-shellscript') ?? false;
  // Since 20.2, cloud-init looks at the content of such a part of a message (`_process_msg` in `cloudinit/user_data.py`).
  const isDetected = inMessage && type === 'text/x-shellscript';
  if (script && /^#cloud-config/i.test(text))
    return {
      message: `Part of type ${quoted(type!)} contains cloud-config`,
      help: isDetected
        ? 'Change the type to `text/cloud-config`: older versions run the part as a script'
        : 'Change the type to `text/cloud-config`',
      ...(isDetected && { severity: 'info' as const }),
    };
  if (isDetected && /^(?:#include|#part-handler|#cloud-boothook|## template: jinja)/i.test(text)) return undefined;
  if (script && !text.startsWith('#!'))
    return { message: 'Script part does not start with `#!`', help: 'Start it with a line such as `#!/bin/sh`' };
  if (type === 'text/cloud-config' && text.startsWith('#!'))
    return {
      message: 'Part of type `text/cloud-config` contains a script',
      help: 'Change the type to `text/x-shellscript`',
    };
  return undefined;
}

/** The first line of the content, or of the part. */
function placeOf({ content, span }: CloudInitPart): Span {
  if (!content) return span;
  const lead = content.text.length - content.text.trimStart().length;
  const newline = content.text.indexOf('\n', lead);
  return content.spanOf(lead, newline < 0 ? content.text.length : newline);
}
