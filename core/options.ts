/** One option of a rule: its JSON schema, its default and, through `T`, the type that the rule receives. */
export interface Option<T> {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly default: T;
}
/** The options of a rule by name, in camel case; a configuration writes them with dashes. */
export type OptionSpec = Readonly<Record<string, Option<unknown>>>;
/** What `check` receives for them: the configured values or the defaults. */
export type OptionsOf<S> = { readonly [K in keyof S]: S[K] extends Option<infer T> ? T : never };

/** A list of strings; empty unless `fallback` says otherwise. */
export function stringList(description: string, fallback: readonly string[] = []): Option<readonly string[]> {
  return { schema: { type: 'array', items: { type: 'string' }, description, default: fallback }, default: fallback };
}
/** Yes or no. */
export function flag(description: string, fallback: boolean): Option<boolean> {
  return { schema: { type: 'boolean', description, default: fallback }, default: fallback };
}
/** A whole number that is at least `minimum`. */
export function wholeNumber(description: string, fallback: number, minimum = 0): Option<number> {
  return { schema: { type: 'integer', minimum, description, default: fallback }, default: fallback };
}
/** One of a few strings. */
export function oneOf<const T extends string>(
  description: string,
  values: readonly T[],
  fallback: NoInfer<T>,
): Option<T> {
  return { schema: { enum: values, description, default: fallback }, default: fallback };
}
