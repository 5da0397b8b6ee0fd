import { fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { isPlainName } from '../../../languages/packer/shown-name.ts';
import { type InvalidType, isType, TYPE_NAMES, typeOf } from '../../../languages/packer/types.ts';

export default definePackerRule({
  id: 'invalid-variable-type',
  summary: 'The `type` of a variable is invalid',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { attributes: ['type'] },
  since: '2026.11',
  *check({ file, source }) {
    for (const block of file.kind === 'template' ? file.top.blocks('variable') : []) {
      const attribute = block.attribute('type');
      const type = attribute && typeOf(attribute.value.expression);
      if (!type || isType(type)) continue;
      const { end, start } = type.node;
      const better = betterThan(type);
      yield {
        message: describe(type),
        help: better === undefined ? helpFor(type) : `Write \`${better}\``,
        span: source.spanOf(start, end),
        fixes: [
          better === undefined
            ? undefined
            : fix('suggested', `Change it to \`${better}\``, source.replace(start, end, better)),
        ],
      };
    }
  },
});

function describe({ name, reason }: InvalidType): string {
  if (reason === 'quoted') return 'Variable type is quoted';
  if (reason === 'element-missing') return `\`${name}\` has no element type`;
  return reason === 'unknown-name'
    ? `Unknown variable type${isPlainName(name) ? ` \`${name}\`` : ''}`
    : 'Invalid variable type';
}

function helpFor({ name, reason }: InvalidType): string {
  return reason === 'element-missing'
    ? `Write \`${name}(${exampleOf(name)})\``
    : 'Use `string`, `number`, `bool`, `any` or a collection such as `list(string)`';
}

function exampleOf(name: string): string {
  return name === 'object' ? '{ name = string }' : name === 'tuple' ? '[string, number]' : 'string';
}

function betterThan({ name, node, reason }: InvalidType): string | undefined {
  if (reason === 'quoted') return name;
  if (reason === 'element-missing')
    return node.kind === 'variable' && /^(?:list|set|map)$/.test(name) ? `${name}(string)` : undefined;
  if (reason !== 'unknown-name' || node.kind !== 'variable') return undefined;
  if (name === 'boolean') return 'bool';
  if (name === 'int' || name === 'integer' || name === 'float') return 'number';
  const guess = nearest(name, TYPE_NAMES);
  return guess !== undefined && /^(?:string|number|bool)$/.test(guess) ? guess : undefined;
}
