/**
 * Operands, conditions and collections of the wrong type, as far as that is certain: Packer evaluates every part of an
 * expression but the arms of a condition that it does not take and what `try` and `can` catch.
 */
import type { Expression, TemplatePart } from './hcl/ast.ts';
import type { Evaluated, PackerModule } from './tree.ts';
import { isType, type Type, typeOf } from './types.ts';

/** What a value certainly is; `undefined` is unknown. */
export type Kind = 'string' | 'number' | 'bool' | 'list' | 'object' | 'null' | undefined;

/** A part of an expression that Packer cannot use in its place. */
export interface Misuse {
  readonly node: Expression;
  /** `number` and `bool`: operands and conditions; `collection`: after `in` of a `for`; `text`: in a string; `arm`: beside another type. */
  readonly wanted: 'number' | 'bool' | 'collection' | 'text' | 'arm';
  readonly operator: string | undefined;
  readonly kind: NonNullable<Kind>;
}

/** How expressions of a document are read. */
export type ReadNode = (node: Expression) => Evaluated;

/** What an expression certainly is: by its value, or by the type of the variable that it is. */
export function kindOf(node: Expression, read: ReadNode, module: PackerModule): Kind {
  const { kind } = read(node);
  if (kind !== 'unknown') return kind;
  if (node.kind === 'parentheses') return kindOf(node.expression, read, module);
  if (node.kind !== 'traversal' || node.source.kind !== 'variable' || node.source.name !== 'var') return undefined;
  const [step, ...rest] = node.steps;
  if (step?.kind !== 'attribute-step' || rest.length > 0) return undefined;
  const type = typeOfVariable(step.name.text, module);
  return type && KINDS[type.kind];
}

const KINDS: Readonly<Record<Type['kind'], Kind>> = {
  any: undefined,
  string: 'string',
  number: 'number',
  bool: 'bool',
  list: 'list',
  tuple: 'list',
  map: 'object',
  object: 'object',
};

/** The declared type of a variable. */
export function typeOfVariable(name: string, module: PackerModule): Type | undefined {
  const written = module.variable(name)?.block?.attribute('type')?.value.expression;
  const type = written && typeOf(written);
  return type && isType(type) ? type : undefined;
}

/** Whether a value certainly has no number in it. Go reads `1e5`, `0x1F` and `Inf`. */
export function isNoNumber(kind: Kind, text: string | undefined): boolean {
  if (kind === 'bool' || kind === 'list' || kind === 'object') return true;
  if (kind !== 'string' || text === undefined) return false;
  return !/^[-+.\w]+$/.test(text) || !(/\d/.test(text) || /^[-+]?inf(?:inity)?$/i.test(text));
}

function isNoBool(kind: Kind, text: string | undefined): boolean {
  if (kind === 'number' || kind === 'list' || kind === 'object') return true;
  return kind === 'string' && text !== undefined && !/^(?:true|false|1|0)$/.test(text);
}

/** The parts of an expression that are of the wrong type, in the order of the text. */
export function misusesIn(expression: Expression, read: ReadNode, module: PackerModule): readonly Misuse[] {
  const found: Misuse[] = [];
  const kind = (node: Expression): Kind => kindOf(node, read, module);
  const want = (node: Expression, wanted: Misuse['wanted'], operator?: string): void => {
    const is = kind(node);
    if (is === undefined) return;
    // Of a variable with a type, only the type counts: its value comes from elsewhere.
    const text = read(node).raw;
    const isWrong =
      wanted === 'number'
        ? isNoNumber(is, text)
        : wanted === 'bool'
          ? isNoBool(is, text)
          : wanted === 'collection'
            ? is === 'string' || is === 'number' || is === 'bool'
            : is === 'list' || is === 'object' || is === 'null';
    if (isWrong) found.push({ node, wanted, operator, kind: is });
  };
  const parts = (all: readonly TemplatePart[], isText: boolean): void => {
    for (const part of all) {
      if (part.kind === 'interpolation') {
        if (isText) want(part.expression, 'text');
        visit(part.expression);
      } else if (part.kind === 'if') {
        want(part.condition, 'bool');
        visit(part.condition);
      } else if (part.kind === 'for-directive') {
        want(part.collection, 'collection');
        visit(part.collection);
      }
    }
  };
  const visit = (node: Expression): void => {
    switch (node.kind) {
      case 'template':
        parts(node.parts, node.parts.length > 1);
        break;
      case 'tuple':
        node.elements.forEach(visit);
        break;
      case 'object':
        for (const { key, value } of node.items) {
          if (key.kind !== 'variable') visit(key);
          visit(value);
        }
        break;
      case 'traversal':
        visit(node.source);
        for (const step of node.steps) if (step.kind === 'index-step') visit(step.key);
        break;
      case 'call':
        if (node.name.text !== 'try' && node.name.text !== 'can') node.args.forEach(visit);
        break;
      case 'conditional': {
        want(node.condition, 'bool');
        visit(node.condition);
        const [first, second] = [kind(node.whenTrue), kind(node.whenFalse)];
        const [one, other] = [shapeOf(first), shapeOf(second)];
        if (one && other && one !== other && second)
          found.push({ node: node.whenFalse, wanted: 'arm', operator: undefined, kind: second });
        break;
      }
      case 'for':
        want(node.collection, 'collection');
        visit(node.collection);
        break;
      case 'unary':
        want(node.operand, node.operator === '!' ? 'bool' : 'number', node.operator);
        visit(node.operand);
        break;
      case 'binary': {
        const { left, operator, right } = node;
        const isLogic = operator === '&&' || operator === '||';
        if (operator !== '==' && operator !== '!=') {
          want(left, isLogic ? 'bool' : 'number', operator);
          // After `&&` and `||`, newer versions do not look at what decides nothing.
          if (!isLogic) want(right, 'number', operator);
        }
        visit(left);
        if (!isLogic) visit(right);
        break;
      }
      case 'parentheses':
        visit(node.expression);
        break;
    }
  };
  visit(expression);
  return found;
}

/** Values of one shape can be converted to one type. */
function shapeOf(kind: Kind): string | undefined {
  if (kind === undefined || kind === 'null') return undefined;
  return kind === 'list' || kind === 'object' ? kind : 'plain';
}
