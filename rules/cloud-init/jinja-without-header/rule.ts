import { type Finding, fix } from '../../../core/finding.ts';
import { withoutTemplateEnding } from '../../../languages/cloud-init/detect.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

/** Variables that only cloud-init fills in (https://docs.cloud-init.io/en/latest/explanation/instancedata.html). */
const INSTANCE_DATA =
  /\{\{-?\s{0,9}(?:v1\.[a-z_]+|ds\.(?:meta_data|_doc|ec2_metadata|vendor_data)[\w.[\]'"-]{0,200})[^{}\n]{0,80}\}\}/g;

export default defineCloudInitRule({
  id: 'jinja-without-header',
  summary: 'Instance data is filled in only below `## template: jinja`',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    const { form, header, source, path } = tree;
    if (!['cloud-config', 'script', 'boothook'].includes(form) || !header) return;
    if (/^\s*##\s*template\s*:\s*jinja/i.test(source.text)) return;
    // Of another engine's template nobody knows what it looks like in the end.
    if (path === undefined || withoutTemplateEnding(path) !== path.toLowerCase()) return;
    const found = [...source.text.matchAll(INSTANCE_DATA)].find(
      ({ index }) => !isComment(source.text, index) && !isQuery(source.text, index),
    );
    if (!found) return;
    yield {
      message: `\`${found[0]}\` is filled in only when the first line is \`## template: jinja\`; without it the text stays as it is.`,
      span: source.spanOf(found.index, found.index + found[0].length),
      fixes: [fix('suggested', 'Insert `## template: jinja`', source.insert(0, '## template: jinja\n'))],
    };
  },
});

function isComment(text: string, at: number): boolean {
  return /^\s*#/.test(lineUpTo(text, at));
}

/** `cloud-init query --format` fills its argument in by itself. https://docs.cloud-init.io/en/latest/reference/cli.html#query */
function isQuery(text: string, at: number): boolean {
  return /\b(?:query|render)\b/.test(lineUpTo(text, at));
}

function lineUpTo(text: string, at: number): string {
  return text.slice(text.lastIndexOf('\n', at) + 1, at);
}
