import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Expression } from '../../../languages/packer/hcl/ast.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { Evaluated, PackerVariable } from '../../../languages/packer/tree.ts';
import { fits, isType, missingAttribute, typeOf } from '../../../languages/packer/types.ts';
import { mistypedAttributes } from './attributes.ts';

export default definePackerRule({
  id: 'mistyped-value',
  summary: 'A value cannot be converted to the type of its variable',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  hclOnly: true,
  *check(tree) {
    const { file, module, source } = tree;
    yield* mistypedAttributes(tree);
    for (const variable of module.variables) {
      const { default: value, name } = variable;
      if (!value || value.source !== source || doesFit(variable, value)) continue;
      yield {
        ...(lacking(name, variable, value) ?? {
          message: `Default of ${quoted(name, 30)} does not match its type`,
          help: `Use a value of type ${shown(variable)}, or change the type`,
        }),
        span: value.span,
      };
    }
    if (file.kind !== 'variables') return;
    for (const { name, value } of file.top.attributes) {
      const variable = module.variable(name);
      if (!variable || doesFit(variable, value)) continue;
      yield {
        ...(lacking(name, variable, value) ?? {
          message: `Value of ${quoted(name, 30)} does not match its type`,
          help: `Use a value of type ${shown(variable)}`,
        }),
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

/** For a value that only lacks an attribute of an object, or of the objects in a map or list. */
function lacking(
  name: string,
  { block }: PackerVariable,
  { literal }: Evaluated,
): Pick<Finding, 'message' | 'help'> | undefined {
  const type = block && typeOf(block.attribute('type')!.value.expression!);
  const attribute = type && isType(type) && literal !== undefined ? missingAttribute(literal, type) : undefined;
  if (attribute === undefined) return undefined;
  return {
    message: `${quoted(name, 30)}: attribute ${quoted(attribute, 30)} is missing`,
    help: `Add ${quoted(attribute, 20)}, or make it \`optional(…)\` in the type`,
  };
}

function shown({ type }: PackerVariable): string {
  return quoted(type ?? '');
}
