import { type Finding, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Span } from '../../../core/text.ts';
import { removeAttribute } from '../../../languages/packer/edits.ts';
import { isOwn } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { badSettings } from '../../../languages/packer/settings.ts';
import { settingNeeds } from '../../../languages/packer/sources/needs.ts';
import type { Evaluated, PackerBlock, PackerTree } from '../../../languages/packer/tree.ts';

/** What components call it that are not in the table of source types, with the value that turns verification off. */
const NAMES: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['add_insecure', true],
  ['insecure', true],
  ['insecure_connection', true],
  ['insecure_skip_tls_verify', true],
  ['insecure_skip_verify', true],
  ['nutanix_insecure', true],
  ['skip_tls_verify', true],
  ['ssl_no_verify', true],
  ['ssl_verify_mode', 'verify_none'],
  ['tls_insecure', true],
]);
const { attributes = [], blocks = [] } = settingNeeds('tls');

export default definePackerRule({
  id: 'tls-verification-off-builder',
  summary: "A component turns off TLS verification for a server's API",
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  needs: { attributes: [...new Set([...attributes, ...NAMES.keys()])], blocks },
  since: '2026.11',
  *check(tree) {
    for (const { block, certain, setting, span, value } of badSettings(tree, 'tls', true))
      yield certain ? finding(block, setting.attribute, span) : byDefault(setting.attribute, span, value);
    for (const block of otherBlocks(tree))
      for (const { name, value, span } of block.attributes)
        if (NAMES.has(name) && String(value.literal) === String(NAMES.get(name))) yield finding(block, name, span);
  },
});

/** The caller may still turn it on. */
function byDefault(name: string, span: Span, { references }: Evaluated): Finding {
  const [reference] = references;
  const variable = reference?.root === 'var' && references.length === 1 ? reference.path[0] : undefined;
  return {
    message:
      variable === undefined
        ? `\`${name}\` turns off certificate verification by default`
        : `Default of variable ${quoted(variable, 30)} turns off certificate verification`,
    help: 'Make verification the default',
    span,
    severity: 'info',
    preset: 'strict',
  };
}

function finding(block: PackerBlock, name: string, span: Span): Finding {
  const attribute = block.attribute(name);
  const edits = attribute && removeAttribute(block, attribute);
  return {
    message: `\`${name}\` turns off certificate verification`,
    help: "Remove it, and trust the server's CA on the machine that runs Packer",
    span,
    fixes: [edits && fix('suggested', `Remove \`${name}\``, ...edits)],
  };
}

/** Sources whose type is not in the table, provisioners and post-processors of the document. */
function otherBlocks(tree: PackerTree): readonly PackerBlock[] {
  const { builds, sources } = tree.module;
  const unknown = sources.filter(({ facts }) => !facts).map(({ block }) => block);
  const components = builds.flatMap(({ postProcessors, provisioners }) => [...provisioners, ...postProcessors.flat()]);
  return [...unknown, ...components.map(({ block }) => block)].filter(block => isOwn(tree, block));
}
