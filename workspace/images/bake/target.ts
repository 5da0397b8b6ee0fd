/** A target of a Bake file, with its values as far as the files say them. */
import type { Span } from '../../../core/text.ts';

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

/** What one file, or several that are read together, define. */
export interface Definitions {
  readonly targets: ReadonlyMap<string, Target>;
  /** By the name of a group, the groups and targets in it. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** The names of variables. */
  readonly variables: readonly string[];
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

/** A target with what a later file says of it: https://docs.docker.com/build/bake/overrides/ */
export const overridden = (one: Target, later: Target): Target => ({
  span: one.span,
  inherits: later.inherits.length > 0 ? later.inherits : one.inherits,
  context: later.context ?? one.context,
  dockerfile: later.dockerfile ?? one.dockerfile,
  target: later.target ?? one.target,
  tags: later.tags.length > 0 ? later.tags : one.tags,
  args: [...one.args, ...later.args],
  labels: [...one.labels, ...later.labels],
  contexts: [...one.contexts, ...later.contexts],
  isInline: one.isInline || later.isInline,
});

/** Targets of one file after those of another. */
export function merged(all: readonly ReadonlyMap<string, Target>[]): Map<string, Target> {
  const found = new Map<string, Target>();
  for (const targets of all)
    for (const [name, target] of targets) {
      const before = found.get(name);
      found.set(name, before ? overridden(before, target) : target);
    }
  return found;
}
