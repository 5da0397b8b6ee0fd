/**
 * What a document must have for a rule to have anything to say about it. A linter with hundreds of rules meets mostly
 * documents that few of them are about: it computes what is there once and calls only those.
 */
import type { ImageBuild, Step } from './build.ts';
import { memo } from './memo.ts';

/** Any one of the things named is enough. `always`: nothing can be named that the rule depends on. */
export type Needs = 'always' | NamedNeeds;

export interface NamedNeeds {
  /** Steps of the shared model. */
  readonly steps?: readonly Step['kind'][];
  /** Programs that a script runs, by the names of their invocations: `apt-get`. */
  readonly programs?: readonly string[];
  /** Dockerfile: instructions, in upper case, those inside ONBUILD included. */
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

const stepKinds = memo((build: ImageBuild): ReadonlySet<string> => {
  const kinds = new Set<string>();
  for (const { steps } of build.stages) for (const { kind } of steps) kinds.add(kind);
  return kinds;
});

/** Whether a rule with these needs may have something to say about a build. */
export function meets(needs: Needs, build: ImageBuild, inventory: Inventory): boolean {
  if (needs === 'always') return true;
  if (needs.steps && someIn(needs.steps, stepKinds(build))) return true;
  for (const kind of ['programs', 'instructions', 'blocks', 'attributes', 'keys'] as const) {
    const names = needs[kind];
    if (names && someIn(names, inventory[kind])) return true;
  }
  return false;
}

function someIn(names: readonly string[], present: ReadonlySet<string> | undefined): boolean {
  return present !== undefined && names.some(name => present.has(name));
}
