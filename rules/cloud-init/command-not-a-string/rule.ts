import { type Finding, type Fix, fix } from '../../../core/finding.ts';
import { overlaps, UNRESOLVED } from '../../../core/text.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { commandItems } from '../../../languages/cloud-init/modules/command-paths.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { YamlNode } from '../../../languages/cloud-init/tree.ts';

export default defineCloudInitRule({
  id: 'command-not-a-string',
  summary: 'YAML reads a command as a mapping, a number or a boolean',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { keys: ['bootcmd', 'runcmd', 'commands', 'early-commands', 'late-commands', 'error-commands'] },
  since: '2026.11',
  aliases: ['cloud-init:schema'],
  *check(tree): Iterable<Finding> {
    if (!isConfig(tree)) return;
    for (const { node, list } of commandItems(tree)) {
      const what = misread(node);
      // A syntax error here is reported instead.
      if (!what || tree.problems.some(problem => overlaps(problem.span, node.span))) continue;
      const newline = node.written.text.indexOf('\n');
      const block = node.kind === 'map' && (newline >= 0 || node.flow);
      yield {
        message: `Command in \`${list}\` is read as ${what}`,
        help: block ? 'Write the command as a string or a list of strings' : 'Put the command in single quotes',
        span: newline < 0 ? node.span : node.written.spanOf(0, newline),
        fixes: [singleQuoted(node)],
      };
    }
  },
});

function misread(node: YamlNode): string | undefined {
  if (node.kind === 'map')
    return node.entries.length === 1 && !node.flow ? 'a mapping because of its `: `' : 'a mapping';
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

/** The command in single quotes, in which only the quote itself is special. */
function singleQuoted(node: YamlNode): Fix | undefined {
  const { written } = node;
  const { text } = written;
  if (text.includes('\n') || text.includes(UNRESOLVED) || (node.kind === 'map' && node.flow)) return undefined;
  const doubled = [...text.matchAll(/'/g)].map(quote => written.insert(quote.index, "'"));
  return fix(
    'safe',
    'Put the command in single quotes',
    written.insert(0, "'"),
    ...doubled,
    written.insert(text.length, "'"),
  );
}
