/** What a container starts: its ENTRYPOINT and CMD, and the scripts in the file that they name. */
import type { ImageBuild, RunStep, Step, Value, WriteFileStep } from '../../core/build.ts';
import { memo } from '../../core/memo.ts';
import { nameOf } from '../../core/path.ts';
import { type Invocation, invocationsOfStep } from '../../shell/invocations.ts';
import { finalStages } from './stages.ts';
import { instructionOf } from './step-instruction.ts';
import type { CommandInstruction, DockerfileTree, DockerStage } from './tree.ts';

/** The ENTRYPOINT and CMD in effect at the end of a stage, its own or those of stages that it starts from. */
export interface Start {
  readonly entrypoint: CommandInstruction | undefined;
  readonly command: CommandInstruction | undefined;
}

/** What the containers of a stage start with, as far as the file says. An ENTRYPOINT resets the CMD of the base. */
export const startOf: (stage: DockerStage) => Start = memo(stage => {
  let entrypoint: CommandInstruction | undefined;
  let command: CommandInstruction | undefined;
  for (let at: DockerStage | undefined = stage; at; at = at.base.kind === 'stage' ? at.base.stage : undefined) {
    if (!entrypoint) command ??= lastOf(at, 'cmd');
    entrypoint ??= lastOf(at, 'entrypoint');
  }
  return { entrypoint, command };
});

function lastOf({ instructions }: DockerStage, kind: CommandInstruction['kind']): CommandInstruction | undefined {
  return instructions.findLast((one): one is CommandInstruction => one.kind === kind);
}

/** The commands that run when a container of the stage starts, those of scripts that the file writes and starts among them. */
export function startCommands(build: ImageBuild, stage: DockerStage): readonly Invocation[] {
  return startSteps(build, stage).flatMap(invocationsOfStep);
}

/** The steps of those commands and scripts. */
export function startSteps(build: ImageBuild, stage: DockerStage): readonly (RunStep | WriteFileStep)[] {
  const { entrypoint, command } = startOf(stage);
  const steps: (RunStep | WriteFileStep)[] = [];
  for (const instruction of [entrypoint, command]) {
    const step = instruction && stepsAt(build, instruction.stage).find(one => instructionOf(one) === instruction);
    if (step?.kind === 'run') steps.push(step);
  }
  const names = new Set(steps.flatMap(step => (step.kind === 'run' ? wordsOf(step) : [])));
  for (let at: DockerStage | undefined = stage; at; at = at.base.kind === 'stage' ? at.base.stage : undefined)
    for (const step of stepsAt(build, at))
      if (step.kind === 'write-file' && step.script && isNamed(step.path, names)) steps.push(step);
  return steps;
}

function stepsAt(build: ImageBuild, stage: DockerStage | undefined): readonly Step[] {
  return (stage && build.stages[stage.index]?.steps) ?? [];
}

/** The words of a command, which may name a script. */
export function wordsOf(step: RunStep): string[] {
  const words = invocationsOfStep(step).flatMap(({ command }) => command.words);
  return [...words, ...(step.argv ?? [])].flatMap(({ literal }) => literal ?? []);
}

function isNamed(path: Value | undefined, names: ReadonlySet<string>): boolean {
  const text = path?.literal;
  return text !== undefined && (names.has(text) || names.has(nameOf(text)));
}

/** Stages for developers and pipelines, which are not deployed. */
const OWN_USE = /dev|test|lint|debug|build|check|docs?$|(?:^|[_-])ci(?:$|[_-])|local/i;

/**
 * The final stages, and those that the files around the Dockerfile build by name and that start something of their own:
 * each is an image that is deployed.
 */
export function deployedStages(file: DockerfileTree, targets: readonly string[]): readonly DockerStage[] {
  const final = finalStages(file, targets);
  const others = file.stages.filter(
    stage =>
      !final.includes(stage) &&
      stage.name !== undefined &&
      !OWN_USE.test(stage.name) &&
      (lastOf(stage, 'cmd') ?? lastOf(stage, 'entrypoint')) !== undefined,
  );
  // The files around it are only read when they may matter.
  const built = others.length > 0 ? file.builtTargets?.names : undefined;
  return built ? [...final, ...others.filter(({ name }) => built.has(name!.toLowerCase()))] : final;
}
