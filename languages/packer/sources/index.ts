/** The table of source types. */
import type { CredentialAttribute, FloatFacts, SourceFacts } from './facts.ts';

const BY_TYPE: ReadonlyMap<string, SourceFacts> = new Map();

/** What is known about a type of source; `undefined` for one that is not in the table. */
export function factsOf(type: string): SourceFacts | undefined {
  return BY_TYPE.get(type);
}

/** When a data source that looks up an image gives another one tomorrow; `undefined` for other data sources. */
export function dataFloats(_type: string): FloatFacts | undefined {
  return undefined;
}
export const COMMUNICATOR_CREDENTIALS: readonly CredentialAttribute[] = [];
export const STEP_CREDENTIALS: readonly CredentialAttribute[] = [];
