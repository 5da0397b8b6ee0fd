/** The instruction that a step of the shared model was made of. */
import type { RunStep, Step } from '../../core/build.ts';
import type { Instruction, RunInstruction } from './tree.ts';

/** The instruction of a Dockerfile's step; `undefined` for a step that none was given for. */
export function instructionOf({ syntax }: Step): Instruction | undefined {
  return syntax as Instruction | undefined;
}

/** The RUN of a Dockerfile's step; `undefined` for steps of CMD, ENTRYPOINT and HEALTHCHECK. */
export function runOf(step: RunStep): RunInstruction | undefined {
  const instruction = instructionOf(step);
  return instruction?.kind === 'run' ? instruction : undefined;
}
