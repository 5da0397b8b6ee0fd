/** Ways through the tree and from it to the shared model. */
import type { ImageBuild, Label, Stage, Step } from '../../core/build.ts';
import { type Attributes, isSet, valuesAt } from './attributes.ts';
import { labelsBy } from './lower-outputs.ts';
import type { PackerBlock, PackerBuild, PackerBuildSource, PackerPostProcessor, PackerTree } from './tree.ts';

export { isSet, valuesAt };

/** Whether a block stands in the linted document. */
export function isOwn(tree: PackerTree, block: PackerBlock): boolean {
  return block.source === tree.source;
}

/** The stage that a build became. */
export function stageOf(build: ImageBuild, of: PackerBuild): Stage | undefined {
  const { file, start } = of.span;
  return build.stages.find(({ span }) => span.start === start && span.file === file);
}
/** The steps that a provisioner became, in order. */
export function stepsOf(stage: Stage, { span }: PackerPostProcessor): readonly Step[] {
  return stage.steps.filter(
    step => step.span.file === span.file && step.span.start >= span.start && step.span.end <= span.end,
  );
}

/** Every source that ends up in an image once, with the build it belongs to; those that no build uses have none. */
export function usedSources(
  tree: PackerTree,
): readonly { readonly source: PackerBuildSource; readonly build: PackerBuild }[] {
  return tree.module.builds.flatMap(build => build.sources.map(source => ({ source, build })));
}

/** The labels of a source's snapshots or disks, and whether they are all there are. */
export function snapshotLabelsOf(source: PackerBuildSource): {
  readonly labels: readonly Label[];
  readonly labelsKnown: boolean;
} {
  return labelsBy(source, source.facts?.snapshotLabels ?? []);
}

/** The operating system of what a source makes, as far as the file says it. */
export function osOf(source: PackerBuildSource): 'linux' | 'windows' | 'macos' | undefined {
  const communicator = textAt(source, 'communicator');
  if (communicator === 'winrm') return 'windows';
  if (/^(?:tart-cli|parallels-macvm|parallels-ipsw)$/.test(source.type)) return 'macos';
  if (textAt(source, 'windows_container') === 'true') return 'windows';
  const hints = [...(source.facts?.osHints ?? []), ...(source.facts?.bases ?? []).map(({ attribute }) => attribute)];
  for (const hint of hints) {
    const text = textAt(source, hint)?.toLowerCase() ?? '';
    if (/windows|^win|microsoft/.test(text)) return 'windows';
    if (/darwin|macos|sonoma|ventura|sequoia/.test(text)) return 'macos';
    if (/linux|ubuntu|debian|centos|fedora|rocky|alma|rhel|redhat|suse|alpine|amzn|al20|arch|l26|canonical/.test(text))
      return 'linux';
  }
  return undefined;
}

function textAt(from: Attributes, path: string): string | undefined {
  const value = valuesAt(from, path)[0]?.value;
  if (!value) return undefined;
  return value.text ?? value.assumingDefaults.text ?? value.asValue().source.text;
}
