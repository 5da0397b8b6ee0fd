/** Questions about nodes of the tree, and from them to the shared model. */
import type { ImageBuild, Stage, Step } from '../../core/build.ts';
import { contains, type SourceText } from '../../core/text.ts';
import { type Attributes, isSet, valuesAt } from './attributes.ts';
import type { PackerBlock, PackerBuild, PackerBuildSource, PackerPostProcessor, PackerTree } from './tree.ts';

export { isSet, valuesAt };

/** Whether a block is in the linted document. */
export function isOwn(tree: PackerTree, block: PackerBlock): boolean {
  return block.source === tree.source;
}

/** Whether a text is in the linted document, so that it can be edited. */
export function isInDocument(source: SourceText): boolean {
  return source.spanOf(0, 0).file === undefined;
}

/** The stage that a build became. */
export function stageOf(build: ImageBuild, of: PackerBuild): Stage | undefined {
  const { file, start } = of.span;
  return build.stages.find(({ span }) => span.start === start && span.file === file);
}
/** The steps that a provisioner became, in order. */
export function stepsOf(stage: Stage, { span }: PackerPostProcessor): readonly Step[] {
  return stage.steps.filter(step => contains(span, step.span));
}

/** Every use of a source by a build, in the order of the builds; sources that no build uses are not among them. */
export function usedSources(
  tree: PackerTree,
): readonly { readonly source: PackerBuildSource; readonly build: PackerBuild }[] {
  return tree.module.builds.flatMap(build => build.sources.map(source => ({ source, build })));
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

/** Whether the machine runs FreeBSD, by the type of the guest, the name of the medium or image, or what is typed at its boot. */
export function isFreeBsd(source: PackerBuildSource): boolean {
  const bases = (source.facts?.bases ?? []).map(({ attribute }) => attribute);
  return [...(source.facts?.osHints ?? []), ...bases, 'iso_urls', 'iso_file', 'boot_command'].some(path =>
    valuesAt(source, path).some(({ value }) =>
      FREEBSD.test(value.assumingDefaults.asValue().source.text.slice(0, 4_000)),
    ),
  );
}
const FREEBSD = /freebsd|\bbsdinstall\b/i;

function textAt(from: Attributes, path: string): string | undefined {
  const value = valuesAt(from, path)[0]?.value;
  if (!value) return undefined;
  return value.text ?? value.assumingDefaults.text ?? value.asValue().source.text;
}
