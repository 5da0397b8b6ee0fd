/** What a block sets, as plugins see it: an empty string or list, zero and `false` are the same as nothing. */
import type { Attributes } from '../attributes.ts';
import type { Data, Evaluated } from '../tree.ts';
import type { Term } from './conditions.ts';

/** Whether an attribute is set. `likely`: to a value that is not known, and that nothing says to be empty; `maybe`: it may be empty. */
export type IsSet = 'set' | 'likely' | 'maybe' | 'unset';

export function isSetIn(from: Attributes, path: string): IsSet {
  const [name = '', inner] = path.split('.');
  const blocks = from.blocks(name);
  if (inner !== undefined) {
    const states = blocks.map(block => (block.dynamic ? 'maybe' : isSetIn(block, inner)));
    return states.find(state => state !== 'unset') ?? (from.attribute(name) ? 'maybe' : 'unset');
  }
  if (blocks.length > 0) return blocks.some(({ dynamic }) => !dynamic) ? 'set' : 'maybe';
  const value = from.attribute(name)?.value;
  return value ? isFilled(value) : 'unset';
}

function isFilled(value: Evaluated): IsSet {
  const { byDefault, kind, literal } = value;
  // As a number or a boolean they are nothing.
  if (literal === '0' || literal === 'false') return 'maybe';
  // Plugins skip the entries of `region_kms_key_ids` that are empty.
  if (literal instanceof Map && literal.size > 0 && [...literal.values()].every(isEmpty)) return 'maybe';
  if (literal !== undefined) return isEmpty(literal) ? 'unset' : 'set';
  if (byDefault !== undefined && isEmpty(byDefault)) return 'maybe';
  if (kind === 'list' || kind === 'object')
    return value.items.length + value.entries.length > 0 ? 'set' : value.complete ? 'unset' : 'maybe';
  if (kind !== 'unknown') return 'set';
  if (byDefault !== undefined) return 'likely';
  // A variable that has to be given, or what a build or data source yields; a local may be either arm of a condition.
  const { expression } = value;
  const isGiven =
    expression.kind === 'traversal' && expression.source.kind === 'variable' && GIVEN.has(expression.source.name);
  return isGiven && value.references.every(({ root }) => root !== 'local') ? 'likely' : 'maybe';
}

const GIVEN: ReadonlySet<string> = new Set(['var', 'build', 'data']);

function isEmpty(value: Data): boolean {
  if (value === null || value === '' || value === false || value === 0) return true;
  return Array.isArray(value) ? value.length === 0 : value instanceof Map && value.size === 0;
}

/** Whether a term holds; `undefined`: that cannot be known. */
export function holds(from: Attributes, { name, orUnset, values }: Term): boolean | undefined {
  if (!values) {
    const state = isSetIn(from, name);
    return state === 'maybe' ? undefined : state !== 'unset';
  }
  const value = from.attribute(name)?.value;
  if (!value || value.kind === 'null' || value.text === '') return orUnset;
  const { bool, text } = value;
  if (values.includes('true') || values.includes('false'))
    return bool === undefined ? undefined : values.includes(String(bool));
  return text === undefined ? undefined : values.some(one => one.toLowerCase() === text.toLowerCase());
}

/** Whether a term certainly holds, whatever variables are set to. */
export function certainlyHolds(from: Attributes, term: Term): boolean {
  return term.values ? holds(from, term) === true : isSetIn(from, term.name) === 'set';
}
