/** The functions that expressions may call, from `data/packer-components.json`. */
import data, { type FunctionFacts } from '../../data/packer-components.json';

export type { FunctionFacts };

/** What is known of a function; `undefined` when Packer has none of that name. */
export function functionNamed(name: string): FunctionFacts | undefined {
  return Object.hasOwn(data.functions, name) ? data.functions[name] : undefined;
}

/** All names, for guesses. */
export function functionNames(): readonly string[] {
  return Object.keys(data.functions);
}
