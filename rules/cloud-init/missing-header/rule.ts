import { type Finding, fix } from '../../../core/finding.ts';
import { isUsualName } from '../../../languages/cloud-init/detect.ts';
import { isMisspelledList } from '../../../languages/cloud-init/dialects.ts';
import { offsetIn } from '../../../languages/cloud-init/edits.ts';
import { jinjaMarker } from '../../../languages/cloud-init/header.ts';
import { userData } from '../../../languages/cloud-init/modules/keys.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { CloudInitTree } from '../../../languages/cloud-init/tree.ts';

/** Keys that many programs use; on their own they do not mean that a file is user-data. */
const COMMON = new Set([
  'version',
  'user',
  'users',
  'groups',
  'hostname',
  'packages',
  'password',
  'network',
  'locale',
  'timezone',
  'output',
  'ssh',
  'swap',
  'mounts',
  'updates',
  'reporting',
  'ansible',
  'chef',
  'puppet',
  'apt',
  'ntp',
]);

export default defineCloudInitRule({
  id: 'missing-header',
  summary: 'The first line of user-data is not `#cloud-config`',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  aliases: ['cloud-init:schema'],
  *check(tree): Iterable<Finding> {
    // ytt drops comments, so that a header can only be added to its output.
    if (tree.joined || isForMultipass(tree) || tree.templated.includes('ytt')) return;
    if (tree.form === 'script' && !tree.header && tree.within === undefined) {
      yield noScript(tree);
      return;
    }
    if (tree.form === 'unknown header' && tree.header) yield misplaced(tree);
    else if (tree.form === 'mime' && tree.within === undefined) yield* unversioned(tree);
    else if (tree.form === 'cloud-config' && !tree.header && tree.path !== undefined && looksLikeUserData(tree))
      yield missing(tree);
  },
});

/** Multipass reads the file as YAML and gives the instance one with a header of its own: https://canonical.com/multipass/docs/launch-command */
function isForMultipass({ path = '', root }: CloudInitTree): boolean {
  return root !== undefined && /multipass/i.test(path);
}

/** Whether the keys are cloud-init's. A file that starts with a template expression may get its header from it. */
function looksLikeUserData({ path, root, source, templated }: CloudInitTree): boolean {
  if (templated.length > 0 && /^\s*(?:\$\{|%\{|\{\{|\{%)/.test(source.text)) return false;
  const entries = root?.entries ?? [];
  const known = entries.filter(({ name }) => name !== undefined && Object.hasOwn(userData().keys, name));
  if (known.some(({ name }) => !COMMON.has(name!))) return true;
  // The usual name and everyday keys say it together. A program may put the header in front of a template.
  if (isUsualName(path!) && templated.length === 0) {
    const meant = known.length + entries.filter(({ name, value }) => isMisspelledList(name, value.kind)).length;
    return meant > 0 && meant * 2 >= entries.length;
  }
  return known.length >= 2 && known.length === entries.length;
}

function missing({ source, root }: CloudInitTree): Finding {
  return {
    message: 'No `#cloud-config` header: cloud-init ignores this file',
    help: 'Make `#cloud-config` the first line',
    span: root!.entries[0]?.key.span ?? root!.span,
    fixes: [fix('suggested', 'Insert `#cloud-config`', source.insert(0, '#cloud-config\n'))],
  };
}

/** cloud-init takes a message for one by this header alone (`convert_string` in `cloudinit/user_data.py`). */
function* unversioned({ source, header }: CloudInitTree): Iterable<Finding> {
  if (!header || /mime-version:/i.test(source.text.slice(0, 4096))) return;
  const start = offsetIn(source, header.start);
  yield {
    message: 'No `MIME-Version` header: cloud-init ignores this message',
    help: 'Add the line `MIME-Version: 1.0`',
    span: header,
    fixes: [fix('suggested', 'Add `MIME-Version: 1.0`', source.insert(start, 'MIME-Version: 1.0\n'))],
  };
}

/** Commands under the name of user-data. https://docs.cloud-init.io/en/latest/explanation/format/user-data-script.html */
function noScript({ source }: CloudInitTree): Finding {
  const start = source.text.search(/^[^\s#]/m);
  const end = source.text.indexOf('\n', start);
  return {
    message: 'Neither `#!` nor `#cloud-config`: cloud-init ignores this file',
    help: 'Make `#!/bin/sh` the first line',
    span: source.spanOf(start, end < 0 ? source.text.length : end),
    // A byte order mark would stay in front of it.
    fixes: source.text.startsWith('\uFEFF')
      ? []
      : [fix('suggested', 'Insert `#!/bin/sh`', source.insert(0, '#!/bin/sh\n'))],
  };
}

function misplaced({ source, header }: CloudInitTree): Finding {
  const span = header!;
  const { text } = source;
  const bom = text.startsWith('\uFEFF');
  const from = bom ? 1 : 0;
  // Nothing may be between the marker of a template and its header but blank lines.
  const marker = jinjaMarker(text);
  const top = marker && source.spanOf(marker.end, marker.end).start < span.start ? marker.next : from;
  const lead = text.length - text.slice(top).trimStart().length;
  const newline = text.indexOf('\n', lead);
  const end = newline < 0 ? text.length : newline;
  const first = text.slice(lead, end).trimEnd();
  const ownLine = source.spanOf(lead, lead).start === span.start;
  const right = /^#cloud-config\s*$/i.test(first);
  if (bom && right)
    return {
      message: 'Byte order mark before `#cloud-config`: cloud-init ignores this file',
      help: 'Save the file without a byte order mark',
      span,
      fixes: [fix('suggested', 'Remove the byte order mark', source.replace(0, 1, ''))],
    };
  if (!ownLine) {
    const at = offsetIn(source, span.start);
    const next = text.indexOf('\n', at);
    return {
      message: `\`#cloud-config\` is not the ${top > from ? 'second' : 'first'} line: cloud-init ignores this file`,
      help: `Move it to the ${top > from ? 'second' : 'first'} line`,
      span,
      fixes: [
        fix(
          'suggested',
          `Make \`#cloud-config\` the ${top > from ? 'second' : 'first'} line`,
          source.insert(lead, '#cloud-config\n'),
          source.replace(at, next < 0 ? text.length : next + 1, ''),
        ),
      ],
    };
  }
  return {
    message: 'Malformed `#cloud-config` header: cloud-init ignores this file',
    help: 'Write `#cloud-config`, without spaces',
    span,
    fixes: [fix('suggested', 'Write `#cloud-config`', source.replace(lead, lead + first.length, '#cloud-config'))],
  };
}
