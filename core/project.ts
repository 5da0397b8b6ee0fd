/** What the configuration says about the project's images (`images:` in `.bakelint.yaml`); rules read it instead of guessing. */
export interface ProjectFacts {
  /** What the images are for; `undefined` when it is not said. */
  readonly kind: ImageKind | undefined;
  /** Label and tag keys that name an owner, lower case. */
  readonly ownerKeys: readonly string[];
  /** Registries that base images may come from; empty means any. */
  readonly trustedRegistries: readonly string[];
  /** Stages that are built with `--target`, by name: they count as final. */
  readonly targets: readonly string[];
  /** The oldest cloud-init that must understand the files, `22.2`; `undefined` means a current one. */
  readonly cloudInitVersion: string | undefined;
  /** Who owns the images, declared once in place of labels and tags. */
  readonly owner: string | undefined;
  /** What they are for. */
  readonly purpose: string | undefined;
  /** When they are built again: an interval (`30 days`, `monthly`) or the date of the next build. */
  readonly refresh: string | undefined;
  /** The day from which they are not used any more, `YYYY-MM-DD`. */
  readonly retirement: string | undefined;
}
/**
 * What images are for. `application`: a container that runs one; `golden`: a machine's base; `appliance`: a machine with its
 * application; `vagrant`: a box for developers; `ci-runner`: a machine or container that builds things.
 */
export type ImageKind = 'application' | 'golden' | 'appliance' | 'vagrant' | 'ci-runner';
/** Every kind, as the configuration writes it. */
export const IMAGE_KINDS: readonly ImageKind[] = ['application', 'golden', 'appliance', 'vagrant', 'ci-runner'];

/** What holds where the configuration says nothing. */
export const NO_FACTS: ProjectFacts = {
  kind: undefined,
  ownerKeys: [
    'owner',
    'team',
    'maintainer',
    'contact',
    'squad',
    'cost-center',
    'costcenter',
    'owned-by',
    'managed-by',
    'ou',
  ],
  trustedRegistries: [],
  targets: [],
  cloudInitVersion: undefined,
  owner: undefined,
  purpose: undefined,
  refresh: undefined,
  retirement: undefined,
};
