import type { ImageBuild } from '../../core/build.ts';
import type { Inventory } from '../../core/needs.ts';
import { programsRun } from '../../shell/programs-run.ts';
import { everyInstruction } from './all-instructions.ts';
import type { DockerfileTree } from './tree.ts';

/** What rules may say that they need of a Dockerfile. */
export function inventoryOf(build: ImageBuild): Inventory {
  return {
    get programs() {
      return programsRun(build);
    },
    get instructions() {
      return instructionsIn(build.syntax as DockerfileTree);
    },
  };
}

function instructionsIn(file: DockerfileTree): ReadonlySet<string> {
  const found = new Set<string>();
  for (const instruction of everyInstruction(file)) {
    const { keyword, flags } = instruction;
    found.add(keyword);
    for (const { name } of flags) found.add(`${keyword} --${name}`);
    if (instruction.kind === 'from' && (instruction.asSpan || instruction.alias !== undefined)) found.add('FROM AS');
  }
  return found;
}
