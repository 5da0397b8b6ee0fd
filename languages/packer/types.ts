/**
 * Type constraints of variables, and whether a value fits one.
 * https://developer.hashicorp.com/packer/docs/templates/hcl_templates/variables#type-constraints
 */
import type { Expression } from './hcl/ast.ts';
import { stringOf } from './references.ts';
import type { Data } from './tree.ts';

export type Type =
  | { readonly kind: 'any' | 'string' | 'number' | 'bool' }
  | { readonly kind: 'list' | 'map'; readonly of: Type }
  | { readonly kind: 'tuple'; readonly of: readonly Type[] }
  | { readonly kind: 'object'; readonly of: ReadonlyMap<string, { readonly type: Type; readonly optional: boolean }> };

/** Why an expression is not a type; `node` is the part that is wrong. */
export interface InvalidType {
  readonly node: Expression;
  readonly reason: 'quoted' | 'unknown-name' | 'element-missing' | 'malformed';
  readonly name: string;
}

const PRIMITIVES = ['any', 'string', 'number', 'bool'] as const;
/** Every name that a type may start with. */
export const TYPE_NAMES: readonly string[] = [...PRIMITIVES, 'list', 'set', 'map', 'object', 'tuple'];

/** Reads a type, or reports what is wrong with it; `undefined` for an incomplete expression. */
export function typeOf(expression: Expression): Type | InvalidType | undefined {
  switch (expression.kind) {
    case 'invalid':
      return undefined;
    case 'parentheses':
      return typeOf(expression.expression);
    case 'variable': {
      const { name } = expression;
      const primitive = PRIMITIVES.find(one => one === name);
      if (primitive) return { kind: primitive };
      return invalid(expression, TYPE_NAMES.includes(name) ? 'element-missing' : 'unknown-name', name);
    }
    case 'template': {
      const name = stringOf(expression) ?? '';
      return invalid(expression, TYPE_NAMES.includes(name.split('(')[0]!.trim()) ? 'quoted' : 'malformed', name);
    }
    case 'call':
      return constructed(expression.name.text, expression.args, expression);
    default:
      return invalid(expression, 'malformed', '');
  }
}

function constructed(name: string, args: readonly Expression[], node: Expression): Type | InvalidType | undefined {
  const [only] = args;
  if (!TYPE_NAMES.includes(name)) return invalid(node, 'unknown-name', name);
  if (PRIMITIVES.some(one => one === name)) return invalid(node, 'malformed', name);
  if (!only || args.length > 1) return invalid(node, only ? 'malformed' : 'element-missing', name);
  if (name === 'list' || name === 'set' || name === 'map') {
    const of = typeOf(only);
    return of && isType(of) ? { kind: name === 'map' ? 'map' : 'list', of } : of;
  }
  if (name === 'tuple') {
    if (only.kind !== 'tuple') return invalid(only, 'malformed', name);
    const of: Type[] = [];
    for (const element of only.elements) {
      const type = typeOf(element);
      if (!type || !isType(type)) return type;
      of.push(type);
    }
    return { kind: 'tuple', of };
  }
  if (only.kind !== 'object') return invalid(only, 'malformed', name);
  const of = new Map<string, { type: Type; optional: boolean }>();
  for (const { key, value } of only.items) {
    const optional = value.kind === 'call' && value.name.text === 'optional';
    const type = typeOf(optional ? (value.args[0] ?? value) : value);
    if (!type || !isType(type)) return type;
    const text = key.kind === 'variable' ? key.name : stringOf(key);
    if (text !== undefined) of.set(text, { type, optional });
  }
  return { kind: 'object', of };
}

function invalid(node: Expression, reason: InvalidType['reason'], name: string): InvalidType {
  return { node, reason, name };
}

export function isType(type: Type | InvalidType): type is Type {
  return 'kind' in type;
}

/** Whether Packer can make a value of the type out of it: numbers and booleans become strings, `"8"` a number. */
export function fits(value: Data, type: Type): boolean {
  if (value === null) return true;
  switch (type.kind) {
    case 'any':
      return true;
    case 'string':
      return typeof value !== 'object';
    case 'number':
      return (
        typeof value === 'number' ||
        (typeof value === 'string' && /^[+-]?[\d.]{1,400}(?:[eE][+-]?\d{1,9})?$/.test(value))
      );
    case 'bool':
      return typeof value === 'boolean' || (typeof value === 'string' && /^(?:true|false|1|0)$/i.test(value));
    case 'list':
      return isList(value) && value.every(element => fits(element, type.of));
    case 'map':
      return isMap(value) && [...value.values()].every(element => fits(element, type.of));
    case 'tuple':
      return (
        isList(value) && value.length === type.of.length && value.every((element, i) => fits(element, type.of[i]!))
      );
    case 'object':
      return (
        isMap(value) &&
        [...type.of].every(([key, { optional, type: wanted }]) => {
          const given = value.get(key);
          return given === undefined ? optional : fits(given, wanted);
        })
      );
  }
}

function isList(value: Data): value is readonly Data[] {
  return Array.isArray(value);
}
function isMap(value: Data): value is ReadonlyMap<string, Data> {
  return value instanceof Map;
}

/** The first attribute of an object type that a value lacks. */
export function missingAttribute(value: Data, type: Type): string | undefined {
  if (value === null) return undefined;
  if (type.kind === 'list' || type.kind === 'map') {
    const inner = type.kind === 'list' ? (isList(value) ? value : []) : isMap(value) ? [...value.values()] : [];
    for (const one of inner) {
      const found = missingAttribute(one, type.of);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (type.kind !== 'object' || !isMap(value)) return undefined;
  for (const [key, { optional, type: wanted }] of type.of) {
    const given = value.get(key);
    if (given === undefined && !optional) return key;
    const found = given === undefined ? undefined : missingAttribute(given, wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}
