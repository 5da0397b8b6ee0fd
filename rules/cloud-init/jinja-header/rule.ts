import { type Finding, fix } from '../../../core/finding.ts';
import { withoutTemplateEnding } from '../../../languages/cloud-init/detect.ts';
import { type JinjaMarker, jinjaMarker } from '../../../languages/cloud-init/header.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { CloudInitForm, CloudInitTree } from '../../../languages/cloud-init/tree.ts';

/** What cloud-init reads after it has rendered it (`cloudinit/stages.py`). */
const RENDERED: Partial<Record<CloudInitForm, boolean>> = { 'jinja cloud-config': true, script: true, boothook: true };
const NAMES: Partial<Record<CloudInitForm, string>> = {
  archive: '#cloud-config-archive',
  include: '#include',
  'part-handler': '#part-handler',
};

export default defineCloudInitRule({
  id: 'jinja-header',
  summary: 'The Jinja header is in the wrong place or form',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    if (
      tree.form === 'cloud.cfg' ||
      tree.form === 'network-config' ||
      tree.form === 'autoinstall' ||
      tree.form === 'other-dialect'
    )
      return;
    const { source, path, within } = tree;
    // Another engine's first lines are not the ones that cloud-init gets.
    if (path !== undefined && withoutTemplateEnding(path) !== path.toLowerCase()) return;
    const marker = jinjaMarker(source.text);
    if (!marker) return;
    if (marker.fault) yield* misplaced(tree, marker);
    else if (NAMES[tree.form]) yield unsupported(tree, marker);
    else if (within === 'mime' && tree.type === 'text/cloud-config') yield* typed(tree, marker);
  },
});

/** A marker that cloud-init does not see. What has no tags works without it. */
function* misplaced(tree: CloudInitTree, { fault, start, end, next }: JinjaMarker): Iterable<Finding> {
  const { source, header, form } = tree;
  const { text } = source;
  const isLost = RENDERED[form] === true && source.spanOf(start, end).start < (header?.start ?? 0);
  if (!isLost && !hasTags(text, next)) return;
  const what = tree.within === undefined ? 'file' : 'part';
  if (fault === 'spelling') {
    yield {
      message: `Malformed Jinja marker: cloud-init ignores this ${what}`,
      help: 'Write `## template: jinja`, with nothing else on the line',
      span: source.spanOf(start, end),
      fixes: [fix('suggested', 'Write `## template: jinja`', source.replace(start, end, '## template: jinja'))],
    };
    return;
  }
  const lineStart = text.lastIndexOf('\n', start) + 1;
  const isBlankAbove = text.slice(0, start).trim() === '';
  yield {
    message: isLost
      ? `\`## template: jinja\` is not the first line: cloud-init ignores this ${what}`
      : '`## template: jinja` is not the first line: nothing is rendered',
    help: isBlankAbove ? 'Remove the lines above it' : 'Move it to the first line',
    span: source.spanOf(start, end),
    fixes: [
      isBlankAbove
        ? fix('suggested', 'Remove the lines above it', source.replace(0, start, ''))
        : text.startsWith('\uFEFF')
          ? undefined
          : fix(
              'suggested',
              'Move it to the first line',
              source.insert(0, '## template: jinja\n'),
              source.replace(lineStart, next, ''),
            ),
    ],
  };
}

function unsupported({ source, form }: CloudInitTree, { start, end }: JinjaMarker): Finding {
  return {
    message: `\`${NAMES[form]}\` cannot be a Jinja template: cloud-init ignores it`,
    help: 'Use `#cloud-config` or `#!` in templates; parts can be templates of their own',
    span: source.spanOf(start, end),
  };
}

/** The type of a part decides before its first line does. https://docs.cloud-init.io/en/latest/explanation/format/jinja.html */
function* typed({ source }: CloudInitTree, { start, end, next }: JinjaMarker): Iterable<Finding> {
  if (!hasTags(source.text, next)) return;
  yield {
    message: 'Part of type `text/cloud-config` is not rendered with Jinja',
    help: 'Change the type of the part to `text/jinja2`',
    span: source.spanOf(start, end),
  };
}

function hasTags(text: string, from: number): boolean {
  return /\{[{%]/.test(text.slice(from));
}
