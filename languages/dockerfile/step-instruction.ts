/** What the steps and stages of the shared model were made of. */
import type { ImageBuild, RunStep, Stage, Step } from '../../core/build.ts';
import type { DockerfileTree, DockerStage, Instruction, RunInstruction } from './tree.ts';

/** The instruction of a Dockerfile's step; `undefined` for a step that none was given for. */
export function instructionOf({ syntax }: Step): Instruction | undefined {
  return syntax as Instruction | undefined;
}

/** The RUN that a Dockerfile's step is; `undefined` for steps of CMD, ENTRYPOINT and HEALTHCHECK, and for scripts that a RUN runs. */
export function runOf(step: RunStep): RunInstruction | undefined {
  const instruction = step.calledBy ? undefined : instructionOf(step);
  return instruction?.kind === 'run' ? instruction : undefined;
}

/** The file's own stages that these stages of a Dockerfile's build were made of, in the order of the file. */
export function dockerStagesOf(build: ImageBuild, stages: ReadonlySet<Stage>): readonly DockerStage[] {
  return (build.syntax as DockerfileTree).stages.filter(({ index }) => stages.has(build.stages[index]!));
}
