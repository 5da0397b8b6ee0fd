/** The components that a template configures, each with all that is set for it. */
import type { Attributes } from '../attributes.ts';
import { isOwn, usedSources } from '../nodes.ts';
import { isBroken, knownBlocks } from '../schema.ts';
import type { PackerBlock, PackerTree } from '../tree.ts';
import { componentOfBlock, type UsedComponent } from './resolve.ts';
import { type Contents, contentsOf, contentsOfBlock } from './table.ts';

/** A component, or a nested block of one. */
export interface Configured {
  /** As messages say it: "`shell` provisioner". */
  readonly subject: string;
  /** In the linted document. */
  readonly block: PackerBlock;
  /** What is set: for a source also in the builds that use it. */
  readonly settings: Attributes;
  readonly contents: Contents;
  readonly used: UsedComponent;
  readonly nested: boolean;
  /** Or in what no build uses, so that Packer does not look at it. */
  readonly unused: boolean;
}

/** How deep blocks in blocks are looked through. */
const DEEPEST = 8;

/**
 * The sources of this document as builds use them, and its other components. A step with an `override` is left out: that may
 * complete it.
 */
export function configured(tree: PackerTree): readonly Configured[] {
  const found: Configured[] = [];
  const add = (used: UsedComponent | undefined, block: PackerBlock, settings: Attributes, unused = false): void => {
    if (!used || used.plugin.incomplete || isBroken(block, tree.file.hcl.problems)) return;
    const { component, kind, label } = used;
    const contents = contentsOf(component);
    const subject = `\`${label}\` ${kind === 'data' ? 'data source' : kind}`;
    found.push({ subject, block, settings, contents, used, unused, nested: false });
    addNested(found, block, contents, used, unused, 0);
  };
  const usedBlocks = new Set<PackerBlock>();
  for (const { source: use } of usedSources(tree)) {
    const block = use.source?.block;
    if (!block || !isOwn(tree, block)) continue;
    // Several builds that add nothing see the same.
    if (use.overrides || !usedBlocks.has(block)) add(componentOfBlock(block, tree.module), block, use);
    usedBlocks.add(block);
  }
  for (const { block, schema } of knownBlocks(tree)) {
    const { nested, used } = schema;
    if (!used || nested) continue;
    if (used.kind !== 'source') {
      if (!block.attribute('override')) add(used, block, block);
    } else if (block.labels.length > 1 && !usedBlocks.has(block)) add(used, block, block, true);
  }
  return found;
}

function addNested(
  found: Configured[],
  block: PackerBlock,
  { types }: Contents,
  used: UsedComponent,
  unused: boolean,
  depth: number,
): void {
  for (const inner of depth < DEEPEST ? block.blocks() : []) {
    const type = types.get(inner.type);
    const contents = type?.kind === 'block' ? contentsOfBlock(type.content) : undefined;
    if (!contents) continue;
    const subject = `\`${inner.type}\` block`;
    found.push({ subject, block: inner, settings: inner, contents, used, unused, nested: true });
    addNested(found, inner, contents, used, unused, depth + 1);
  }
}
