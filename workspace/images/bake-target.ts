/** A target of a Bake file, with its values as far as the file says them. */
import type { Span } from '../../core/text.ts';

/** A string and where it is. */
export interface Text {
  readonly text: string;
  /** The same with gaps for what is empty by default, where there is such: `${TAG}`. */
  readonly gap?: string;
  readonly span: Span;
  /** Whether no variable is in it. */
  readonly certain: boolean;
}

export interface Target {
  readonly span: Span;
  readonly inherits: readonly string[];
  readonly context: string | undefined;
  readonly dockerfile: string | undefined;
  readonly target: string | undefined;
  readonly tags: readonly Text[];
  /** `NAME=x`. */
  readonly args: readonly string[];
  /** The same. */
  readonly labels: readonly string[];
  /** The names of contexts, and what they are, as it is written: `target:base`. */
  readonly contexts: readonly (readonly [name: string, value: string])[];
  /** Its text is in the target itself, or not known. */
  readonly isInline: boolean;
}

export const EMPTY: Omit<Target, 'span'> = {
  inherits: [],
  context: undefined,
  dockerfile: undefined,
  target: undefined,
  tags: [],
  args: [],
  labels: [],
  contexts: [],
  isInline: false,
};
