import type { Expression } from '../../../languages/packer/hcl/ast.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { Evaluated, PackerVariable } from '../../../languages/packer/tree.ts';
import { fits, isType, typeOf } from '../../../languages/packer/types.ts';

export default definePackerRule({
  id: 'mistyped-value',
  summary: 'A value does not have the type of its variable',
  policies: ['G13'],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  since: '2026.11',
  *check({ file, module, source }) {
    for (const variable of module.variables) {
      const { default: value, name } = variable;
      if (!value || value.source !== source || doesFit(variable, value)) continue;
      yield {
        message: `The default of \`${name}\` is no \`${shown(variable)}\`, so Packer refuses the template.`,
        span: value.span,
      };
    }
    if (file.kind !== 'variables') return;
    for (const { name, value } of file.top.attributes) {
      const variable = module.variable(name);
      if (!variable || doesFit(variable, value)) continue;
      yield {
        message: `\`${name}\` is declared as \`${shown(variable)}\`, and Packer cannot make one of this value.`,
        span: value.span,
      };
    }
  },
});

function doesFit({ block }: PackerVariable, value: Evaluated): boolean {
  const expression: Expression | undefined = block?.attribute('type')?.value.expression;
  const type = expression && typeOf(expression);
  return !type || !isType(type) || value.literal === undefined || fits(value.literal, type);
}

function shown({ type }: PackerVariable): string {
  const text = (type ?? '').replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
