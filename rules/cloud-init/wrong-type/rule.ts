import { type Finding, type Fix, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { offsetIn } from '../../../languages/cloud-init/edits.ts';
import { type SchemaIssue, schemaIssues } from '../../../languages/cloud-init/modules/check.ts';
import { isCommandPath } from '../../../languages/cloud-init/modules/command-paths.ts';
import { describe, exampleOf, pathText } from '../../../languages/cloud-init/modules/describe.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { CloudInitTree, YamlNode } from '../../../languages/cloud-init/tree.ts';

type WrongType = Extract<SchemaIssue, { kind: 'wrong-type' }>;

export default defineCloudInitRule({
  id: 'wrong-type',
  summary: 'A key has a value of the wrong type',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  aliases: ['cloud-init:schema'],
  *check(tree): Iterable<Finding> {
    for (const issue of schemaIssues(tree)) {
      if (issue.kind !== 'wrong-type') continue;
      const { node, path, wanted, key, tolerated } = issue;
      // `command-not-a-string` and `unquoted-permissions` say more about these.
      if (node.kind !== 'null' && node.kind !== 'seq' && isCommandPath(path)) continue;
      if (node.kind === 'null' && holdsPlace(tree, node)) continue;
      const name = path.at(-1);
      const example =
        typeof name === 'string'
          ? (noneOf(name, issue) ?? listOf(name, issue) ?? meant(name, issue) ?? exampleOf(name, key))
          : undefined;
      yield {
        message: `${quoted(pathText(path))} must be ${describe(wanted)}, not ${given(node)}`,
        help: isRunTogether(node)
          ? 'Put a space after the dash'
          : `Write ${example ?? (node.kind === 'seq' ? insteadOfList(wanted, node) : describe(wanted))}`,
        span: firstLine(node),
        fixes: [spaced(issue) ?? repaired(issue)],
        // It works, but cloud-init warns at each boot and reports a degraded state.
        ...(tolerated && { severity: 'warning' as const }),
        // No schema holds for the settings of an image, and the modules understand these.
        ...(tree.form === 'cloud.cfg' &&
          isUnderstood(node) && { severity: 'info' as const, preset: 'strict' as const }),
      };
    }
  },
});

/** `- #REPLACE_KEY`: a word for the value, which YAML reads as a comment until a script has replaced it. */
function holdsPlace({ source }: CloudInitTree, { span }: YamlNode): boolean {
  const at = offsetIn(source, span.start);
  return /^[ \t]{0,40}#(?=\S{0,60}[A-Z_<{])[^\s#]{4,80}[ \t]*(?:\r?\n|$)/.test(source.text.slice(at, at + 200));
}

/** A boolean that is written in another way: `overwrite: 'no'`. */
function meant(name: string, { node, wanted }: WrongType): string | undefined {
  const takesBool =
    wanted.kind === 'bool' || (wanted.kind === 'one of' && wanted.types.some(({ kind }) => kind === 'bool'));
  if (!takesBool || node.kind !== 'scalar') return undefined;
  const word = node.text.text.trim().toLowerCase();
  if (/^(?:0|false|no|off|n)$/.test(word)) return `\`${name}: false\``;
  return /^(?:1|true|yes|on|y)$/.test(word) ? `\`${name}: true\`` : undefined;
}

/** `none` as the value of a list: an empty list says it, where one is accepted. */
function noneOf(name: string, { key, node, wanted }: WrongType): string | undefined {
  const types = wanted.kind === 'one of' ? wanted.types : [wanted];
  const list = types.find(({ kind }) => kind === 'list');
  if (node.kind !== 'scalar' || list?.kind !== 'list' || !/^none$/i.test(node.text.text)) return undefined;
  const example = exampleOf(name, key)?.replace(`${name}: `, '');
  if (list.least > 0) return example === undefined ? undefined : `a list: ${example}`;
  return `\`[]\` for none${example === undefined ? '' : `, or a list: ${example}`}`;
}

/** `disable_root: 1`, and an empty value, which means the default. */
const isUnderstood = (node: WrongType['node']): boolean =>
  node.kind === 'null' || (node.kind === 'scalar' && /^[01]$/.test(node.text.text));

/** One string of the items, where it is short enough to be shown. */
function insteadOfList(wanted: WrongType['wanted'], node: Extract<YamlNode, { kind: 'seq' }>): string {
  if (wanted.kind !== 'text') return `${describe(wanted)} instead of a list`;
  const items = node.items.map(item => (item.kind === 'scalar' ? item.text.text : ''));
  const joined = items.join(', ');
  return items.length > 0 && items.every(item => /^[\w .-]{1,20}$/.test(item)) && joined.length <= 40
    ? `one string, such as \`'${joined}'\``
    : 'one string';
}

function given(node: YamlNode): string {
  switch (node.kind) {
    case 'map':
      return 'a mapping';
    case 'seq':
      return 'a list';
    case 'scalar':
      if (isRunTogether(node)) return 'a string';
      if (node.type === 'string') return node.style === 'plain' ? 'a string' : 'a quoted string';
      return node.type === 'bool' ? 'a boolean' : node.type === 'timestamp' ? 'a date' : 'a number';
    default:
      return 'empty';
  }
}

function firstLine(node: YamlNode) {
  const newline = node.written.text.indexOf('\n');
  return newline < 0 ? node.span : node.written.spanOf(0, newline);
}

/** `-uptime`, which was meant as an item of a list. */
function isRunTogether(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.style === 'plain' && /^-[^\s-]/.test(node.written.text);
}

/** A space after every dash at the start of a line. */
function spaced({ node, wanted }: WrongType): Fix | undefined {
  const { written } = node;
  const options = wanted.kind === 'one of' ? wanted.types : [wanted];
  if (!options.some(option => option.kind === 'list') || !isRunTogether(node)) return undefined;
  const dashes = [...written.text.matchAll(/(?:^|\n)[ ]*-(?=[^\s-])/g)];
  return fix(
    'suggested',
    'Put a space after the dash',
    ...dashes.map(dash => written.insert(dash.index + dash[0].length, ' ')),
  );
}

/** The written value as the only item of a list; a short word can be shown. */
function listOf(name: string, issue: WrongType): string | undefined {
  const { node } = issue;
  const isRepaired = repaired(issue)?.title === 'Put it in brackets';
  return isRepaired && node.kind === 'scalar' && /^[A-Za-z][\w.:-]{0,20}$/.test(node.text.text)
    ? `\`${name}: [${node.text.text}]\``
    : undefined;
}

/** The one value as a list of one, or without the quotes that keep it from being a boolean or a number. */
function repaired({ node, wanted, path }: WrongType): Fix | undefined {
  if (node.kind !== 'scalar' || node.written.text.includes('\n') || node.style === 'literal' || node.style === 'folded')
    return undefined;
  const options = wanted.kind === 'one of' ? wanted.types : [wanted];
  const text = node.text.text;
  const whole = node.written.text.length;
  const isList = options.some(
    option => option.kind === 'list' && option.items.kind !== 'map' && takesText(option.items),
  );
  if (isList && typeof path.at(-1) === 'string') {
    if (node.type !== 'string' || (node.style === 'plain' && /[,[\]{}]/.test(text)) || /[,\s]/.test(text))
      return undefined;
    return fix('suggested', 'Put it in brackets', node.written.insert(0, '['), node.written.insert(whole, ']'));
  }
  if (options.some(option => option.kind === 'bool') && /^(?:true|yes|on|1|false|no|off|0)$/i.test(text)) {
    const value = /^(?:true|yes|on|1)$/i.test(text) ? 'true' : 'false';
    return fix('suggested', `Write \`${value}\``, node.written.replace(0, whole, value));
  }
  if (options.some(option => option.kind === 'number') && /^(?:0|[1-9]\d{0,8})$/.test(text))
    return fix('suggested', `Write \`${text}\` without quotes`, node.written.replace(0, whole, text));
  return undefined;
}

function takesText(type: WrongType['wanted']): boolean {
  return type.kind === 'text' ? !type.values && !type.form : type.kind === 'one of' && type.types.some(takesText);
}
