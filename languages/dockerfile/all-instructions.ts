/** All instructions of a file or a stage, those inside ONBUILD included. */
import { memo } from '../../core/memo.ts';
import type { DockerfileTree, DockerStage, Instruction } from './tree.ts';

/** Every instruction of the file, in order; the one inside an ONBUILD follows its ONBUILD. */
export const everyInstruction: (file: DockerfileTree) => readonly Instruction[] = memo(file =>
  withTriggers(file.instructions),
);

/** Every instruction of the stage, in order; the one inside an ONBUILD follows its ONBUILD. */
export const instructionsOf: (stage: DockerStage) => readonly Instruction[] = memo(stage =>
  withTriggers(stage.instructions),
);

/** The instructions, each ONBUILD followed by the one inside it. */
export function withTriggers(instructions: readonly Instruction[]): readonly Instruction[] {
  if (!instructions.some(({ kind }) => kind === 'onbuild')) return instructions;
  return instructions.flatMap(instruction =>
    instruction.kind === 'onbuild' && instruction.instruction ? [instruction, instruction.instruction] : [instruction],
  );
}
