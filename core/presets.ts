/** The smallest preset that turns a rule on: what a team leaves on, what a strict one adds, or only `all`. */
export type Preset = 'recommended' | 'strict' | 'all';
/** From the smallest to the one with every rule. */
export const PRESETS: readonly Preset[] = ['recommended', 'strict', 'all'];

/** Whether what a preset turns on is on under another. */
export function isWithin(inner: Preset, outer: Preset): boolean {
  return PRESETS.indexOf(inner) <= PRESETS.indexOf(outer);
}
