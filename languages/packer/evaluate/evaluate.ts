/** Computes expressions as Packer does (https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md), with unknown parts. */
import type { SourceText } from '../../../core/text.ts';
import type { Expression, ForExpression, Template, TemplatePart, Traversal, TraversalStep } from '../hcl/ast.ts';
import {
  type Datum,
  isKnown,
  isList,
  isMap,
  list,
  map,
  same,
  text,
  toBool,
  toNumber,
  toText,
  UNKNOWN,
} from './datum.ts';
import { callFunction, isPossible } from './functions.ts';

/** What a computation assumes. */
export interface Assumptions {
  /** Variables have the values written in the module's files. */
  readonly defaults: boolean;
  /** The value of `path.root`; `undefined` leaves it unknown. */
  readonly root: string | undefined;
  /** A value that one variable has, whatever the files give it. */
  readonly given?: { readonly name: string; readonly site: Site };
  /** In strings, what is not known is left as a reference to it. */
  readonly gaps?: boolean;
  /** What a condition is that is not known. */
  readonly unless?: boolean;
}
export const CERTAIN: Assumptions = { defaults: false, root: undefined };
export const BY_DEFAULT: Assumptions = { defaults: true, root: undefined };

const orElse = (condition: boolean | typeof UNKNOWN, { unless }: Assumptions): boolean | typeof UNKNOWN =>
  condition === UNKNOWN && unless !== undefined ? unless : condition;

/** An expression and its document. */
export interface Site {
  readonly expression: Expression;
  readonly source: SourceText;
}

/** The names of a module. Their expressions are computed under the same assumptions as the reference to them. */
export interface Names {
  /** The expression of a local, or of a variable's value where `assume` allows it; `undefined` is unknown. */
  value(root: 'var' | 'local', name: string, assume: Assumptions): Site | undefined;
  /** Whether a source is declared: a reference to it is its address. */
  hasSource(type: string, name: string): boolean;
  /** The value of a name without a root, which Packer does not have; `of` computes an expression that it stands for. */
  plain?(name: string, assume: Assumptions, of: (expression: Expression) => Datum): Datum;
  /** A function that the files define. */
  defined?(name: string): { readonly parameters: readonly string[]; readonly result: Expression } | undefined;
  /** The result of a function that Packer does not have; `undefined` for others. */
  call?(name: string, args: readonly Datum[]): Datum | undefined;
}

/** Names bound by `for`, innermost first. */
interface Scope {
  readonly name: string;
  readonly value: Datum;
  readonly outer: Scope | undefined;
}

/** How deep expressions and references may nest; this also ends cycles. */
const DEEPEST = 400;
/** How much one expression may cost, in steps, and all of a module together. */
const STEPS = 50_000;
const MODULE_STEPS = 1_000_000;

/** Computes the expressions of one module; results of named values are kept. */
export class Evaluator {
  private readonly named = new WeakMap<Assumptions, Map<Expression, Datum>>();
  private readonly active = new Set<Expression>();
  private depth = 0;
  private steps = 0;
  private spent = 0;

  constructor(readonly names: Names) {}

  /** `bound`: names that have a value here. */
  evaluate(expression: Expression, assume: Assumptions, bound?: ReadonlyMap<string, Datum>): Datum {
    const isOutermost = this.depth === 0;
    if (isOutermost) this.steps = 0;
    let scope: Scope | undefined;
    for (const [name, value] of bound ?? []) scope = bind(scope, name, value);
    const value = this.expression(expression, assume, scope);
    if (isOutermost) this.spent += this.steps;
    return value;
  }

  /** The value of `var.name` or `local.name`. */
  private reference(root: 'var' | 'local', name: string, assume: Assumptions): Datum {
    const expression = this.names.value(root, name, assume)?.expression;
    if (!expression || this.active.has(expression)) return UNKNOWN;
    let known = this.named.get(assume);
    if (!known) this.named.set(assume, (known = new Map()));
    const found = known.get(expression);
    if (found !== undefined) return found;
    this.active.add(expression);
    const value = this.expression(expression, assume, undefined);
    this.active.delete(expression);
    known.set(expression, value);
    return value;
  }

  /** The value of a name without a root. */
  private plain(name: string, assume: Assumptions): Datum {
    return (
      this.names.plain?.(name, assume, expression => {
        if (this.active.has(expression)) return UNKNOWN;
        this.active.add(expression);
        const value = this.expression(expression, assume, undefined);
        this.active.delete(expression);
        return value;
      }) ?? UNKNOWN
    );
  }

  private call(name: string, args: readonly Datum[], assume: Assumptions): Datum {
    const defined = this.names.defined?.(name);
    if (!defined) return this.names.call?.(name, args) ?? callFunction(name, args);
    let scope: Scope | undefined;
    for (const [i, parameter] of defined.parameters.entries()) scope = bind(scope, parameter, args[i] ?? UNKNOWN);
    return this.expression(defined.result, assume, scope);
  }

  private expression(node: Expression, assume: Assumptions, scope: Scope | undefined): Datum {
    if (this.depth >= DEEPEST || ++this.steps > STEPS || this.spent > MODULE_STEPS) return UNKNOWN;
    this.depth++;
    const value = this.compute(node, assume, scope);
    this.depth--;
    return value;
  }

  private compute(node: Expression, assume: Assumptions, scope: Scope | undefined): Datum {
    const of = (inner: Expression): Datum => this.expression(inner, assume, scope);
    switch (node.kind) {
      case 'number':
        return Number.isSafeInteger(node.value) || node.text.length < 16 ? node.value : UNKNOWN;
      case 'bool':
        return node.value;
      case 'null':
        return null;
      case 'template':
        return this.template(node, assume, scope);
      case 'tuple':
        return list(node.elements.map(element => orGap(of(element), element, assume)));
      case 'object': {
        const entries = new Map<string, Datum>();
        for (const item of node.items) {
          const key = item.key.kind === 'variable' ? item.key.name : toText(of(item.key));
          if (key === UNKNOWN) return UNKNOWN;
          entries.set(key, of(item.value));
        }
        return map(entries);
      }
      case 'variable':
        return isBound(scope, node.name) ? lookUp(scope, node.name) : this.plain(node.name, assume);
      case 'traversal':
        return this.traversal(node, assume, scope);
      case 'call': {
        const args = node.args.map(arg => (node.name.text === 'format' ? orGap(of(arg), arg, assume) : of(arg)));
        if (node.expand) {
          const last = args.pop();
          if (last === undefined || !isList(last)) return UNKNOWN;
          for (const item of last) args.push(item);
        }
        if (node.name.text === 'can') return this.can(node.args[0], args[0], assume, scope);
        if (node.name.text === 'try') return isKnown(args[0] ?? UNKNOWN) ? args[0]! : UNKNOWN;
        // Where the template's directory is `.`, it is what paths are absolute by.
        if (node.name.text === 'abspath' && assume.root !== undefined) return args[0] ?? UNKNOWN;
        const value = this.call(node.name.text, args, assume);
        if (typeof value === 'string') this.steps += value.length >> 4;
        else if (isList(value)) this.steps += value.length;
        else if (isMap(value)) this.steps += value.size;
        return value;
      }
      case 'conditional':
        return this.conditional(orElse(toBool(of(node.condition)), assume), of(node.whenTrue), of(node.whenFalse));
      case 'for':
        return this.forExpression(node, assume, scope);
      case 'unary': {
        const value = of(node.operand);
        if (node.operator === '!') return negate(toBool(value));
        const number = toNumber(value);
        return number === UNKNOWN ? UNKNOWN : -number;
      }
      case 'binary':
        return binary(node.operator, of(node.left), of(node.right));
      case 'parentheses':
        return of(node.expression);
      case 'invalid':
        return UNKNOWN;
    }
  }

  /** Whether an expression has a value. Most that have none are unknown here; of these functions it is known. */
  private can(
    node: Expression | undefined,
    value: Datum = UNKNOWN,
    assume: Assumptions,
    scope: Scope | undefined,
  ): boolean | typeof UNKNOWN {
    if (!node || isKnown(value)) return node ? true : UNKNOWN;
    if (node.kind === 'parentheses') return this.can(node.expression, value, assume, scope);
    if (node.kind !== 'call' || node.expand) return UNKNOWN;
    const args = node.args.map(arg => this.expression(arg, assume, scope));
    return isPossible(node.name.text, args);
  }

  private conditional(condition: boolean | typeof UNKNOWN, then: Datum, otherwise: Datum): Datum {
    const chosen =
      condition === UNKNOWN ? (same(then, otherwise) === true ? then : UNKNOWN) : condition ? then : otherwise;
    // Both arms become of one type: a string when either is one, which an unknown one may be.
    if (typeof chosen !== 'number' && typeof chosen !== 'boolean') return chosen;
    const other = chosen === then ? otherwise : then;
    return other === UNKNOWN ? UNKNOWN : typeof other === 'string' ? toText(chosen) : chosen;
  }

  private traversal(node: Traversal, assume: Assumptions, scope: Scope | undefined): Datum {
    const { source, steps } = node;
    const first = steps[0];
    if (source.kind === 'variable' && lookUp(scope, source.name) === UNKNOWN && !isBound(scope, source.name)) {
      if (this.names.plain) return this.walk(this.plain(source.name, assume), steps, 0, assume, scope);
      const name = first?.kind === 'attribute-step' ? first.name.text : undefined;
      if (name === undefined) return UNKNOWN;
      if (source.name === 'var' || source.name === 'local')
        return this.walk(this.reference(source.name, name, assume), steps, 1, assume, scope);
      if (source.name === 'path' && steps.length === 1 && (name === 'root' || name === 'cwd'))
        return (name === 'root' ? assume.root : undefined) ?? UNKNOWN;
      const second = steps[1];
      if (
        (source.name === 'source' || source.name === 'sources') &&
        steps.length === 2 &&
        second?.kind === 'attribute-step'
      )
        return this.names.hasSource(name, second.name.text) ? `source.${name}.${second.name.text}` : UNKNOWN;
      return UNKNOWN;
    }
    return this.walk(this.expression(source, assume, scope), steps, 0, assume, scope);
  }

  private walk(
    from: Datum,
    steps: readonly TraversalStep[],
    at: number,
    assume: Assumptions,
    scope: Scope | undefined,
  ): Datum {
    let value = from;
    for (let i = at; i < steps.length; i++) {
      const step = steps[i]!;
      if (step.kind === 'attribute-splat' || step.kind === 'full-splat') {
        if (value === UNKNOWN) return UNKNOWN;
        const items = isList(value) ? value : value === null ? [] : [value];
        let end = i + 1;
        // `.*` applies to the attributes directly after it, `[*]` to everything after it.
        while (
          end < steps.length &&
          (step.kind === 'full-splat' ||
            steps[end]!.kind === 'attribute-step' ||
            steps[end]!.kind === 'legacy-index-step')
        )
          end++;
        const rest = steps.slice(i + 1, end);
        this.steps += items.length;
        if (this.steps > STEPS || this.depth >= DEEPEST) return UNKNOWN;
        this.depth++;
        value = list(items.map(item => this.walk(item, rest, 0, assume, scope)));
        this.depth--;
        i = end - 1;
        continue;
      }
      const key =
        step.kind === 'attribute-step'
          ? step.name.text
          : step.kind === 'legacy-index-step'
            ? step.index
            : this.expression(step.key, assume, scope);
      value = indexed(value, key);
      if (value === UNKNOWN) return UNKNOWN;
    }
    return value;
  }

  private forExpression(node: ForExpression, assume: Assumptions, scope: Scope | undefined): Datum {
    const pairs = entriesOf(this.expression(node.collection, assume, scope));
    if (!pairs) return UNKNOWN;
    const values: Datum[] = [];
    const entries = new Map<string, Datum>();
    for (const [key, item] of pairs) {
      if (this.steps > STEPS) return UNKNOWN;
      const inner = bind(bind(scope, node.keyName?.text, key), node.valueName.text, item);
      const wanted = node.condition ? toBool(this.expression(node.condition, assume, inner)) : true;
      if (wanted === UNKNOWN) return UNKNOWN;
      if (!wanted) continue;
      const value = this.expression(node.value, assume, inner);
      if (!node.key) {
        values.push(value);
        continue;
      }
      const name = toText(this.expression(node.key, assume, inner));
      if (name === UNKNOWN) return UNKNOWN;
      const before = entries.get(name);
      if (node.group) entries.set(name, list([...(isList(before ?? null) ? (before as readonly Datum[]) : []), value]));
      else if (before === undefined) entries.set(name, value);
      else return UNKNOWN;
    }
    return node.shape === 'tuple' ? list(values) : map(entries);
  }

  private template(node: Template, assume: Assumptions, scope: Scope | undefined): Datum {
    const only = node.parts.length === 1 ? node.parts[0] : undefined;
    if (only?.kind === 'interpolation') return this.expression(only.expression, assume, scope);
    const value = this.parts(node.parts, assume, scope);
    return value === UNKNOWN ? UNKNOWN : text(value);
  }

  private parts(
    parts: readonly TemplatePart[],
    assume: Assumptions,
    scope: Scope | undefined,
  ): string | typeof UNKNOWN {
    let out = '';
    for (const part of parts) {
      const piece = this.part(part, assume, scope);
      if (piece === UNKNOWN) return UNKNOWN;
      out += piece;
      if (out.length > 1_000_000) return UNKNOWN;
    }
    this.steps += out.length >> 4;
    return out;
  }

  private part(part: TemplatePart, assume: Assumptions, scope: Scope | undefined): string | typeof UNKNOWN {
    if (part.kind === 'text') return part.text;
    if (part.kind === 'interpolation') {
      const value = toText(this.expression(part.expression, assume, scope));
      return value === UNKNOWN && assume.gaps ? gapOf(part.expression) : value;
    }
    if (this.depth >= DEEPEST || ++this.steps > STEPS) return UNKNOWN;
    this.depth++;
    const value = part.kind === 'if' ? this.ifDirective(part, assume, scope) : this.forDirective(part, assume, scope);
    this.depth--;
    return value;
  }

  private ifDirective(
    part: Extract<TemplatePart, { kind: 'if' }>,
    assume: Assumptions,
    scope: Scope | undefined,
  ): string | typeof UNKNOWN {
    const condition = orElse(toBool(this.expression(part.condition, assume, scope)), assume);
    if (condition === UNKNOWN) return UNKNOWN;
    return this.parts(condition ? part.whenTrue : (part.whenFalse ?? []), assume, scope);
  }

  private forDirective(
    part: Extract<TemplatePart, { kind: 'for-directive' }>,
    assume: Assumptions,
    scope: Scope | undefined,
  ): string | typeof UNKNOWN {
    const pairs = entriesOf(this.expression(part.collection, assume, scope));
    if (!pairs) return UNKNOWN;
    let out = '';
    for (const [key, item] of pairs) {
      const inner = bind(bind(scope, part.keyName?.text, key), part.valueName.text, item);
      const piece = this.parts(part.parts, assume, inner);
      if (piece === UNKNOWN || out.length > 1_000_000) return UNKNOWN;
      out += piece;
    }
    return out;
  }
}

/** An element that a function joins to a text. */
const orGap = (value: Datum, expression: Expression, { gaps }: Assumptions): Datum =>
  value === UNKNOWN && gaps ? gapOf(expression) : value;

function gapOf(expression: Expression): string {
  if (expression.kind === 'variable') return `\${${expression.name}}`;
  if (expression.kind !== 'traversal' || expression.steps.length !== 1) return '${…}';
  const { source, steps } = expression;
  const [step] = steps;
  const isNamed = source.kind === 'variable' && /^(?:var|path)$/.test(source.name) && step?.kind === 'attribute-step';
  return isNamed ? `\${${source.name}.${step.name.text}}` : '${…}';
}

function bind(outer: Scope | undefined, name: string | undefined, value: Datum): Scope | undefined {
  return name === undefined ? outer : { name, value, outer };
}
function lookUp(scope: Scope | undefined, name: string): Datum {
  for (let here = scope; here; here = here.outer) if (here.name === name) return here.value;
  return UNKNOWN;
}
function isBound(scope: Scope | undefined, name: string): boolean {
  for (let here = scope; here; here = here.outer) if (here.name === name) return true;
  return false;
}

/** Keys and values of a collection, objects in the order of their keys. */
function entriesOf(value: Datum): readonly (readonly [Datum, Datum])[] | undefined {
  if (isList(value)) return value.map((item, i) => [i, item] as const);
  if (isMap(value)) return [...value].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return undefined;
}

function indexed(value: Datum, key: Datum): Datum {
  if (isMap(value)) {
    const name = toText(key);
    return name === UNKNOWN ? UNKNOWN : (value.get(name) ?? UNKNOWN);
  }
  const index = isList(value) ? toNumber(key) : UNKNOWN;
  return isList(value) && typeof index === 'number' ? (value[index] ?? UNKNOWN) : UNKNOWN;
}

function negate(value: boolean | typeof UNKNOWN): Datum {
  return value === UNKNOWN ? UNKNOWN : !value;
}

function binary(operator: string, left: Datum, right: Datum): Datum {
  if (operator === '==' || operator === '!=') {
    const equal = same(left, right);
    return equal === UNKNOWN ? UNKNOWN : equal === (operator === '==');
  }
  if (operator === '&&' || operator === '||') {
    const [a, b] = [toBool(left), toBool(right)];
    const decisive = operator === '||';
    if (a === decisive || b === decisive) return decisive;
    return a === UNKNOWN || b === UNKNOWN ? UNKNOWN : !decisive;
  }
  const [a, b] = [toNumber(left), toNumber(right)];
  if (typeof a !== 'number' || typeof b !== 'number') return UNKNOWN;
  const result = arithmetic(operator, a, b);
  return typeof result === 'number' && !Number.isFinite(result) ? UNKNOWN : result;
}

function arithmetic(operator: string, a: number, b: number): number | boolean | typeof UNKNOWN {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    default:
      return UNKNOWN;
  }
}
