/** Conditions in messages. */
import type { Attributes } from '../attributes.ts';
import type { Term } from './conditions.ts';

/** A term as HCL writes it: `tools_mode = "attach"`. With settings, by the value that is set. */
export function shownTerm({ name, values }: Term, settings?: Attributes): string {
  if (!values) return `\`${name}\``;
  const value = settings?.attribute(name)?.value.text ?? values[0]!;
  return `\`${name} = ${/^(?:true|false|\d{1,9})$/.test(value) ? value : `"${value}"`}\``;
}
