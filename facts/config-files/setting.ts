import { type SourceText, type Span, UNRESOLVED } from '../../core/text.ts';

/** One value in a configuration file and where it is. */
export interface Setting {
  /**
   * Sections and keys from the outside in, items of lists by their number: `['insecure-registries', '0']`,
   * `['Service', 'ExecStart']`. A word without a value has no value and is the last key.
   */
  readonly path: readonly string[];
  /** Without quotes. */
  readonly value: SourceText;
  /** `undefined` when something in it is not known. */
  readonly literal: string | undefined;
  /** The key and the value where they are on one line, else the value. */
  readonly span: Span;
}

/** A setting of a value whose place is known. */
export function setting(path: readonly string[], value: SourceText, span: Span): Setting {
  return { path, value, literal: value.text.includes(UNRESOLVED) ? undefined : value.text, span };
}

/** The last key of a setting. */
export const keyOf = ({ path }: Setting): string => path.at(-1) ?? '';

/** Whether a value says yes, as INI, TOML, YAML and JSON write it. */
export const isOn = ({ literal }: Setting): boolean => /^(?:true|yes|on|1)$/i.test(literal ?? '');

/** Whether a value says no. */
export const isOff = ({ literal }: Setting): boolean => /^(?:false|no|off|0)$/i.test(literal ?? '');
