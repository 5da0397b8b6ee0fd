import { definePackerRule } from '../../../languages/packer/rule.ts';
import { knownBlocks } from '../../../languages/packer/schema.ts';
import type { Evaluated, PackerBlock } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'environment-not-passed',
  summary: '`execute_command` drops the environment variables of a step',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { attributes: ['environment_vars', 'env'] },
  since: '2026.11',
  hclOnly: true,
  *check(tree) {
    for (const { block, schema } of knownBlocks(tree)) {
      const { used } = schema;
      if (!used?.builtIn || schema.nested || !SHELLS.test(used.label)) continue;
      const given = ['environment_vars', 'env']
        .map(name => block.attribute(name))
        .find(one => one && isGiven(one.value));
      const command = commandOf(block);
      if (!given || !command?.text.includes('{{') || PASSES.test(command.text)) continue;
      yield {
        message: `\`${command.name}\` does not pass \`${given.name}\` on`,
        help: 'Add `{{ .Vars }}` before the program that reads them',
        span: command.value.span,
        related: [{ message: `\`${given.name}\` is set here`, span: given.nameSpan }],
      };
    }
  },
});

const SHELLS = /^(?:shell|shell-local|powershell|windows-shell)$/;
const PASSES = /\{\{[^{}]{0,80}\.(?:Vars|EnvVarFile)\b/;

function isGiven({ complete, entries, items, kind }: Evaluated): boolean {
  return kind !== 'null' && (!complete || items.length + entries.length > 0);
}

/** The command that runs the script, where it is set and certain. */
function commandOf(block: PackerBlock): { name: string; value: Evaluated; text: string } | undefined {
  const name = block.attribute('elevated_user') ? 'elevated_execute_command' : 'execute_command';
  const value = block.attribute(name)?.value;
  if (!value || value.kind === 'null') return undefined;
  const parts = value.kind === 'list' ? value.items : [value];
  if (value.kind === 'list' && !value.complete) return undefined;
  const texts = parts.map(({ raw }) => raw);
  if (texts.some(text => text === undefined)) return undefined;
  return { name, value, text: texts.join(' ').slice(0, 10_000) };
}
