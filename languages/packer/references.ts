/** Finds references and calls in expressions. */
import type { Block, Body, Call, Expression, TemplatePart, Traversal, Variable } from './hcl/ast.ts';

/** The names that a `for` binds, innermost first. */
interface Bound {
  readonly names: readonly string[];
  readonly outer: Bound | undefined;
}

/** Where a name or call is. */
export interface UsePlace {
  /** The names that a `for` binds around it, innermost first. */
  readonly bound: Bound | undefined;
  /** In `try` or `can`, which catch what cannot be evaluated, or a type as an argument of `convert`. */
  readonly sheltered: boolean;
  /** Directly in `${ … }` of a string. */
  readonly interpolated: boolean;
  /** In an arm of `a ? b : c`: perhaps its errors do not count. */
  readonly conditional: boolean;
}
const PLAIN: UsePlace = { bound: undefined, sheltered: false, interpolated: false, conditional: false };
type Found = (use: Traversal | Call | Variable, place: UsePlace) => void;

/** Calls `found` for every traversal that starts at a name which no `for` around it binds, in the order of the text. */
export function eachTraversal(expression: Expression, found: (traversal: Traversal) => void): void {
  eachUse(expression, use => use.kind === 'traversal' && found(use));
}

/** The same for everything in a body and the blocks in it. */
export function eachTraversalIn(body: Body, found: (traversal: Traversal) => void): void {
  visitBody(body, PLAIN, use => use.kind === 'traversal' && found(use));
}

/** The same for names that stand alone: `local` as a whole. */
export function eachVariableIn(body: Body, found: (variable: Variable) => void): void {
  visitBody(body, PLAIN, use => use.kind === 'variable' && found(use));
}

function visitBody(body: Body, place: UsePlace, found: Found, iterator?: string): void {
  for (const item of body.items) {
    if (item.kind === 'attribute') visit(item.value, place, found);
    else if (item.type.text === 'dynamic') visitBody(item.body, place, found, iteratorOf(item));
    else if (iterator === undefined || item.type.text !== 'content') visitBody(item.body, place, found);
    else visitBody(item.body, { ...place, bound: { names: [iterator], outer: place.bound } }, found);
  }
}

/** What the content of a `dynamic` block calls its element: the block's label unless `iterator` gives another name. */
export function iteratorOf({ body, labels }: Block): string | undefined {
  for (const item of body.items)
    if (item.kind === 'attribute' && item.name.text === 'iterator')
      return item.value.kind === 'variable' ? item.value.name : stringOf(item.value);
  return labels[0]?.text;
}

/** The same for calls too, those in the arguments of others included. */
export function eachUse(expression: Expression, found: (use: Traversal | Call) => void): void {
  visit(expression, PLAIN, use => use.kind !== 'variable' && found(use));
}

/** The same for names that stand alone too (`us-east-1` without quotes), keys of objects left out. */
export function eachName(expression: Expression, found: Found): void {
  visit(expression, PLAIN, found);
}

function visit(node: Expression, place: UsePlace, found: Found): void {
  const { bound } = place;
  const inside: UsePlace = place.interpolated ? { ...place, interpolated: false } : place;
  const inner = (expression: Expression): void => visit(expression, inside, found);
  switch (node.kind) {
    case 'template':
      visitParts(node.parts, inside, found);
      break;
    case 'variable':
      if (!isBound(bound, node.name)) found(node, place);
      break;
    case 'tuple':
      node.elements.forEach(inner);
      break;
    case 'object':
      for (const { key, value } of node.items) {
        if (key.kind !== 'variable') inner(key);
        inner(value);
      }
      break;
    case 'traversal':
      if (node.source.kind !== 'variable') inner(node.source);
      else if (!isBound(bound, node.source.name)) found(node, place);
      for (const step of node.steps) if (step.kind === 'index-step') inner(step.key);
      break;
    case 'call':
      found(node, place);
      for (const arg of node.args) visit(arg, shelters(node) ? { ...inside, sheltered: true } : inside, found);
      break;
    case 'conditional':
      inner(node.condition);
      visit(node.whenTrue, { ...inside, conditional: true }, found);
      visit(node.whenFalse, { ...inside, conditional: true }, found);
      break;
    case 'for': {
      inner(node.collection);
      const names = node.keyName ? [node.keyName.text, node.valueName.text] : [node.valueName.text];
      const within: UsePlace = { ...inside, bound: { names, outer: bound } };
      if (node.key) visit(node.key, within, found);
      visit(node.value, within, found);
      if (node.condition) visit(node.condition, within, found);
      break;
    }
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

function shelters({ name }: Call): boolean {
  return name.text === 'try' || name.text === 'can' || name.text === 'convert';
}

function visitParts(parts: readonly TemplatePart[], place: UsePlace, found: Found): void {
  for (const part of parts) {
    if (part.kind === 'interpolation') visit(part.expression, { ...place, interpolated: true }, found);
    else if (part.kind === 'if') {
      visit(part.condition, place, found);
      const arm: UsePlace = { ...place, conditional: true };
      visitParts(part.whenTrue, arm, found);
      if (part.whenFalse) visitParts(part.whenFalse, arm, found);
    } else if (part.kind === 'for-directive') {
      visit(part.collection, place, found);
      const names = part.keyName ? [part.keyName.text, part.valueName.text] : [part.valueName.text];
      visitParts(part.parts, { ...place, bound: { names, outer: place.bound } }, found);
    }
  }
}

function isBound(bound: Bound | undefined, name: string): boolean {
  for (let here = bound; here; here = here.outer) if (here.names.includes(name)) return true;
  return false;
}

/** A traversal's root, the names after it up to the first index that is not a literal string, and their end. */
export function pathOf(traversal: Traversal): { root: string; path: readonly string[]; end: number } | undefined {
  if (traversal.source.kind !== 'variable') return undefined;
  const path: string[] = [];
  let { end } = traversal.source;
  for (const step of traversal.steps) {
    const name =
      step.kind === 'attribute-step' ? step.name.text : step.kind === 'index-step' ? stringOf(step.key) : undefined;
    if (name === undefined) break;
    path.push(name);
    ({ end } = step);
  }
  return { root: traversal.source.name, path, end };
}

/** The text of a quoted string without interpolations. */
export function stringOf(expression: Expression): string | undefined {
  if (expression.kind !== 'template') return undefined;
  if (expression.parts.length === 0) return '';
  const only = expression.parts.length === 1 ? expression.parts[0] : undefined;
  return only?.kind === 'text' ? only.text : undefined;
}
