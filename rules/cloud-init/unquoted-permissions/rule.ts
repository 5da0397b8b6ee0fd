import { type Finding, type Fix, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { isConfig } from '../../../languages/cloud-init/forms.ts';
import { asScalar, get, itemsOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';
import type { YamlScalar } from '../../../languages/cloud-init/tree.ts';

export default defineCloudInitRule({
  id: 'unquoted-permissions',
  summary: '`permissions` in `write_files` are not quoted',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { keys: ['permissions'] },
  since: '2026.11',
  aliases: ['cloud-init:schema'],
  *check(tree): Iterable<Finding> {
    if (!isConfig(tree)) return;
    for (const file of itemsOf(get(tree.root, 'write_files'))) {
      const node = asScalar(get(file, 'permissions'));
      if (!node || typeof node.value !== 'number' || node.style !== 'plain') continue;
      const mode = meantMode(node, node.value);
      const isWrong = mode === undefined || isOctal(node.text.text);
      const change = mode ? inQuotes(node, mode) : undefined;
      yield {
        message: messageFor(node, node.value),
        ...(!change && {
          help: mode ? `Write a string: \`${mode}\`` : "Write octal digits in quotes, such as `'0644'`",
        }),
        span: node.span,
        // Those that keep the mode that was meant are one habit.
        ...(isWrong ? { severity: 'error' } : { causes: ['unquoted modes'] }),
        // cloud-init sets the mode that was meant.
        ...(/^0[0-7]+$/.test(node.text.text) && { severity: 'info' as const }),
        fixes: [change],
      };
    }
  },
});

function messageFor(node: YamlScalar, value: number): string {
  const { text } = node.text;
  if (/^0[0-7]+$/.test(text)) return `\`permissions: ${text}\` is a number, not a string`;
  const isMode = value >= 0 && value <= 0o7777;
  const meaning = isMode ? `sets mode ${value.toString(8).padStart(4, '0')}` : 'is not a valid mode';
  return `Unquoted ${quoted(text)} is decimal and ${meaning}`;
}

/**
 * The mode in octal digits and quotes. A number with a leading zero is the mode that was meant, and a decimal number was
 * converted from it: both keep their mode. `644` gets the mode that was certainly meant, which is not the one it has.
 */
function meantMode({ text }: YamlScalar, value: number): string | undefined {
  const digits = text.text;
  if (!/^[0-9]{3,5}$/.test(digits) || value > 0o7777) return undefined;
  return `'${(isOctal(digits) ? digits : value.toString(8)).padStart(4, '0')}'`;
}

/** Octal digits without the zero that makes them octal in YAML: `644`. */
function isOctal(digits: string): boolean {
  return /^[1-7][0-7]{2,3}$/.test(digits);
}

function inQuotes({ text, written }: YamlScalar, mode: string): Fix | undefined {
  const safety = isOctal(text.text) ? 'suggested' : 'safe';
  return fix(safety, `Write \`${mode}\``, written.replace(0, written.text.length, mode));
}
