import { type Finding, type Fix, fix } from '../../../core/finding.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { asScalar, get, itemsOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { YamlScalar } from '../../../languages/cloud-init/tree.ts';

export default defineCloudInitRule({
  id: 'unquoted-permissions',
  summary: 'Permissions without quotes are a number to YAML',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  aliases: ['cloud-init:schema'],
  *check(tree): Iterable<Finding> {
    if (!isConfig(tree)) return;
    for (const file of itemsOf(get(tree.root, 'write_files'))) {
      const node = asScalar(get(file, 'permissions'));
      if (!node || typeof node.value !== 'number' || node.style !== 'plain') continue;
      yield { message: messageFor(node, node.value), span: node.span, fixes: [quoted(node, node.value)] };
    }
  },
});

function messageFor(node: YamlScalar, value: number): string {
  const text = node.text.text;
  if (/^0[0-7]+$/.test(text))
    return `Without quotes \`${text}\` is the number ${value} to YAML, which cloud-init's schema refuses: \`permissions\` takes text.`;
  const mode = value > 0o7777 || value < 0 ? 'no mode at all' : `the mode ${value.toString(8).padStart(4, '0')}`;
  return `Without quotes \`${text}\` is a decimal number to YAML, and the file gets ${mode}: \`permissions\` takes octal digits in quotes.`;
}

/**
 * With its zero the number is the mode that was meant, and one that is no octal number was converted by somebody: the
 * mode stays. `644` gets the mode that was surely meant, another one than it has.
 */
function quoted({ text, written }: YamlScalar, value: number): Fix | undefined {
  const digits = text.text;
  if (!/^[0-9]{3,5}$/.test(digits) || value > 0o7777) return undefined;
  const meantOctal = /^[1-7][0-7]{2,3}$/.test(digits);
  const mode = `'${(meantOctal ? digits : value.toString(8)).padStart(4, '0')}'`;
  return fix(meantOctal ? 'suggested' : 'safe', `Write \`${mode}\``, written.replace(0, written.text.length, mode));
}
