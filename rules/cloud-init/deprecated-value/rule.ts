import { type Finding, type Fix, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { type SchemaIssue, schemaIssues } from '../../../languages/cloud-init/modules/check.ts';
import { pathText } from '../../../languages/cloud-init/modules/describe.ts';
import { isOlder } from '../../../languages/cloud-init/modules/versions.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

type DeprecatedValue = Extract<SchemaIssue, { kind: 'deprecated-value' }>;

export default defineCloudInitRule({
  id: 'deprecated-value',
  summary: 'A value has a deprecated type or keyword',
  policies: [],
  category: 'correctness',
  severity: 'info',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  aliases: ['cloud-init:schema'],
  *check(tree, { project }): Iterable<Finding> {
    for (const issue of schemaIssues(tree)) {
      if (issue.kind !== 'deprecated-value' || isOlder(project.cloudInitVersion, issue.since)) continue;
      const { node, path, since } = issue;
      const newline = node.written.text.indexOf('\n');
      yield {
        message: `${formOf(issue)} for ${quoted(pathText(path))} is deprecated since cloud-init ${since}`,
        help: helpFor(issue),
        span: newline < 0 ? node.span : node.written.spanOf(0, newline),
        fixes: [modern(issue)],
      };
    }
  },
});

function helpFor(issue: DeprecatedValue): string {
  const value = modern(issue)?.title;
  if (issue.path.at(-1) === 'delay' && value !== undefined) return `${value} (minutes)`;
  if (issue.path.at(-1) === 'sudo' && value !== undefined) return `${value}, or remove the key`;
  return `Write ${issue.instead}`;
}

/** Keys with words of which some are deprecated. */
const WITH_WORDS: ReadonlySet<unknown> = new Set(['manage_etc_hosts', 'apt_pipelining']);

/** The type of a value, at the start of a message; of some keys it is the word. */
function formOf({ node, path }: DeprecatedValue): string {
  if (node.kind === 'scalar' && WITH_WORDS.has(path.at(-1)) && /^[a-z]{1,20}$/i.test(node.text.text))
    return quoted(node.text.text);
  if (node.kind === 'map') return 'Mapping value';
  if (node.kind === 'seq') return 'List value';
  if (node.kind === 'null') return 'Empty value';
  return `${node.type === 'bool' ? 'Boolean' : node.type === 'int' || node.type === 'float' ? 'Number' : 'String'} value`;
}

/** The same value in the current form, where that is certain. */
function modern({ node, path }: DeprecatedValue): Fix | undefined {
  if (node.kind !== 'scalar' || node.written.text.includes('\n')) return undefined;
  const value = newForm(String(path.at(-1)), node.text.text, node.type);
  return value === undefined
    ? undefined
    : fix('safe', `Write \`${value}\``, node.written.replace(0, node.written.text.length, value));
}

function newForm(key: string, text: string, type: string): string | undefined {
  switch (key) {
    case 'uid':
      return /^(?:0|[1-9]\d{0,9})$/.test(text) ? text : undefined;
    case 'delay':
      return /^\+?(?:0|[1-9]\d{0,5})$/.test(text) ? text.replace('+', '') : undefined;
    case 'org':
      return type === 'int' ? `'${text}'` : undefined;
    case 'apt_pipelining':
      return 'os';
    case 'mode':
      return "'off'";
    case 'manage_etc_hosts':
      return 'true';
    case 'sudo':
      return /^(?:false|no|off)$/i.test(text) ? 'null' : undefined;
    default:
      // `ssh_pwauth`, `enabled` and the like, where any other string changes nothing.
      return /^(?:true|yes|on|1)$/i.test(text) ? 'true' : /^(?:false|no|off|0)$/i.test(text) ? 'false' : undefined;
  }
}
