import type { ImageBuild } from '../../core/build.ts';
import type { Inventory } from '../../core/needs.ts';
import { programsRun } from '../../shell/programs-run.ts';
import type { PackerBlock, PackerTree } from './tree.ts';

/** What rules may say that they need of a Packer template: of all files of its module, since rules look into those. */
export function inventoryOf(build: ImageBuild): Inventory {
  let names: ReturnType<typeof namesIn> | undefined;
  const known = () => (names ??= namesIn(build.syntax as PackerTree));
  return {
    get programs() {
      return programsRun(build);
    },
    get blocks() {
      return known().blocks;
    },
    get attributes() {
      return known().attributes;
    },
  };
}

function namesIn({ module }: PackerTree): { readonly blocks: Set<string>; readonly attributes: Set<string> } {
  const blocks = new Set<string>();
  const attributes = new Set<string>();
  const read = (block: PackerBlock): void => {
    for (const { name } of block.attributes) attributes.add(name);
    for (const inner of block.blocks()) {
      blocks.add(inner.type);
      const label = inner.labels[0]?.text;
      if (label !== undefined) blocks.add(`${inner.type}.${label}`);
      read(inner);
    }
  };
  for (const { top } of module.files) read(top);
  return { blocks, attributes };
}
