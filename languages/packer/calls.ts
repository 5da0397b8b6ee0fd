/** Finds calls of functions. */
import type { Attribute, Block, Call, Expression, TemplatePart } from './hcl/ast.ts';

/** A call and the name of the attribute that it stands in. */
export interface FoundCall {
  readonly call: Call;
  readonly attribute: string;
}

/** Every call in a body and the blocks in it, calls in the arguments of others included. */
export function eachCallIn(body: { readonly items: readonly (Attribute | Block)[] }): readonly FoundCall[] {
  const found: FoundCall[] = [];
  collectIn(body.items, found);
  return found;
}

function collectIn(items: readonly (Attribute | Block)[], found: FoundCall[]): void {
  for (const item of items) {
    if (item.kind === 'block') collectIn(item.body.items, found);
    else collect(item.value, call => found.push({ call, attribute: item.name.text }));
  }
}

function collect(node: Expression, found: (call: Call) => void): void {
  const inner = (expression: Expression | undefined): void => {
    if (expression) collect(expression, found);
  };
  switch (node.kind) {
    case 'call':
      found(node);
      node.args.forEach(inner);
      break;
    case 'template':
      collectParts(node.parts, found);
      break;
    case 'tuple':
      node.elements.forEach(inner);
      break;
    case 'object':
      for (const { key, value } of node.items) {
        inner(key);
        inner(value);
      }
      break;
    case 'traversal':
      inner(node.source);
      for (const step of node.steps) if (step.kind === 'index-step') inner(step.key);
      break;
    case 'conditional':
      inner(node.condition);
      inner(node.whenTrue);
      inner(node.whenFalse);
      break;
    case 'for':
      for (const part of [node.collection, node.key, node.value, node.condition]) inner(part);
      break;
    case 'unary':
      inner(node.operand);
      break;
    case 'binary':
      inner(node.left);
      inner(node.right);
      break;
    case 'parentheses':
      inner(node.expression);
      break;
  }
}

function collectParts(parts: readonly TemplatePart[], found: (call: Call) => void): void {
  for (const part of parts) {
    if (part.kind === 'interpolation') collect(part.expression, found);
    else if (part.kind === 'if') {
      collect(part.condition, found);
      collectParts(part.whenTrue, found);
      if (part.whenFalse) collectParts(part.whenFalse, found);
    } else if (part.kind === 'for-directive') {
      collect(part.collection, found);
      collectParts(part.parts, found);
    }
  }
}
