import type { ImageBuild } from '../../core/build.ts';
import type { Inventory } from '../../core/needs.ts';
import { programsRun } from '../../shell/programs-run.ts';
import type { DockerfileTree, Instruction } from './tree.ts';

/** What rules may say that they need of a Dockerfile. */
export function inventoryOf(build: ImageBuild): Inventory {
  return {
    get programs() {
      return programsRun(build);
    },
    get instructions() {
      return keywords(build.syntax as DockerfileTree);
    },
  };
}

function keywords({ instructions }: DockerfileTree): ReadonlySet<string> {
  const found = new Set<string>();
  for (let instruction of instructions as readonly (Instruction | undefined)[])
    for (; instruction; instruction = instruction.kind === 'onbuild' ? instruction.instruction : undefined)
      found.add(instruction.keyword);
  return found;
}
