import { type Finding, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { withoutTemplateEnding } from '../../../languages/cloud-init/detect.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

/** Variables that only cloud-init fills in (https://docs.cloud-init.io/en/latest/explanation/instancedata.html). */
const INSTANCE_DATA =
  /\{\{-?\s{0,9}(?:v1\.[a-z_]+|ds\.(?:meta_data|_doc|ec2_metadata|vendor_data)[\w.[\]'"-]{0,200})[^{}\n]{0,80}\}\}/g;

export default defineCloudInitRule({
  id: 'jinja-without-header',
  summary: 'A Jinja variable is used without a `## template: jinja` header',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    const { form, header, source, path } = tree;
    if (!['cloud-config', 'unknown header', 'script', 'boothook'].includes(form) || !header) return;
    if (/^\s*##\s*template\s*:\s*jinja/i.test(source.text)) return;
    // What another template engine renders is unknown.
    if (path === undefined || withoutTemplateEnding(path) !== path.toLowerCase()) return;
    const found = [...source.text.matchAll(INSTANCE_DATA)].find(
      ({ index }) => !isComment(source.text, index) && !isQuery(source.text, index),
    );
    if (!found) return;
    yield {
      message: `${quoted(found[0])} is not rendered without a Jinja header`,
      help: 'Make `## template: jinja` the first line',
      span: source.spanOf(found.index, found.index + found[0].length),
      // A byte order mark would stay in front of it.
      fixes: source.text.startsWith('\uFEFF')
        ? []
        : [fix('suggested', 'Insert `## template: jinja`', source.insert(0, '## template: jinja\n'))],
    };
  },
});

function isComment(text: string, at: number): boolean {
  return /^\s*#/.test(lineUpTo(text, at));
}

/** `cloud-init query --format` renders its argument. https://docs.cloud-init.io/en/latest/reference/cli.html#query */
function isQuery(text: string, at: number): boolean {
  return /\b(?:query|render)\b/.test(lineUpTo(text, at));
}

function lineUpTo(text: string, at: number): string {
  return text.slice(text.lastIndexOf('\n', at) + 1, at);
}
