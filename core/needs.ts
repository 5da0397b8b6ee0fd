/**
 * What a document must have for a rule to have anything to say about it. A linter with hundreds of rules meets mostly
 * documents that few of them are about: it computes what is there once and calls only those.
 */
import type { ImageBuild, Step } from './build.ts';

/** Any one of the things named is enough. `always`: nothing can be named that the rule depends on. */
export type Needs = 'always' | NamedNeeds;

export interface NamedNeeds {
  /** Steps of the shared model. */
  readonly steps?: readonly Step['kind'][];
  /** Programs that a script runs, by the names of their invocations: `apt-get`. */
  readonly programs?: readonly string[];
  /**
   * Dockerfile: instructions in upper case, those inside ONBUILD included: `RUN`; those with a certain flag, `RUN --mount`;
   * those that name a stage, `FROM AS`.
   */
  readonly instructions?: readonly string[];
  /** Packer: blocks of the module by type, `variable`, or by type and first label, `provisioner.shell`. */
  readonly blocks?: readonly string[];
  /** Packer: attributes of the module, at any depth. */
  readonly attributes?: readonly string[];
  /** cloud-init: keys of the document's mappings, at any depth. */
  readonly keys?: readonly string[];
}

/** The names that a document has of each kind. A language makes only those that it has; each is computed on demand. */
export type Inventory = Readonly<Partial<Record<Exclude<keyof NamedNeeds, 'steps'>, ReadonlySet<string>>>>;

const KINDS = ['steps', 'programs', 'instructions', 'blocks', 'attributes', 'keys'] as const;

/**
 * Which of many rules a document may concern, by what they need. Looking that up costs what the document has, not what
 * the rules name; `undefined` stands for a rule that is never called.
 */
export class NeedsIndex {
  private readonly always: Uint8Array;
  private readonly byName = new Map<(typeof KINDS)[number], Map<string, number[]>>();

  constructor(needs: readonly (Needs | undefined)[]) {
    this.always = Uint8Array.from(needs, one => (one === 'always' ? 1 : 0));
    for (const [at, one] of needs.entries())
      if (one !== undefined && one !== 'always')
        for (const kind of KINDS) for (const name of one[kind] ?? []) this.add(kind, name, at);
  }

  private add(kind: (typeof KINDS)[number], name: string, at: number): void {
    let names = this.byName.get(kind);
    if (!names) this.byName.set(kind, (names = new Map()));
    const known = names.get(name);
    if (known) known.push(at);
    else names.set(name, [at]);
  }

  /** For each rule 1 where the document has something that it needs. */
  met(build: ImageBuild, inventory: Inventory): Uint8Array {
    const met = this.always.slice();
    for (const [kind, rules] of this.byName)
      (kind === 'steps' ? stepKinds(build) : inventory[kind])?.forEach(name => {
        rules.get(name)?.forEach(rule => {
          met[rule] = 1;
        });
      });
    return met;
  }
}

function stepKinds(build: ImageBuild): ReadonlySet<string> {
  const kinds = new Set<string>();
  for (const { steps } of build.stages) for (const { kind } of steps) kinds.add(kind);
  return kinds;
}
