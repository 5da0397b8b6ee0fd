/** Which images does a template make? */
import { asUse } from './builds.ts';
import { isOwn, usedSources } from './nodes.ts';
import type { SourceFacts } from './sources/facts.ts';
import type { PackerBuild, PackerBuildSource, PackerSource, PackerTree } from './tree.ts';

/** A source as a build uses it, or as it is declared. */
export interface SourceUse {
  readonly source: PackerBuildSource;
  readonly build: PackerBuild | undefined;
}

/** Every use of every source of the module, and once each source that no build uses. */
export function sourceUses(tree: PackerTree): readonly SourceUse[] {
  const used = usedSources(tree);
  const declared = new Set(used.map(({ source }) => source.source));
  const unused = tree.module.sources.filter(source => !declared.has(source));
  return [...used, ...unused.map(source => ({ source: asUse(source), build: undefined }))];
}

/** An image that builds make of a source of the linted document. */
export interface OwnImage {
  readonly declared: PackerSource;
  readonly facts: SourceFacts;
  /** At least one. */
  readonly uses: readonly { readonly source: PackerBuildSource; readonly build: PackerBuild }[];
}

/**
 * The images that are certainly made from sources of the linted document on a cloud or platform. What is missing in all uses
 * of one is missing in the image.
 */
export function ownImages(tree: PackerTree): readonly OwnImage[] {
  const images = new Map<
    PackerSource,
    { declared: PackerSource; facts: SourceFacts; uses: OwnImage['uses'][number][] }
  >();
  for (const use of usedSources(tree)) {
    const { facts, source: declared } = use.source;
    if (!declared || !facts || !isOwn(tree, declared.block) || !makesImage(use.source)) continue;
    const image = images.get(declared);
    if (image) image.uses.push(use);
    else images.set(declared, { declared, facts, uses: [use] });
  }
  return [...images.values()];
}

/** Attributes that keep a builder from making an image, for trial runs. */
const SKIPS = ['skip_create_ami', 'skip_create_image', 'skip_create_snapshot'];

/** Whether a source makes a machine image of a cloud or platform. */
export function makesImage(source: PackerBuildSource): boolean {
  if (source.facts?.produces !== 'image') return false;
  return !skipsImage(source);
}

/** Whether a block says that no image is made, for trial runs or where another step makes one. */
export function skipsImage(block: Pick<PackerBuildSource, 'attribute'>): boolean {
  return SKIPS.some(name => {
    const value = block.attribute(name)?.value;
    return value !== undefined && value.kind !== 'null' && value.assumingDefaults.bool !== false;
  });
}

/** Whether a machine starts from what a source makes: an image or a disk, unless `skip_create_ami` says that the build is only a host for its work. */
export function makesMachine(source: Pick<PackerBuildSource, 'attribute' | 'facts'>): boolean {
  const { facts } = source;
  if (facts?.produces !== 'image' && facts?.produces !== 'disk') return false;
  return !SKIPS.some(name => source.attribute(name)?.value.assumingDefaults.bool === true);
}

/** Whether no source of a build makes a machine; `false` where one is unknown. */
export function makesNoMachine({ sources }: PackerBuild): boolean {
  return sources.length > 0 && sources.every(source => source.facts !== undefined && !makesMachine(source));
}

/** Whether the machine runs a rescue system, which writes the image of another one to the disk. */
export function runsRescue(source: Pick<PackerBuildSource, 'attribute'>): boolean {
  return Boolean(source.attribute('rescue')?.value.text);
}

/** Names of images that exist for their content, or for development. */
const SPECIAL =
  /marketplace|appliance|(?:^|[-_/ ])installer(?:$|[-_./ ])|1-click|one-click|runner|vagrant|build-?agent|ci-agent/i;

/**
 * Whether people run the machine on computers of their own: an image for VirtualBox, Parallels or a small board. Most become
 * one machine, which has no releases to roll out.
 */
export function isForOwnComputer(sources: readonly Pick<PackerBuildSource, 'attribute' | 'type'>[]): boolean {
  const others = sources.filter(({ type }) => !/^(?:virtualbox-|parallels-|utm-|arm$|arm-image$|cross$)/.test(type));
  if (others.length === sources.length) return false;
  // Beside one of those, VMware is Workstation or Fusion, unless a server builds it.
  return others.every(source => /^vmware-(?:iso|vmx)$/.test(source.type) && !source.attribute('remote_type'));
}

/**
 * Whether names, descriptions, the directory or the post-processors of a build say that it makes an appliance, a CI runner or
 * a Vagrant box: rules about the hosts of applications do not apply to those.
 */
export function saysSpecialKind({ path = '' }: PackerTree, build: PackerBuild): boolean {
  if (build.postProcessors.flat().some(({ type }) => type === 'vagrant' || type === 'vagrant-cloud')) return true;
  const said = [
    // The home directory of the user of a CI service says nothing.
    path.replace(/^\/?home\/runner\//, ''),
    build.name?.byDefault,
    build.description?.byDefault,
    ...build.sources.flatMap(source => [source.name, source.attribute('vm_name')?.value.byDefault]),
  ];
  return said.some(text => typeof text === 'string' && SPECIAL.test(text));
}

/** The words of a label's key, lower case, with dashes between and around them: `-cost-center-`. */
export function wordsOfKey(key: string): string {
  const parted = key
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
  return `-${parted
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
    .join('-')}-`;
}
