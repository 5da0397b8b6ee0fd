/** Where a file uses its stages: FROM, COPY --from and RUN --mount=from. */
import type { Value } from '../../core/build.ts';
import { memo } from '../../core/memo.ts';
import { instructionsOf } from './all-instructions.ts';
import type { CopyOrigin, DockerfileTree, DockerStage, Instruction } from './tree.ts';

/** Where the instruction reads files from: COPY and ADD have one origin, RUN has one for each mount. */
export function originsOf(
  instruction: Instruction,
): readonly { readonly origin: CopyOrigin; readonly from: Value | undefined }[] {
  if (instruction.kind === 'run') return instruction.mounts;
  return instruction.kind === 'copy' || instruction.kind === 'add' ? [instruction] : [];
}

/** The references to one stage. */
export interface StageUses {
  readonly byName: readonly Value[];
  readonly byNumber: readonly Value[];
}

const uses = memo((file: DockerfileTree) => {
  const found = new Map<DockerStage, { byName: Value[]; byNumber: Value[] }>();
  const add = (stage: DockerStage, value: Value | undefined, how: 'byName' | 'byNumber') => {
    const entry = found.get(stage) ?? { byName: [], byNumber: [] };
    found.set(stage, entry);
    if (value) entry[how].push(value);
  };
  for (const stage of file.stages) {
    if (stage.base.kind === 'stage') add(stage.base.stage, stage.from.image, 'byName');
    for (const instruction of instructionsOf(stage)) {
      for (const { origin, from } of originsOf(instruction))
        if (origin.kind === 'stage') add(origin.stage, from, origin.byNumber ? 'byNumber' : 'byName');
    }
  }
  return found;
});

const NONE: StageUses = { byName: [], byNumber: [] };

/** The references to the stage in the file. */
export function usesOf(file: DockerfileTree, stage: DockerStage): StageUses {
  return uses(file).get(stage) ?? NONE;
}
