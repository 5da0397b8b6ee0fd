import { type Finding, type Fix, fix } from '../../../core/finding.ts';
import { HOLE, overlaps } from '../../../core/text.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { commandItems } from '../../../languages/cloud-init/modules/command-paths.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { YamlNode } from '../../../languages/cloud-init/tree.ts';

export default defineCloudInitRule({
  id: 'command-not-a-string',
  summary: 'YAML reads a command as a mapping, a number or a boolean',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  aliases: ['cloud-init:schema'],
  *check(tree): Iterable<Finding> {
    if (!isConfig(tree)) return;
    for (const { node, list } of commandItems(tree)) {
      const what = misread(node);
      // Where the text is no YAML, that is the matter.
      if (!what || tree.problems.some(problem => overlaps(problem.span, node.span))) continue;
      const newline = node.written.text.indexOf('\n');
      const block = node.kind === 'map' && (newline >= 0 || node.flow);
      yield {
        message: `YAML reads this command as ${what}, so none of \`${list}\` is run: ${block ? 'a command is text or a list of words' : 'put quotes around it'}.`,
        span: newline < 0 ? node.span : node.written.spanOf(0, newline),
        fixes: [quoted(node)],
      };
    }
  },
});

function misread(node: YamlNode): string | undefined {
  if (node.kind === 'map')
    return node.entries.length === 1 && !node.flow ? 'a mapping because of the `: ` in it' : 'a mapping';
  if (node.kind !== 'scalar' || node.style !== 'plain') return undefined;
  switch (node.type) {
    case 'bool':
      return 'a boolean';
    case 'int':
    case 'float':
      return 'a number';
    case 'timestamp':
      return 'a date';
    default:
      return undefined;
  }
}

/** Single quotes around what is written, in which nothing but the quote itself has a meaning. */
function quoted(node: YamlNode): Fix | undefined {
  const { written } = node;
  const { text } = written;
  if (text.includes('\n') || text.includes(HOLE) || (node.kind === 'map' && node.flow)) return undefined;
  const doubled = [...text.matchAll(/'/g)].map(quote => written.insert(quote.index, "'"));
  return fix(
    'safe',
    'Put single quotes around the command',
    written.insert(0, "'"),
    ...doubled,
    written.insert(text.length, "'"),
  );
}
