/** Whether a value is what an attribute of a component takes, as Packer converts it. */
import type { Data } from '../tree.ts';
import { fits, type Type } from '../types.ts';

/** How a value is wrong. */
export type Mismatch = 'type' | 'duration' | 'unit';

/** What is wrong with a certain value for a type as the data writes it; `undefined` when nothing is. */
export function mismatchOf(value: Data, type: string): Mismatch | undefined {
  if (value === null) return undefined;
  if (type === 'duration') return durationMismatch(value);
  const wanted = typeNamed(type);
  return wanted && !fits(value, wanted) ? 'type' : undefined;
}

/** `list(map(string))` as a type; `undefined` for those that are not written in templates. */
export function typeNamed(text: string): Type | undefined {
  if (text === 'string' || text === 'number' || text === 'bool' || text === 'any') return { kind: text };
  const [, kind, inner = ''] = /^(list|map)\((.+)\)$/.exec(text) ?? [];
  const of = kind === undefined ? undefined : typeNamed(inner);
  return of && { kind: kind === 'map' ? 'map' : 'list', of };
}

/** https://pkg.go.dev/time#ParseDuration */
const DURATION = /^[+-]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})(?:ns|us|µs|μs|ms|s|m|h)/;

function durationMismatch(value: Data): Mismatch | undefined {
  if (typeof value === 'boolean' || typeof value === 'object') return 'type';
  const text = String(value);
  if (text === '' || /^[+-]?0$/.test(text)) return undefined;
  if (/^\d{1,20}$/.test(text)) return 'unit';
  let rest = text.slice(0, 200);
  for (let found = DURATION.exec(rest); found; found = DURATION.exec(rest)) rest = rest.slice(found[0].length);
  return rest === '' ? undefined : 'duration';
}
