/** One option of a rule: its JSON schema, its default and, through `T`, the type that the rule receives. */
export interface Option<T> {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly default: T;
}
export type OptionSpec = Readonly<Record<string, Option<unknown>>>;
export type OptionsOf<S> = { readonly [K in keyof S]: S[K] extends Option<infer T> ? T : never };

export function stringList(description: string, fallback: readonly string[] = []): Option<readonly string[]> {
  return { schema: { type: 'array', items: { type: 'string' }, description, default: fallback }, default: fallback };
}
export function flag(description: string, fallback: boolean): Option<boolean> {
  return { schema: { type: 'boolean', description, default: fallback }, default: fallback };
}
export function wholeNumber(description: string, fallback: number, minimum = 0): Option<number> {
  return { schema: { type: 'integer', minimum, description, default: fallback }, default: fallback };
}
export function oneOf<const T extends string>(
  description: string,
  values: readonly T[],
  fallback: NoInfer<T>,
): Option<T> {
  return { schema: { enum: values, description, default: fallback }, default: fallback };
}
