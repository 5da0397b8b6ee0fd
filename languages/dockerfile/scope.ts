/** The variables in scope at a place (https://docs.docker.com/build/building/variables/#scoping). */
import type { Value } from '../../core/build.ts';
import type { Span } from '../../core/text.ts';
import type { Binding, Scope } from './tree.ts';

/** Set by BuildKit before the first FROM, and in a stage that declares them with ARG. */
export const PLATFORM_ARGUMENTS: readonly string[] = [
  'TARGETPLATFORM',
  'TARGETOS',
  'TARGETARCH',
  'TARGETVARIANT',
  'TARGETOSVERSION',
  'TARGETSTAGE',
  'BUILDPLATFORM',
  'BUILDOS',
  'BUILDOSVERSION',
  'BUILDARCH',
  'BUILDVARIANT',
];

/** ARGs that need no declaration; https://docs.docker.com/reference/dockerfile/#predefined-args. */
const PROXY_ARGUMENTS = ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'];
const PROVIDED = new Set([...PROXY_ARGUMENTS, ...PROXY_ARGUMENTS.map(name => name.toLowerCase())]);
const PLATFORM = new Set(PLATFORM_ARGUMENTS);

/**
 * How many stages of a chain are searched for a name; earlier ones are unknown. This bounds the cost of long chains.
 */
const LONGEST_CHAIN = 64;
const MOST_NAMES = 2000;

interface Entry {
  readonly at: number;
  readonly binding: Binding;
}
type Entries = Map<string, Entry[]>;

function last(entries: Entries | undefined, name: string, before: number): Binding | undefined {
  const list = entries?.get(name);
  if (!list) return undefined;
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.at < before) low = middle + 1;
    else high = middle;
  }
  return list[low - 1]?.binding;
}

function add(entries: Entries, at: number, binding: Binding): void {
  const list = entries.get(binding.name);
  if (list) list.push({ at, binding });
  else entries.set(binding.name, [{ at, binding }]);
}

const provided = (name: string): Binding => ({
  name,
  kind: 'platform',
  literal: undefined,
  byDefault: undefined,
  definition: undefined,
  value: undefined,
});

/** The variables of one stage, or of the lines before the first FROM, as they grow from line to line. */
export class Variables {
  // Created on first use: most stages of a long file define nothing.
  private env: Entries | undefined;
  private args: Entries | undefined;
  private clock = 0;

  private constructor(
    private readonly kind: 'global' | 'stage',
    private readonly global: Variables | undefined,
    private readonly parent: Variables | undefined,
    /** Whether the parent applies only with the defaults of the file. */
    private readonly assumed: boolean,
    private readonly fromScratch: boolean,
  ) {}

  static global(): Variables {
    return new Variables('global', undefined, undefined, false, true);
  }

  static stage(
    global: Variables,
    base: { parent: Variables | undefined; assumed: boolean; scratch: boolean },
  ): Variables {
    return new Variables('stage', global, base.parent, base.assumed, base.scratch);
  }

  /** Those of another build, which may have any. */
  static elsewhere(): Variables {
    return new Variables('stage', undefined, undefined, false, false);
  }

  /** The current variables; later definitions do not change the result. */
  now(): Scope {
    return new View(this, this.clock++);
  }

  defineEnv(name: string, value: Value, definition: Span): void {
    const { literal, byDefault } = value;
    add((this.env ??= new Map()), this.clock++, { name, kind: 'env', literal, byDefault, definition, value });
  }

  /**
   * An ARG without a default gets the value of its name from before the first FROM, this stage, or the one it starts
   * from.
   */
  defineArg(name: string, value: Value | undefined, definition: Span): void {
    const earlier = this.find(name, Number.POSITIVE_INFINITY, 'args');
    const outer = value ? undefined : this.global?.find(name, Number.POSITIVE_INFINITY, 'args');
    if (!value && !outer && !earlier && PLATFORM.has(name)) {
      add((this.args ??= new Map()), this.clock++, { ...provided(name), definition });
      return;
    }
    const given = value ?? outer?.value ?? earlier?.value;
    const byDefault = value ? value.byDefault : outer?.value ? outer.byDefault : earlier?.byDefault;
    // Which of two different defaults wins is not documented.
    const disputed = earlier?.value !== undefined && earlier.byDefault !== byDefault;
    add((this.args ??= new Map()), this.clock++, {
      name,
      kind: 'arg',
      literal: undefined,
      byDefault: disputed ? undefined : byDefault,
      definition,
      value: given,
    });
  }

  get closed(): boolean {
    let variables: Variables = this;
    for (let i = 0; i < LONGEST_CHAIN; i++) {
      if (variables.assumed) return false;
      if (!variables.parent) return variables.fromScratch;
      variables = variables.parent;
    }
    return false;
  }

  get(name: string, before: number): Binding | undefined {
    const found = this.find(name, before, 'env') ?? this.find(name, before, 'args');
    if (found) return found;
    if (
      PROVIDED.has(name) ||
      (this.kind === 'global' && PLATFORM.has(name)) ||
      (this.kind === 'stage' && name === 'PATH')
    )
      return provided(name);
    return undefined;
  }

  private find(name: string, before: number, where: 'env' | 'args'): Binding | undefined {
    let variables: Variables | undefined = this;
    let assumed = false;
    let limit = before;
    for (let i = 0; variables && i < LONGEST_CHAIN; i++) {
      const found = last(variables[where], name, limit);
      if (found) return assumed ? { ...found, literal: undefined } : found;
      assumed ||= variables.assumed;
      variables = variables.parent;
      limit = Number.POSITIVE_INFINITY;
    }
    return undefined;
  }

  names(before: number): string[] {
    const names = new Set<string>();
    let variables: Variables | undefined = this;
    let limit = before;
    for (let i = 0; variables && i < LONGEST_CHAIN; i++) {
      for (const entries of [variables.env, variables.args])
        for (const [name, list] of entries ?? []) {
          if (names.size >= MOST_NAMES) return [...names];
          if (list[0]!.at < limit) names.add(name);
        }
      variables = variables.parent;
      limit = Number.POSITIVE_INFINITY;
    }
    if (this.kind === 'global') for (const name of PLATFORM_ARGUMENTS) names.add(name);
    return [...names];
  }
}

class View implements Scope {
  constructor(
    private readonly variables: Variables,
    private readonly before: number,
  ) {}

  get(name: string): Binding | undefined {
    return this.variables.get(name, this.before);
  }
  get closed(): boolean {
    return this.variables.closed;
  }
  names(): readonly string[] {
    return this.variables.names(this.before);
  }
}

/** The values of ENV, and of ARG by its default. */
export function valuesIn(scope: Scope): (name: string) => string | undefined {
  return name => {
    const bound = scope.get(name);
    return bound?.literal ?? bound?.byDefault;
  };
}
